"""What an interview showed, on one page: its moments to hear again, its questions, how it was spoken."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.widget import Widget

from rehearse.domain.moments import local_text
from rehearse.domain.transcript import Transcript
from rehearse.reports.moments import Moment
from rehearse.reports.report import InterviewReport, NextDrill, QuestionReport
from rehearse.services.interview_report import LoadedReport, guide_of, load_report, moment_sound
from rehearse.services.replay import Replay
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.interview.drawing import delivery, moment_rows, next_rows, question_rows, summary
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.report_page import ReportPage, ReportRow, heading, prose

if TYPE_CHECKING:
    from rehearse.audio.playback import Player

REFINED_SECONDS = 1.0
"""How often it is looked whether last words were heard better."""


class InterviewReportScreen(RoomScreen[None]):
    """The report on one interview."""

    HELP = (
        "**up** and **down** go through the moments and questions. **space** plays a moment, **enter** opens its "
        "answer there, with all its marks; on what is next, enter begins it. ✔+ came up when you were asked. **x** "
        "writes the report to a file: one page for any browser, with the sound of its moments, or Markdown."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", tooltip="Open the answer, or begin what is next", id="report.open"),
        Binding("space", "toggle_play", "play", tooltip="Play the moment", id="report.play"),
        Binding("comma", "jump(-5)", "5 s back", show=False, key_display=",", tooltip="Five seconds back"),
        Binding("full_stop", "jump(5)", "5 s on", show=False, key_display=".", tooltip="Five seconds on"),
        Binding("minus", "speed(-1)", "slower", show=False, key_display="-", tooltip="Slower replay"),
        Binding("plus,equals_sign", "speed(1)", "faster", show=False, key_display="+", tooltip="Faster replay"),
        Binding("c", "go_on", "go on", tooltip="Go on with this interview", id="report.go-on"),
        Binding("x", "export", "export", tooltip="Write this report to a file", id="report.export"),
        *COMMON_KEYS,
    ]

    def __init__(self, interview_id: str, *, fresh: bool = False) -> None:
        super().__init__()
        self.interview_id = interview_id
        self._fresh = fresh
        self._loaded: LoadedReport | None = None
        self._heard: Moment | None = None
        """Whose sound the replay has."""
        self._replay = Replay(Transcript(), self._open_player)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        yield Heading("That was the interview" if self._fresh else "Interview")
        yield ReportPage()
        yield PlayerBar(0.0, available=True)

    def on_mount(self) -> None:
        self.query_one(PlayerBar).visible = False
        self.query_one(ReportPage).focus()
        self.look()
        self.set_interval(1 / 30, self._follow_player)
        self.set_interval(REFINED_SECONDS, self._take_refined)

    def on_screen_resume(self) -> None:
        """Marks may have been corrected in a review meanwhile."""
        if self._loaded is not None:
            self.look()

    def look(self) -> None:
        """Load and compute, off the UI thread."""
        equipment, interview_id = self.rehearse.equipment, self.interview_id
        self.run_job("look", lambda _: load_report(equipment, interview_id, datetime.now(UTC)))

    def _take_refined(self) -> None:
        """The last words of an answer may be heard better a moment after the interview."""
        answers = self._loaded.answers.values() if self._loaded else ()
        if [one for one in answers if self.rehearse.studio.rehearsals.refined(one)]:
            self.look()

    @on(JobDone)
    async def job_done(self, done: JobDone) -> None:
        """The report is loaded, a moment's sound, or what is next."""
        if isinstance(done.result, LoadedReport):
            report, page = done.result.report, self.query_one(ReportPage)
            if self._loaded is None and report.next_drill and report.moments:
                page.cursor = 1  # an enter too many, after the last answer, mustn't begin a drill
            if self._loaded is None or report != self._loaded.report:
                await page.show(_widgets(report))
            self._loaded = done.result
            self.query_one(Heading).show(right=f"{local_text(report.begun_at)} · {_share(report)}")
            self.refresh_bindings()
        elif isinstance(done.result, to.Rehearse):
            self.rehearse.visit(done.result)
        elif done.job == "player":
            self._play_opened(*cast("tuple[Moment, Player | None]", done.result))

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)

    @property
    def selected(self) -> object:
        """The moment, question or drill under the cursor."""
        return self.query_one(ReportPage).selected

    @on(ReportPage.Selected)
    def show_player(self, _: ReportPage.Selected) -> None:
        """Another row: what was heard stops, and the player shows whether this one can be heard."""
        self._stop()
        self.refresh_bindings()

    # -- sound -------------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._replay.close()
        self._heard = None
        for bar in self.query(PlayerBar):
            bar.visible = False

    def _can_hear(self, moment: Moment) -> bool:
        answer = self._loaded.answers.get(moment.answer_id) if self._loaded else None
        return moment.playable and answer is not None and answer.recording is not None

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Without the key to play where nothing can be heard; pressed all the same, it says why."""
        found, moments = super().active_bindings, self._loaded.report.moments if self._loaded else ()
        if any(self._can_hear(moment) for moment in moments):
            return found
        return {key: one for key, one in found.items() if one.binding.action != "toggle_play"}

    def action_toggle_play(self) -> None:
        """Play and pause the moment under the cursor."""
        moment = self.selected
        if not isinstance(moment, Moment) or not self._can_hear(moment):
            self.notify(_why_silent(moment))
            return
        if self._heard is not moment:
            self._stop()
            self._heard = moment
            self._replay = Replay(Transcript(), self._open_player)
        self._replay.toggle()

    def _open_player(self) -> None:
        loaded, moment, studio = self._loaded, self._heard, self.rehearse.studio
        if loaded is None or moment is None:
            return

        def open_player(cancelled: Event) -> "tuple[Moment, Player | None]":
            sound = moment_sound(loaded, moment)
            player = None if sound is None else studio.equipment.player(sound)
            if player is not None and cancelled.is_set():  # nobody waits for it any more
                player.close()
            return moment, player

        self.run_job("player", open_player)

    def _play_opened(self, moment: Moment, player: "Player | None") -> None:
        if player is None:
            self.notify("The recording of this answer is gone.", severity="warning")
            return
        if moment is not self._heard:
            player.close()
            return
        bar = self.query_one(PlayerBar)
        bar.last(player.duration)
        bar.silent = player.silent
        bar.visible = True
        self._replay.follow(Transcript(duration=player.duration))
        self._replay.opened(player)

    def _follow_player(self) -> None:
        player = self._replay.player
        if player is None or self._heard is None:
            return
        self.query_one(PlayerBar).follow(player)

    def action_jump(self, by: int) -> None:
        """Seconds back or on."""
        if self._heard is not None:
            self._replay.jump(by)

    def action_speed(self, by: int) -> None:
        """Slower or faster, at the same pitch."""
        if self._heard is None or not self._replay.change_speed(by):
            self.notify("space plays; then - and + change the speed.", timeout=3)

    def on_unmount(self) -> None:
        """Close the player."""
        self._replay.close()

    # -- going on ----------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible."""
        if action == "go_on":
            return self._loaded is not None and self._loaded.report.goes_on
        return True

    def action_open(self) -> None:
        """The answer under the cursor, at its moment; or what is next."""
        self._replay.pause()
        match self.selected:
            case Moment() as moment:
                self._review(moment.answer_id, moment.first_word)
            case QuestionReport(answer_id=str() as answer_id):
                self._review(answer_id, None)
            case QuestionReport() as question:
                self.notify(question.fate.value)
            case NextDrill() as drill:
                self._drill(drill)

    def _review(self, answer_id: str, at_word: int | None) -> None:
        loaded = self._loaded
        answer = loaded.answers.get(answer_id) if loaded else None
        guide = loaded.guides.get(answer.guide_id) if loaded and answer else None
        if answer is None or guide is None or not guide.has_scenario(answer.scenario_id):
            self.notify("The guide of this answer is gone or has changed, or can't be read.", severity="warning")
            return
        self.rehearse.visit(to.Review(guide, answer, at_word=at_word))

    def _drill(self, drill: NextDrill) -> None:
        """It may be of a guide that the interview didn't ask from, and gone since the report was computed."""
        studio = self.rehearse.studio

        def plan(_: Event) -> to.Rehearse:
            guide, scenario = guide_of(studio.equipment, drill)
            return to.Rehearse(guide, studio.plan(guide, scenario))

        self.run_job("drill", plan)

    def action_go_on(self) -> None:
        """Take an interview up again that was broken off."""
        self._replay.pause()
        self.rehearse.move_to(to.RunInterview(self.interview_id))

    def action_export(self) -> None:
        """Write the report to files."""
        self._replay.pause()
        self.rehearse.visit(to.ExportInterview(self.interview_id))


def _share(report: InterviewReport) -> str:
    return f"{report.answered} of {len(report.questions)} answered"


def _why_silent(selected: object) -> str:
    match selected:
        case Moment(words=""):
            return "Nothing was said of this: its place is the question. enter opens the answer."
        case Moment(start=None):
            return "This answer was typed. enter opens it."
        case Moment():
            return "This answer has no recording. enter opens it."
        case _:
            return "space plays a moment. enter opens the answer."


def _widgets(report: InterviewReport) -> Iterator[Widget]:
    """The page, from top to bottom."""
    yield prose(summary(report))
    if report.next_drill:
        yield ReportRow(next_rows(report.next_drill), report.next_drill)
    for title, moments in (("Best moments", report.best), ("Weakest moments", report.weakest)):
        if moments:
            yield heading(title)
            yield from (ReportRow(moment_rows(moment), moment) for moment in moments)
    yield heading("Questions")
    yield from (ReportRow(question_rows(question), question) for question in report.questions)
    if report.spoken:
        yield heading("Delivery")
        yield prose(delivery(report.spoken, report.trend, report.without_figures))
