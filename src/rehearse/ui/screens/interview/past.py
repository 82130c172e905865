"""Interviews of before: the report of each, and the way to go on with one that was broken off."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.dialogs import ConfirmDialog
from rehearse.ui.screens.interview.lines import past_line
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen

if TYPE_CHECKING:
    from rehearse.reports.fates import Standing
    from rehearse.services.kept_interview import KeptInterview


class PastInterviewsScreen(RoomScreen[None]):
    """One a line, the newest first."""

    HELP = (
        "**enter** opens the report, **c** goes on with an interview that was broken off, **d** forgets that these "
        "answers were an interview; the answers themselves stay among your answers."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "report", tooltip="Open its report", id="interviews.open", priority=True),
        Binding("c", "go_on", "go on", tooltip="Go on with one that was broken off", id="interviews.go-on"),
        Binding("d", "forget", "forget", tooltip="Forget the interview; its answers stay", id="interviews.forget"),
        *COMMON_KEYS,
    ]
    DEFAULT_CSS = """
    PastInterviewsScreen OptionList, PastInterviewsScreen OptionList:focus {
        border: none; padding: 1 1; background: $background; height: 1fr;
    }
    PastInterviewsScreen #none { padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept: tuple[KeptInterview, ...] = ()

    def compose_room(self) -> ComposeResult:
        yield Heading("Interviews")
        yield Static(id="none")
        yield OptionList(id="interviews")

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.query_one("#none").display = False

    def on_screen_resume(self) -> None:
        """One may have been held or continued meanwhile."""
        self._look()

    def _look(self) -> None:
        studio = self.rehearse.studio

        def look(_: Event) -> tuple[list[KeptInterview], list[Standing], dict[str, str]]:
            from rehearse.guides.library import read_guides

            library = studio.equipment.library
            guides, _problems = read_guides(library, library.ids())
            kept = studio.interviews.all()
            return kept, studio.interviews.standings(kept), {guide.id: guide.title for guide in guides}

        self.run_job("look", look)

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """List them."""
        if done.job == "forget":
            self.notify("Forgotten. Its answers are among your answers (h on the first screen).")
            self._look()
            return
        kept, standings, titles = cast("tuple[list[KeptInterview], list[Standing], dict[str, str]]", done.result)
        self._kept = tuple(kept)
        rows, at = self.query_one(OptionList), self.query_one(OptionList).highlighted
        width, now = self.app.size.width - 4, datetime.now(UTC)
        rows.clear_options()
        listed = zip(kept, standings, strict=True)
        rows.add_options([Option(past_line(one, far, titles, now, width), id=one.id) for one, far in listed])
        rows.highlighted = min(at or 0, len(kept) - 1) if kept else None
        rows.display = bool(kept)
        none = self.query_one("#none", Static)
        none.update(Content("No interview yet. i on the first screen plans one.") if not kept else "")
        none.display = not kept
        self.query_one(Heading).show(right=f"{len(kept)} kept" if kept else "")
        self.refresh_bindings()

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """They can't be read, or not be forgotten."""
        self.show_error(failed.error)

    @property
    def _chosen(self) -> KeptInterview | None:
        at = self.query_one(OptionList).highlighted
        return self._kept[at] if at is not None and at < len(self._kept) else None

    @on(OptionList.OptionHighlighted)
    def moved(self) -> None:
        """What can be done differs from row to row."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible with the one under the cursor."""
        if action in ("open", "forget"):
            return self._chosen is not None
        if action == "go_on":
            return self._chosen is not None and self._chosen.ended_at is None
        return True

    def action_open(self) -> None:
        """Its report."""
        if chosen := self._chosen:
            self.rehearse.visit(to.InterviewReport(chosen.id))

    def action_go_on(self) -> None:
        """Go on where it stopped."""
        if chosen := self._chosen:
            self.rehearse.visit(to.RunInterview(chosen.id))

    def action_forget(self) -> None:
        """Forget it, once that is confirmed."""
        chosen, studio = self._chosen, self.rehearse.studio
        if chosen is None:
            return

        def forget(yes: bool | None) -> None:
            if yes:
                self.run_job("forget", lambda _: studio.interviews.delete(chosen.id))

        self.app.push_screen(
            ConfirmDialog("Forget this interview?", "Its report goes. The answers stay among your answers."), forget
        )
