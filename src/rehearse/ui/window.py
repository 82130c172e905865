"""A terminal window that may have any size, and change it at any moment, without an end to what goes on in it."""

from typing import Any

from rich.console import RenderableType
from textual import events
from textual.app import App, ReturnType
from textual.geometry import Size
from textual.screen import Screen

LEAST = Size(24, 8)
"""Columns and rows that every screen is laid out for at least. Widgets, Textual's own among them, divide by the room
they are given; none is asked to do so with one or two columns, or with fewer than its borders take."""
WORD = "Enlarge"
"""All that a smaller window shows, or as much of it as has room."""


class WindowApp(App[ReturnType]):
    """An app whose screens are never laid out smaller than `LEAST`; a smaller window shows one word instead.

    Whatever runs goes on meanwhile, on screens laid out at that size.
    """

    window: Size | None = None
    """The window's true size; None before it is known."""

    @property
    def size(self) -> Size:
        """The size that screens are laid out for."""
        return _at_least(super().size)

    @property
    def is_cramped(self) -> bool:
        """The window is too small for any screen."""
        return self.window is not None and _at_least(self.window) != self.window

    async def on_event(self, event: events.Event) -> None:
        """As Textual's, but a window's new size reaches the screens as at least `LEAST`."""
        if isinstance(event, events.Resize):
            self.window, size = event.size, _at_least(event.size)
            if self.is_cramped:
                self._draw_word(WORD[: self.window.width])
            elif size == self._size:
                self.refresh(layout=True)  # the screens know this size; what the terminal shows may be something else
            event = events.Resize(size, size, pixel_size=event.pixel_size)
        await super().on_event(event)

    def _draw_word(self, word: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._driver.write(f"\x1b[0m\x1b[2J\x1b[H{word}")
            self._driver.flush()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """As Textual's; where there is only room for the word, nothing is drawn over it."""
        super()._display(screen, None if self.is_cramped else renderable)


def _at_least(size: Size) -> Size:
    return Size(max(size.width, LEAST.width), max(size.height, LEAST.height))
