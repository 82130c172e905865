"""What every screen has: a heading, a footer with its keys, help, a way back, and a word when the window is small."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property, partial
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.timer import Timer
from textual.widgets import Static

from rehearse.errors import RehearseError
from rehearse.ui.bridge import JobScreen
from rehearse.ui.destinations import Review
from rehearse.ui.glyphs import shortened
from rehearse.ui.host import Host
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.typed_keys import usable
from rehearse.ui.widgets.keys_footer import KeysFooter

HELP_KEY = Binding(
    "question_mark,f1", "help", "help", key_display="?", tooltip="What one does here, and all keys", id="help"
)
COMMON_KEYS: list[BindingType] = [
    Binding("escape,q", "leave", "back", key_display="q", tooltip="Back to where you came from", id="leave"),
    HELP_KEY,
]
"""Every screen ends its own bindings with these, so that the footer shows the screen's own keys first."""


SAVES_SECONDS = 1.0
"""How often it is looked whether one of the user's guides was saved."""


REST_SECONDS = 0.4
"""What is under the cursor for so long is probably what one wants."""


LEAST_HEADING = 24
"""Cells that a heading's left side keeps, however long the right side is, of which the end is seen then."""


class Heading(Static):
    """One line: what this is at the left, where it stands at the right."""

    def __init__(self, left: str, right: str = "") -> None:
        super().__init__(id="heading")
        self._left, self._right = left, right

    def show(self, left: str | None = None, right: str | None = None) -> None:
        """Change either side."""
        self._left = self._left if left is None else left
        self._right = self._right if right is None else right
        self.refresh()

    def render(self) -> Content:
        most = self.size.width - min(len(self._left), LEAST_HEADING) - 1
        right = self._right if len(self._right) <= most else f"…{self._right[len(self._right) - max(0, most - 1) :]}"
        room = self.size.width - len(right)
        return Content.assemble((shortened(self._left, max(1, room - 1)).ljust(room), "bold"), (right, "dim"))


class RoomScreen(JobScreen[ScreenResultType]):
    """Base of all full screens."""

    HELP: ClassVar[str] = ""
    """Markdown: what one does here."""
    MIN_SIZE: ClassVar[tuple[int, int]] = (80, 24)

    rehearse = getters.app(Host)
    _soon: Timer | None = None
    """Prepares what the interviewer may say."""

    _back: Review | None = None
    """Where one goes back to: the review whose place this took; None: to what lies below."""
    _saves: object = None
    """As `GuideLibrary.saves` was when it was looked at last."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """As Textual's, for footer and help: no key is named that the focused field would take as a letter."""
        return usable(super().active_bindings, self.focused)

    def compose(self) -> ComposeResult:
        yield from self.compose_room()
        yield KeysFooter()
        yield Static(id="too-small")

    def compose_room(self) -> ComposeResult:
        """The screen's own widgets, the heading first."""
        yield Heading("rehearse")

    def on_mount(self) -> None:
        """Draw the footer once everything is there: on a busy machine the first news of the keys may come before it
        listens. Textual calls this beside a subclass's own `on_mount`, which therefore mustn't call it.
        """
        self.call_after_refresh(self.refresh_bindings)
        self.set_timer(0.5, self.refresh_bindings)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when the window is too small to be read; what is going on goes on."""
        width, height = self.MIN_SIZE
        small = event.size.width < width or event.size.height < height
        self.set_class(small, "-too-small")
        if small:
            said = (
                f"This window is {event.size.width}x{event.size.height}; rehearse needs {width}x{height}.\n\n"
                "Make it larger, or the letters smaller. Nothing stops meanwhile."
            )
            for word in self.query("#too-small").results(Static):  # none while the screen is being left
                word.update(said)

    def watch_saves(self) -> None:
        """Look from now on whether one of the user's guides is saved, in an editor say, while this screen is seen."""
        self._saves = self.rehearse.equipment.library.saves()
        self.set_interval(SAVES_SECONDS, self._look_for_saves)

    def _look_for_saves(self) -> None:
        if self.is_current and (saves := self.rehearse.equipment.library.saves()) != self._saves:
            self._saves = saves
            self.guides_saved()

    def guides_saved(self) -> None:
        """One of the user's guides was saved; only told to who watches."""

    def show_error(self, error: RehearseError) -> None:
        """What happened, why, and the next step."""
        self.app.push_screen(ErrorDialog(error))

    @cached_property
    def _one_at_a_time(self) -> asyncio.Lock:
        return asyncio.Lock()

    @asynccontextmanager
    async def keeping(self) -> AsyncIterator[None]:
        """Around a worker's calls that read or write what is kept, made off the UI thread with `asyncio.to_thread`.

        They come one after the other, as their keys were pressed, each after all of the one before. Where one fails it
        is shown, and the rest of the block is left out: what follows a success belongs inside.
        """
        async with self._one_at_a_time:
            try:
                yield
            except RehearseError as error:
                self.show_error(error)

    def come_forward(self) -> None:
        """Close what lies over this screen, help say, before it makes way by itself for another one: Textual would
        take away the uppermost in its place.
        """
        while self in self.app.screen_stack and isinstance(self.app.screen, ModalScreen):
            self.app.pop_screen()

    def take_discarded(self, answer_id: str) -> None:
        """A take was discarded on the screen that lay over this one, or whose place it took: say how it comes back."""
        self.rehearse.discarded.add(answer_id)
        self.notify("In the trash. U on the home screen brings it back.")

    def prepare_to_say(self, *texts: str, soon: bool = True) -> None:
        """Have made ready what the interviewer may say next, where the voice is on.

        Args:
            texts: the first one first.
            soon: once the screen has rested for a moment, for one may only be passing; else at once.
        """
        if self._soon is not None:
            self._soon.stop()
        self._soon = None
        equipment = self.rehearse.equipment
        if not equipment.settings.voice or not texts:
            return
        if soon:
            self._soon = self.set_timer(REST_SECONDS, partial(equipment.interviewer.prepare, *texts))
        else:
            equipment.interviewer.prepare(*texts)

    def action_help(self) -> None:
        """What one does here, and all keys."""
        from rehearse.ui.screens.help import HelpDialog

        self.app.push_screen(HelpDialog(self))

    def go_back(self) -> None:
        """Where one came from."""
        if self._back is None:
            self.dismiss()
        else:
            self.rehearse.move_to(self._back)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.go_back()
