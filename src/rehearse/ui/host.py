"""What a screen may ask of the app that shows it: the studio, another screen, other settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen

from rehearse.errors import RehearseError
from rehearse.ui.discarded import Discarded
from rehearse.ui.window import WindowApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.await_complete import AwaitComplete
    from textual.screen import Screen

    from rehearse.services.studio import Studio
    from rehearse.settings import Settings
    from rehearse.ui.destinations import Destination


ONCE_TOO_OFTEN = 1.5
"""Seconds after coming back to the first screen in which the key that leaves may have been meant for another one."""


class Host(WindowApp[int]):
    """An app as its screens know it."""

    def __init__(self, studio: Studio, screen_for: Callable[[Destination], Screen[Any]]) -> None:
        """`screen_for` makes the screen that shows a destination."""
        super().__init__()
        self.studio = studio
        self.equipment = studio.equipment
        self.discarded = Discarded()
        """Takes that the home screen can bring back."""
        self._screen_for = screen_for
        self._came_back_at: float | None = None

    def visit(self, destination: Destination, then: Callable[[Any], None] | None = None) -> None:
        """Show it over this screen; `then` gets what it gives back when it is left."""
        self.push_screen(self._screen_for(destination), then)

    def move_to(self, destination: Destination) -> None:
        """Show it instead of this screen."""
        self.switch_screen(self._screen_for(destination))

    def pop_screen(self) -> AwaitComplete:
        """As Textual's. Who closes help, a question or the list of commands was on this screen all the while."""
        if not isinstance(self.screen, ModalScreen):
            self._came_back_at = self.equipment.now()
        return super().pop_screen()

    def leave_by_key(self) -> None:
        """Leave, unless somebody came back just now, and the key may have been pressed once too often for that."""
        came_back_at, self._came_back_at = self._came_back_at, None
        if came_back_at is not None and self.equipment.now() - came_back_at < ONCE_TOO_OFTEN:
            self.notify("q again leaves rehearse.", timeout=3)
        else:
            self.exit(0)

    def change_settings(self, **changes: Any) -> Settings:
        """Change and keep settings; a failure to write is said, the change still holds for this run."""
        chosen = replace(self.equipment.settings, **changes)
        try:
            self.equipment.change_settings(chosen)
        except (RehearseError, OSError) as error:
            self.notify(f"The settings could not be written: {error}", severity="error", markup=False)
        return chosen
