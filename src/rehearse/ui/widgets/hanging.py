"""Lines with something in front of them, whose further lines begin under their text."""

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Row = tuple[Content, Content]
"""What stands in front, and the text."""


class HangingRows(Widget):
    """Rows of text, wrapped to the width, with a hanging indent."""

    DEFAULT_CSS = "HangingRows { height: auto; }"

    def __init__(self, *, name: str) -> None:
        super().__init__(id=name)
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Iterable[Row]) -> None:
        """Draw these."""
        self._rows = tuple(rows)
        self.display = bool(self._rows)
        self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self._lines(width)))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for front, text in self._rows:
            first, *rest = text.wrap(max(10, width - front.cell_length)) or [text]
            lines.append(Content.assemble(front, first))
            lines += [Content.assemble(" " * front.cell_length, line) for line in rest]
        return lines
