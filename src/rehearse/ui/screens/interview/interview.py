"""A running interview: between its turns it decides what is asked next, and goes on by itself."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from itertools import zip_longest
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from rehearse.domain.reading import reading_seconds
from rehearse.errors import InputError, StoreError
from rehearse.guides.library import read_guides
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.dialogs import ConfirmDialog
from rehearse.ui.screens.interview.lines import KEYS_SAID, left_line, standing_help, standing_line, stopped_line
from rehearse.ui.screens.interview.turn import TurnScreen, TypedTurnScreen
from rehearse.ui.screens.rehearse.speaking import SpeakingScreen
from rehearse.ui.screens.room import COMMON_KEYS, Heading
from rehearse.ui.widgets.paced_text import PacedText

if TYPE_CHECKING:
    from rehearse.domain.guide import Guide
    from rehearse.reports.fates import Fate
    from rehearse.services.interview_turns import Turn
    from rehearse.services.kept_interview import KeptInterview

OPENING = "Opening the interview …"
AFTERWARDS = 0.8
"""Seconds of silence after the last words."""


class InterviewScreen(SpeakingScreen):
    """Lies under the turns; one sees it while the interviewer makes up their mind, and where one has stopped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "go on", tooltip="Go on where it stopped", id="interview.resume"),
        Binding("t", "type", "type", tooltip="Type the answers from here on", id="interview.type"),
        Binding("a", "aloud", "aloud", tooltip="Answer aloud from here on", id="interview.aloud"),
        Binding("s", "skip", "skip", tooltip="Skip what is being asked", id="interview.skip"),
        Binding("u", "unskip", "undo skip", tooltip="Ask after all what was skipped last", id="interview.unskip"),
        Binding("e", "end", "end", tooltip="End it now: the report of what was answered", id="interview.end"),
        *COMMON_KEYS,
    ]

    def __init__(self, interview_id: str) -> None:
        super().__init__()
        self._interview_id = interview_id
        self._kept: KeptInterview | None = None
        self._turn: Turn | None = None
        self._guide: Guide | None = None
        self._titles: dict[str, str] = {}
        self._fates: tuple[Fate, ...] = ()
        """What became of its questions, as the report will count them; () while that isn't known."""
        self._turn_began = 0.0
        self._stands = False
        """It waits for the person."""
        self._saying_goodbye = False
        self._goodbye = ""
        self._goodbye_ends: Timer | None = None

    @property
    def help_now(self) -> str:
        """Keys are told of where they do something."""
        offered = [action for action in KEYS_SAID if self._stands and self.check_action(action, ())]
        return standing_help(offered, stands=self._stands)

    def compose_room(self) -> ComposeResult:
        yield Heading("Interview")
        yield PacedText(OPENING, id="said")
        yield Static(id="standing")

    def on_mount(self) -> None:
        self._load()
        self.set_interval(1 / 15, self.tick_voice)

    def _load(self) -> None:
        """As it is kept, unless another rehearse holds it."""
        studio = self.rehearse.studio

        def load(_: Event) -> tuple[KeptInterview, dict[str, str]]:
            if studio.interviews.held_elsewhere(self._interview_id, studio.rehearsals.answers_underway()):
                raise InputError(
                    "That interview can't go on here",
                    why="another rehearse is recording or transcribing an answer of it just now",
                    next_step="Go on there, or here once that is over.",
                )
            kept, library = studio.interviews.get(self._interview_id), studio.equipment.library
            guides, _problems = read_guides(library, dict.fromkeys(q.guide_id for q in kept.interview.questions))
            return kept, {f"{guide.id}/{one.id}": one.title for guide in guides for one in guide.scenarios}

        self.run_job("load", load)

    # -- from turn to turn -----------------------------------------------------------------------------------------

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """The next step is known."""
        match done.job:
            case "load":
                kept, self._titles = cast("tuple[KeptInterview, dict[str, str]]", done.result)
                self._next(kept, resumed=kept.interview.answered > 0 or kept.interview.spent > 0)
            case "next":
                turn, guide, self._fates = cast("tuple[Turn, Guide | None, tuple[Fate, ...]]", done.result)
                self._take(turn, guide)
            case "skip" | "answered":
                self._next(cast("KeptInterview", done.result))
            case "unskip" | "answering":
                self._next(cast("KeptInterview", done.result), resumed=True)
            case "voice" if self._saying_goodbye:
                # Aloud it was said by now; where nothing can be heard, it is read.
                self._end_in(AFTERWARDS if done.result else reading_seconds(self._goodbye))
            case "end":
                self.rehearse.move_to(to.InterviewReport(self._interview_id, fresh=True))

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """It stands still, and what was answered is kept."""
        if failed.job == "voice":
            self.notify(str(failed.error), severity="warning")
            if self._saying_goodbye:
                self._end_in(reading_seconds(self._goodbye))
            return
        again = " enter tries again." if self._kept is None else ""
        self._stop(f"{failed.error.what}.{again}")
        self.show_error(failed.error)

    def _next(self, kept: KeptInterview, *, resumed: bool = False) -> None:
        """Find out what is asked now."""
        # Those of the turn before don't know of an answer that was given in it.
        self._turn, self._fates = None, ()
        self._show(kept, "The interviewer thinks about what to ask …")
        studio = self.rehearse.studio

        def find(_: Event) -> tuple[Turn, Guide | None, tuple[Fate, ...]]:
            turn = studio.interviews.next_turn(kept, resumed=resumed)
            question = turn.plan.question if turn.plan else ""
            if studio.equipment.settings.voice:
                studio.equipment.interviewer.prepare(*(text for text in (turn.lead, question) if text))
            guide = studio.equipment.library.load(turn.plan.guide_id) if turn.plan else None
            fates: tuple[Fate, ...] = ()
            with suppress(StoreError):  # they are only shown
                (standing,) = studio.interviews.standings([turn.before])
                fates = standing.fates
            return turn, guide, fates

        self.run_job("next", find)

    def _take(self, turn: Turn, guide: Guide | None) -> None:
        # Not `turn.kept`: stopped at, a question about an answer is asked again in the same words.
        self._turn, self._guide, self._kept = turn, guide, turn.before
        if guide is None:
            self._close(turn)
            return
        self._turn_began = self.rehearse.equipment.now()
        typed = turn.before.interview.typed
        screen = TypedTurnScreen(guide, turn) if typed else TurnScreen(guide, turn)
        self.app.push_screen(screen, lambda _: self._came_back(turn, screen))

    def _came_back(self, turn: Turn, screen: TurnScreen | TypedTurnScreen) -> None:
        """A turn is over: with an answer it goes on, without one it stands still."""
        seconds, studio = self.rehearse.equipment.now() - self._turn_began, self.rehearse.studio
        answer = screen.given
        if answer is None:
            self._stop(screen.trouble or stopped_line(turn.before.interview))
        elif not answer.transcript.words:
            self.run_job("nothing", lambda _: studio.equipment.store.discard(answer.id))
            self._stop("Nothing was heard, so that doesn't count. enter asks you again.")
        else:
            self._turn = None  # skipping it any more would leave out an answer that is kept
            self.run_job("answered", lambda _: studio.interviews.answered(turn, answer, seconds))

    def _close(self, turn: Turn) -> None:
        """The interviewer's last words, then the report."""
        self._dont_end()
        self._saying_goodbye, self._goodbye = True, turn.lead
        self._show(turn.kept, "")
        self.say(turn.lead, self.query_one("#said", PacedText), shown=turn.lead)
        if not self.rehearse.equipment.settings.voice:
            self._end_in(reading_seconds(turn.lead))

    def _end_in(self, seconds: float) -> None:
        """The report comes once the goodbye was heard or read."""
        self._dont_end()
        self._goodbye_ends = self.set_timer(seconds, self._said_goodbye)

    def _dont_end(self) -> None:
        """The goodbye that was begun doesn't end it any more."""
        if self._goodbye_ends is not None:
            self._goodbye_ends.stop()
        self._goodbye_ends = None

    def _said_goodbye(self) -> None:
        """Unless something is asked after all meanwhile."""
        if self._saying_goodbye:
            self._end()

    def _end(self) -> None:
        kept, studio, now = self._kept, self.rehearse.studio, datetime.now(UTC)
        if kept is None or not (self._saying_goodbye or self._stands):
            return
        self._saying_goodbye = self._stands = False
        self.run_job("end", lambda _: studio.interviews.ended(kept, now))

    # -- standing still --------------------------------------------------------------------------------------------

    def _show(self, kept: KeptInterview, said: str) -> None:
        self._kept, self._stands = kept, False
        self._draw(said)

    def _stop(self, said: str) -> None:
        self._stands = True
        self._draw(said)

    def _draw(self, said: str) -> None:
        self.query_one("#said", PacedText).show(said)
        self.refresh_bindings()
        if self._kept is None:
            return
        interview = self._kept.interview
        self.query_one(Heading).show(right=left_line(interview))
        rows = [
            standing_line(
                number,
                self._titles.get(f"{one.guide_id}/{one.scenario_id}", one.scenario_id),
                one,
                fate,
                now=number - 1 == interview.at,
                width=self.app.size.width - 4,
            )
            for number, (one, fate) in enumerate(zip_longest(interview.questions, self._fates), 1)
        ]
        self.query_one("#standing", Static).update(Content("\n").join(rows))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        if action == "go_on":
            return self._stands or self._saying_goodbye
        if action == "skip":
            return self._stands and self._turn is not None
        if action in ("type", "aloud"):
            typed = bool(self._kept and self._kept.interview.typed)
            return self._stands and self._turn is not None and typed == (action == "aloud")
        if action == "unskip":
            waits = self._stands or self._saying_goodbye
            return waits and self._kept is not None and self._kept.interview.skipped_last is not None
        if action == "end":
            return self._stands and bool(self._kept and self._kept.interview.answered)
        return True

    def action_go_on(self) -> None:
        """Ask again what it stopped at; while the interviewer says goodbye, on to the report."""
        if self._saying_goodbye:
            self._end()
        elif self._stands and self._kept is not None:
            self._next(self._kept, resumed=True)
        elif self._stands:
            self._stands = False
            self._draw(OPENING)
            self._load()

    def action_type(self) -> None:
        """Ask again what it stopped at, to be answered by typing."""
        self._answer(typed=True)

    def action_aloud(self) -> None:
        """Ask again what it stopped at, to be answered aloud."""
        self._answer(typed=False)

    def _answer(self, *, typed: bool) -> None:
        kept, studio = self._kept, self.rehearse.studio
        if kept is not None:
            self._stands = False
            self.run_job("answering", lambda _: studio.interviews.answering(kept, typed=typed))

    def action_skip(self) -> None:
        """Leave out the question it stopped at."""
        turn, studio = self._turn, self.rehearse.studio
        if turn is None:
            return

        def skip(yes: bool | None) -> None:
            if yes:
                self._stands = False
                self.run_job("skip", lambda _: studio.interviews.skipped(turn, 0.0))

        what = "the questions about this answer" if turn.is_follow_up else "this question"
        back = "The interview won't come back to it by itself; u brings it back while there is time."
        self.app.push_screen(ConfirmDialog(f"Skip {what}?", back), skip)

    def action_unskip(self) -> None:
        """Ask after all what was skipped last."""
        kept, studio = self._kept, self.rehearse.studio
        if kept is not None:
            self._stands = self._saying_goodbye = False
            self._dont_end()
            self.run_job("unskip", lambda _: studio.interviews.brought_back(kept))

    def action_end(self) -> None:
        """The report of what was answered."""
        self._end()

    def take_discarded(self, answer_id: str) -> None:
        """A take was discarded: it isn't part of the interview."""
        self.notify("In the trash. enter asks you again.")

    def on_unmount(self) -> None:
        """Nobody speaks on."""
        self.rehearse.equipment.interviewer.hush()
