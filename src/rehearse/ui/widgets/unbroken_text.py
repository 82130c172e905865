"""A text in which what is joined stays on one line."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from rehearse.ui.unbroken import wrapped


class UnbrokenText(Widget):
    """As `Static`, wrapped by `unbroken.wrapped`."""

    DEFAULT_CSS = "UnbrokenText { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._text = Content("")

    def update(self, text: Content) -> None:
        """Show this."""
        self._text = text
        self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join(wrapped(self._text, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(wrapped(self._text, width)) if self._text else 0
