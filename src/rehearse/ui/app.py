"""The app: modes, theme, keys that work everywhere. What it shows lives in `screens`."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.notifications import Notify
from textual.screen import Screen
from textual.widgets._toast import ToastRack

from rehearse.ui.commands import RoomCommands
from rehearse.ui.destinations import Destination, Home
from rehearse.ui.host import Host
from rehearse.ui.light_text import darkened
from rehearse.ui.router import screen_for
from rehearse.ui.shown_lines import ShownLines
from rehearse.ui.wording import reading_seconds

if TYPE_CHECKING:
    from rehearse.services.studio import Studio

SECTION_PALETTE = ("#5fafff", "#ffaf5f", "#5fd787", "#d787d7", "#ffd75f", "#ff8787", "#87d7d7", "#afaf87")
"""Colours of sections on dark themes; one theme's neighbours differ in lightness as well as in hue."""
LIGHT_SECTION_PALETTE = ("#004f9f", "#955000", "#006e35", "#8700af", "#7a5c00", "#b81c1c", "#006b72", "#55552b")


MOST_TOASTS = 2
"""Notifications that are seen at once: they lie over the two lines of a screen's heading."""


class RehearseApp(Host):
    """The terminal app."""

    TITLE = "rehearse"
    CSS_PATH = "rehearse.tcss"
    COMMANDS = {RoomCommands}
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q", "quit", "quit", show=False, priority=True, tooltip="Leave; what is being said is kept", id="quit"
        ),
        Binding("ctrl+c", "interrupt", "quit", show=False, system=True, priority=True, id="interrupt"),
        Binding(
            "ctrl+z",
            "suspend_process",
            "stop",
            show=False,
            tooltip="Back to the shell for a while; `fg` there goes on, a recording too",
            id="suspend",
        ),
    ]

    def __init__(
        self, studio: "Studio", first: Destination | Callable[[], Screen[Any]] | None = None, *, notice: str = ""
    ) -> None:
        """Args: what is shown over the home screen, or instead of it if it stands alone, as a destination or as what
        makes a screen; a notice that is said once.
        """
        super().__init__(studio, screen_for)
        self._first = first
        self._notice = notice
        self._loop_running: asyncio.AbstractEventLoop | None = None
        self._leave_with: int | None = None
        self._shown_lines = ShownLines()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and last of all the one that lets nothing through that a terminal obeys."""
        return [*super().get_line_filters(), self._shown_lines]

    def notify(self, message: str, **options: Any) -> None:
        """As Textual's; markup never counts, for a title or a file's name may hold what looks like it.

        It stays for as long as it takes to be read, where no `timeout` is given.
        """
        super().notify(message, **{"timeout": reading_seconds(message), **options, "markup": False})

    def on_notify(self, event: Notify) -> None:
        """Before Textual shows it: what says the same goes, and the oldest that there is no more room for."""
        same = [one for one in self._notifications if one.message == event.notification.message]
        others = [one for one in self._notifications if one not in same]
        for gone in (*same, *others[: len(others) - MOST_TOASTS + 1]):
            self._unnotify(gone, refresh=False)
            for screen in self.screen_stack:  # Textual takes the words away, but leaves them their room
                screen.query(f"ToastHolder#{ToastRack._toast_id(gone)}").remove()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The sections' colours, for the theme's brightness."""
        theme = self.available_themes.get(self.theme)
        palette = SECTION_PALETTE if theme is None or theme.dark else LIGHT_SECTION_PALETTE
        return {f"section-{index}": colour for index, colour in enumerate(palette)}

    def get_css_variables(self) -> dict[str, str]:
        """As Textual's; on a light theme, text in colour is dark enough to be read."""
        variables = super().get_css_variables()
        if not self.current_theme.dark:
            self.theme_variables = variables = darkened(variables)
        return variables

    def on_mount(self) -> None:
        """Open the first screen."""
        self._loop_running = asyncio.get_running_loop()
        if self._leave_with is not None:
            self.exit(self._leave_with, return_code=self._leave_with)
            return
        if self.equipment.settings.theme in self.available_themes:
            self.theme = self.equipment.settings.theme
        first = self._first() if callable(self._first) else self._first
        if getattr(first, "alone", False):  # leaving it ends the app: the home screen is never seen
            if self._notice:
                self.notify(self._notice, severity="warning", markup=False)
        else:
            self.visit(Home(self._notice))
        if isinstance(first, Screen):
            self.push_screen(first)
        elif first is not None:
            self.visit(first)

    def on_unmount(self) -> None:
        """The app is being left: its threads have nothing to wait for."""
        self.equipment.leave()

    def watch_theme(self, theme: str) -> None:
        """Remember the theme chosen in the palette."""
        if self.is_running and theme != self.equipment.settings.theme:
            self.change_settings(theme=theme)

    def deliver_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str | None:
        """As Textual's, but into the current folder where there is none for downloads."""
        from platformdirs import user_downloads_path

        if path is None and not user_downloads_path().is_dir():
            path = str(Path.cwd())
        return super().deliver_screenshot(filename, path, time_format)

    def action_interrupt(self) -> None:
        """Ctrl-C: leave at once. A running answer stays on disk and is offered at the next start."""
        self.exit(130, return_code=130)

    def action_suspend_process(self) -> None:
        """Ctrl-Z: back to the shell, where there is one; `fg` goes on. Where text is typed it undoes instead."""
        from rehearse.ui.stopping import can_be_stopped, stop_job

        if self.is_headless or not can_be_stopped():
            self.notify("There is no shell to go back to; ctrl+q leaves.")
            return
        stop_job()  # Textual's driver gives the terminal back, stops, and draws anew when it goes on

    def leave(self, status: int) -> None:
        """Leave like that, with another exit status; for a signal's handler, which may come before the first screen."""
        self._leave_with = status
        if self._loop_running is not None:
            self._loop_running.call_soon_threadsafe(partial(self.exit, status, return_code=status))
