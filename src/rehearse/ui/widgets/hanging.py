"""Lines with something in front of them, whose further lines begin under their text."""

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Row = tuple[Content, Content | Sequence[Content]]
"""What stands in front, and the text; or several that aren't broken, as many on a line as there is room for."""
BETWEEN = "   "
"""Such texts on one line."""


class HangingRows(Widget):
    """Rows of text, wrapped to the width, with a hanging indent."""

    DEFAULT_CSS = "HangingRows { height: auto; }"

    def __init__(self, *, name: str | None = None) -> None:
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
            lines += hung(front, text, width)
        return lines


def hung(front: Content, text: Content | Sequence[Content], width: int) -> list[Content]:
    """One such row: its lines, the further ones of which begin under its text."""
    room = max(10, width - front.cell_length)
    first, *rest = (text.wrap(room) or [text]) if isinstance(text, Content) else packed(text, room)
    indent = " " * front.cell_length
    return [Content.assemble(front, first), *(Content.assemble(indent, line) for line in rest)]


def packed(texts: Sequence[Content], width: int) -> list[Content]:
    """The texts on as few lines as they need, none of them broken unless it is wider than a line."""
    lines: list[Content] = []
    for text in texts:
        if lines and lines[-1].cell_length + len(BETWEEN) + text.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], BETWEEN, text)
        else:
            lines += text.wrap(width) or [text]
    return lines or [Content("")]
