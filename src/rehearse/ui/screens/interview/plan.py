"""What an interview will be: its length, its guides, the questions it would ask. Enter begins it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import SelectionList, Static

from rehearse.domain.interview import MINUTES, MOST_FOLLOW_UPS
from rehearse.errors import InputError
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.interview.lines import broken_off_line, length_line, planned_lines
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.tick_list import TickList
from rehearse.ui.widgets.unbroken_text import UnbrokenText

if TYPE_CHECKING:
    from rehearse.domain.interview import Interview
    from rehearse.services.interviews import Choices
    from rehearse.services.kept_interview import KeptInterview

MARGINS = 4
"""Columns at the sides."""
TAKEN = 7
"""Rows that hold neither guides nor questions: the heading, the length, what stands over the questions, the keys."""
BROKEN_OFF = 2
"""Rows of the line about an interview that was broken off."""
LEAST_LIST = 3
"""Rows of the list of guides, however many questions there are."""


class InterviewPlanScreen(RoomScreen[None]):
    """Choose, see what would be asked, begin."""

    HELP = (
        "An interview asks several questions in a row, chosen by what would help you most, and asks further where "
        "something was left out. **m** changes its length, **f** how many questions follow an answer, **space** takes "
        "a guide in or out, **enter** begins, **t** begins with answers that you type. With **a** it runs hands-free: "
        "once the thinking time is over your voice begins an answer, and your silence ends it. Every answer is kept "
        "like any other, and a report comes at the end. An interview that is left goes on where it stood, with **c**."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", priority=True, tooltip="Begin the interview", id="interview.begin"),
        Binding("t", "begin_typed", "type", tooltip="Begin, and type the answers", id="interview.begin-typed"),
        Binding("c", "go_on", "go on", tooltip="Go on with the one that was broken off", id="interview.go-on"),
        Binding("m", "minutes", "length", tooltip="10, 20 or 30 minutes", id="interview.minutes"),
        Binding("f", "follow_ups", "follow-ups", tooltip="How many questions follow an answer", id="interview.further"),
        Binding("a", "hands_free", "hands-free", tooltip="Without touching a key", id="interview.hands-free"),
        Binding("r", "past", "past", tooltip="Interviews of before and their reports", id="interview.past"),
        *COMMON_KEYS,
    ]
    DEFAULT_CSS = """
    InterviewPlanScreen #unfinished { padding: 0 2; height: auto; color: $text-warning; }
    InterviewPlanScreen #length { padding: 0 2; height: auto; text-style: bold; }
    InterviewPlanScreen TickList, InterviewPlanScreen TickList:focus {
        border: none; padding: 0 1; margin: 1 0; background: $background; height: auto;
    }
    InterviewPlanScreen #questions { padding: 0 2; height: auto; }
    """

    def __init__(self, wanted: to.PlanInterview) -> None:
        super().__init__()
        self._wanted = wanted
        self._choices: Choices | None = None

    def compose_room(self) -> ComposeResult:
        yield Heading("Interview", "several questions in a row")
        yield UnbrokenText(id="unfinished")
        yield Static(Content.styled("Looking at what would help you most …", "dim"), id="length")
        yield TickList[str](id="guides")
        yield Static(id="questions")

    def on_mount(self) -> None:
        self.query_one(SelectionList).focus()
        self.query_one("#unfinished").display = False

    def on_resize(self, event: events.Resize) -> None:
        """The questions are laid out for the room there is."""
        del event  # the base class has its own handler, which Textual calls too
        self._show()

    def on_screen_resume(self) -> None:
        """What was practised meanwhile counts."""
        studio, now = self.rehearse.studio, datetime.now(UTC)
        self.run_job("choices", lambda _: studio.interviews.choices(now))

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """The choices are there, or the interview is begun."""
        if done.job == "prepare":
            return
        if done.job == "begin":
            self.rehearse.visit(to.RunInterview(cast("KeptInterview", done.result).id))
            return
        choices = cast("Choices", done.result)
        first, self._choices = self._choices is None, choices
        if first:
            self._list_guides(choices)
        if unfinished := choices.unfinished:
            line = Content(broken_off_line(unfinished, datetime.now(UTC)))
            self.query_one("#unfinished", UnbrokenText).update(line)
        self.query_one("#unfinished").display = choices.unfinished is not None
        self._show()
        self._prepare()

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Nothing can be asked; what couldn't be made ready says so when it is needed."""
        if failed.job == "prepare":
            return
        self.query_one("#length", Static).update("")
        self.show_error(failed.error)

    def _prepare(self) -> None:
        """Read the guides for the first time while one still looks at the plan: each takes some seconds."""
        planned, equipment = self._planned, self.rehearse.equipment
        if planned is None:
            return

        def prepare(cancelled: Event) -> None:
            for guide_id in dict.fromkeys(one.guide_id for one in planned.questions):
                if not cancelled.is_set():
                    equipment.prepare(equipment.library.load(guide_id))
            equipment.choose_model()

        self.run_job("prepare", prepare)

    def _list_guides(self, choices: Choices) -> None:
        unknown = [one for one in self._wanted.guide_ids if one not in choices.guides]
        if unknown:
            self.show_error(
                InputError(f"There is no guide “{unknown[0]}”", next_step=f"Known are: {', '.join(choices.guides)}.")
            )
        chosen = [one for one in self._wanted.guide_ids if one in choices.guides] or choices.usual
        # Those that are asked from stand first: a list of many is scrolled.
        order = sorted(choices.guides, key=lambda guide_id: guide_id not in chosen)
        self._guides.add_options([(choices.guides[one], one, one in chosen) for one in order])
        self._guides.highlighted = 0

    @property
    def _guides(self) -> SelectionList[str]:
        return self.query_one("#guides", SelectionList)

    @property
    def _planned(self) -> Interview | None:
        settings = self.rehearse.equipment.settings
        wanted = self._wanted
        minutes = settings.interview_minutes if wanted.minutes is None else wanted.minutes
        further = settings.interview_follow_ups if wanted.follow_ups is None else wanted.follow_ups
        return self._choices.planned(self._guides.selected, minutes, further) if self._choices else None

    @on(SelectionList.SelectedChanged)
    def _show(self) -> None:
        """What would be asked now."""
        planned, choices = self._planned, self._choices
        if choices is None:
            return
        self.refresh_bindings()
        lines = self.query_one("#questions", Static)
        if planned is None:
            self.query_one("#length", Static).update(Content("No guide is chosen. space takes one in."))
            lines.update("")
            return
        settings = self.rehearse.equipment.settings
        hands_free = " · hands-free" if settings.hands_free else ""
        self.query_one("#length", Static).update(Content(f"{length_line(planned)} · {settings.mode.value}{hands_free}"))
        width, height = self.app.size.width - MARGINS, self.app.size.height
        taken = TAKEN + (BROKEN_OFF if choices.unfinished else 0)
        asked = [(choices.title(one), one) for one in planned.questions]
        rows = planned_lines(asked, width, height - taken - LEAST_LIST)
        lines.update(Content("\n").join([Content.styled("You would be asked", "dim"), *rows]))
        # What is asked is seen whole; the list, which can be scrolled, takes what that leaves.
        self._guides.styles.max_height = max(LEAST_LIST, min(height * 2 // 5, height - taken - len(rows)))

    # -- keys ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        if action in ("begin", "begin_typed"):
            return self._planned is not None
        if action == "go_on":
            return bool(self._choices and self._choices.unfinished)
        if action == "past":
            return bool(self._choices and self._choices.past)
        return True

    def action_minutes(self) -> None:
        """The next length."""
        now = (
            self.rehearse.equipment.settings.interview_minutes if self._wanted.minutes is None else self._wanted.minutes
        )
        self._wanted = to.PlanInterview(self._wanted.guide_ids, None, self._wanted.follow_ups)
        self.rehearse.change_settings(interview_minutes=MINUTES[(MINUTES.index(now) + 1) % len(MINUTES)])
        self._show()

    def action_follow_ups(self) -> None:
        """One more, or none after the most."""
        settings, wanted = self.rehearse.equipment.settings, self._wanted
        now = settings.interview_follow_ups if wanted.follow_ups is None else wanted.follow_ups
        self._wanted = to.PlanInterview(wanted.guide_ids, wanted.minutes, None)
        self.rehearse.change_settings(interview_follow_ups=(now + 1) % (MOST_FOLLOW_UPS + 1))
        self._show()

    def action_hands_free(self) -> None:
        """With keys or without."""
        chosen = self.rehearse.change_settings(hands_free=not self.rehearse.equipment.settings.hands_free)
        self.notify(f"Hands-free is {'on' if chosen.hands_free else 'off'}, for single answers too.")
        self._show()

    def action_begin(self) -> None:
        """Begin; the very first time, offer the microphone check."""
        if self._planned is None:
            return
        if not self.rehearse.equipment.settings.checked_microphone:
            self.rehearse.visit(to.CheckMicrophone(first_time=True), lambda go: self._begin() if go else None)
            return
        self._begin()

    def action_begin_typed(self) -> None:
        """Begin with answers that are typed."""
        self._begin(typed=True)

    def _begin(self, *, typed: bool = False) -> None:
        planned, studio, now = self._planned, self.rehearse.studio, datetime.now(UTC)
        if planned is None:
            return

        def begin(_: Event) -> KeptInterview:
            return studio.interviews.begin(replace(planned, typed=typed), now)

        self.run_job("begin", begin)

    def action_go_on(self) -> None:
        """Go on with the one that was broken off."""
        if self._choices and self._choices.unfinished:
            self.rehearse.visit(to.RunInterview(self._choices.unfinished.id))

    def action_past(self) -> None:
        """Interviews of before."""
        self.rehearse.visit(to.PastInterviews())
