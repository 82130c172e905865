"""A rehearsal: the question, the thinking clock, the spoken answer with the panel lighting up, the finish.

One `Rehearsal` (which owns the pipeline and the kept answer), drawn. What follows is the answer screen.
"""

from random import Random
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import ContentSwitcher, Static

from rehearse.domain.answer import Mode
from rehearse.domain.pressure import Remark
from rehearse.domain.rehearsal import Phase
from rehearse.errors import DeviceError, RehearseError
from rehearse.live.rehearsal import Rehearsal
from rehearse.services.own_pauses import earlier_pauses
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed, LiveUpdate
from rehearse.ui.screens.rehearse.clock import ClockedScreen
from rehearse.ui.screens.rehearse.keys import KEYS, offered
from rehearse.ui.screens.rehearse.take import or_typed
from rehearse.ui.screens.rehearse.turns import Turns
from rehearse.ui.screens.rehearse.words import (
    LEVELS,
    finishing_words,
    shown_question,
    where_words_appear,
)
from rehearse.ui.screens.room import Heading, RoomScreen
from rehearse.ui.widgets.brief import Brief
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from rehearse.ui.widgets.live_answer import LiveAnswer
from rehearse.ui.widgets.paced_text import PacedText
from rehearse.ui.widgets.recording_bar import Meter
from rehearse.ui.widgets.transcript_view import TranscriptView


class RehearsalScreen(ClockedScreen):
    """Question, thinking, speaking, finishing."""

    HELP = (
        "Think while the clock runs; the microphone is already open, so no first word is lost. **enter** starts your "
        "answer, **enter** ends it. Rows light up when a section came up with substance. **p** pauses, **x** discards "
        "the take (it can be brought back). When the time is up you have twenty seconds to come to an end. Any key "
        "interrupts the interviewer. Hands-free (in the settings) your answer begins when you speak after the time to "
        "think, and ends when you fall silent and have nothing to add."
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS
    RUNNING: ClassVar[str] = "Your answer is running. enter finishes it, x discards it."
    """Why one can't just leave."""

    # -- what is drawn ---------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        scenario = self.plan.scenario
        yield Heading(scenario.title, f"{LEVELS[scenario.level]} · {self.plan.mode.value}")
        yield PacedText(shown_question(self.plan), quiet=len(self.plan.lead), id="question")
        yield PacedText("", id="said")
        yield Static(id="trouble")
        with ContentSwitcher(initial="brief", id="body"):
            yield Brief(self.plan.clock.think)
            yield self.live_answer()

    def live_answer(self) -> LiveAnswer:
        """The answer while it is given."""
        return LiveAnswer(self.guide, self.plan.clock.answer)

    def on_mount(self) -> None:
        self.query_one(Brief).note("opening the microphone …")
        if not self.rehearse.equipment.follows_live:
            self._too_slow = self.rehearse.equipment.settings.model
        self.query_one(TranscriptView).placeholder = where_words_appear(self._too_slow)
        if self.plan.mode is Mode.EXAM:
            self.query_one(CoveragePanel).display = False
        else:
            self.query_one(Brief).show_framework(self.guide, self.app.size.width)
        self._started_thinking = self.rehearse.equipment.now()
        self._ticker = self.set_interval(1 / 15, self._tick)
        self.begin()

    # -- starting --------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the source and load the models, off the UI thread; the question is spoken meanwhile."""
        studio = self.rehearse.studio

        def open_rehearsal(_: Event) -> Rehearsal:
            rehearsal = studio.rehearse(self.plan, emit=lambda event: self.post_message(LiveUpdate(event)))
            rehearsal.open()
            return rehearsal

        self.run_job("open", open_rehearsal)
        self._turns = Turns.by(
            studio.equipment.settings, self.guide, self.plan, Random(), say=self.say_amid, end=self.action_end_answer
        )
        if self._turns.hands_free:
            self.run_job("pauses", lambda _: earlier_pauses(studio.equipment.store))
        studio.equipment.interviewer.prepare_nothing_else()
        self._say_question()
        self.prepare_to_say(*self._turns.texts, soon=False)

    def say_amid(self, remark: Remark | None) -> None:
        """The interviewer says something while somebody answers; None takes it off the screen."""
        said = self.query_one("#said", PacedText)
        if remark is None:
            said.show("")
        elif remark.aloud:
            self.say(remark.text, said, shown=f"“{remark.text}”", insists=remark.insists)
        else:
            said.show(f"“{remark.text}”")

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """The source is open, or the take was discarded."""
        if done.job == "discard":
            self.come_forward()
            self.go_back()
            if done.result:
                self.app.call_later(self._offer_undo, str(done.result))
        if done.job == "pauses" and self._turns and self._turns.hands_free and isinstance(done.result, tuple):
            self._turns.hands_free.earlier = done.result
        if done.job == "open" and isinstance(done.result, Rehearsal):
            if not self.is_mounted or self._cant_begin:
                done.result.abandon()  # nothing of it is kept yet, and its model may still be loading
                return
            self.rehearsal = done.result
            self.query_one(Brief).note("microphone open")
            self.opened()

    def opened(self) -> None:
        """The source is open."""

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what couldn't be done. Textual calls this handler for subclasses too, whatever they override."""
        if failed.job == "voice":
            self.notify(str(failed.error), markup=False, severity="warning")
            return
        self.come_forward()
        if failed.job == "discard":
            self._fail(failed.error)
        else:
            self.cannot_open(failed.error)

    def cannot_open(self, error: RehearseError) -> None:
        """There is nothing to hear: the question stays, to be read or answered by typing; the clock stands still."""
        self._cant_begin = True
        self._enter(Phase.DONE)
        brief = self.query_one(Brief)
        brief.note("no microphone" if isinstance(error, DeviceError) else "can't begin")
        brief.query_one(Meter).refresh()
        brief.hint("t types your answer, q goes back.")
        self._complain(f"{error.what}. {error.next_step}")
        self.show_error(or_typed(error, "close this: t types the answer"))

    def _fail(self, error: RehearseError) -> None:
        """A microphone that isn't there may be noticed only once it is listened to."""
        if isinstance(error, DeviceError) and self.phase is Phase.THINKING:
            self.cannot_open(error)
        else:
            super()._fail(error)

    def typed_instead(self) -> to.Destination:
        """The same question, answered by typing."""
        return to.TypeAnswer(self.guide, self.plan, self._back)

    def action_type(self) -> None:
        """Answer by typing, where there is no microphone."""
        self.rehearse.move_to(self.typed_instead())

    def action_speak(self) -> None:
        """The interviewer says the question once more, where there is a loudspeaker."""
        if self.phase is Phase.THINKING:
            self._say_question(asked_for=True)

    def _say_question(self, *, asked_for: bool = False) -> None:
        plan, where = self.plan, self.query_one("#question", PacedText)
        self.say(plan.question, where, shown=shown_question(plan), lead=plan.lead, asked_for=asked_for)

    # -- keys ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible in this phase."""
        if action in ("type", "leave_unbegun"):
            return self._cant_begin
        return not self._cant_begin if action == "leave" else offered(action, self.phase)

    def action_toggle_panel(self) -> None:
        """Show or hide the panel; in an exam it stays hidden."""
        if self.plan.mode is Mode.EXAM:
            self.notify("In an exam the panel comes after your own guess.")
            return
        panel = self.query_one(CoveragePanel)
        panel.display = not panel.display

    def action_discard(self) -> None:
        """Throw the take away, with a way back."""
        if self.rehearsal is None:
            return
        rehearsal, self.rehearsal = self.rehearsal, None
        self._enter(Phase.DONE)
        self.run_job("discard", lambda _: rehearsal.discard())

    def _offer_undo(self, answer_id: str) -> None:
        if isinstance(self.app.screen, RoomScreen):
            self.app.screen.take_discarded(answer_id)

    def action_leave(self) -> None:
        """Back. Nothing is lost: while an answer runs, leaving means discarding, which can be undone."""
        if self.phase is Phase.SPEAKING:
            self.notify(self.RUNNING)
            return
        if self.phase is Phase.FINALISING:
            self.notify(finishing_words(is_saving=self._saver is not None))
            return
        self.go_back()

    def action_leave_unbegun(self) -> None:
        """The same where there is nothing to hear: then the footer has room to name the key."""
        self.action_leave()

    def on_unmount(self) -> None:
        """Whatever happens, the pipeline ends."""
        self.rehearse.equipment.interviewer.hush()
        if self.rehearsal and self.phase is not Phase.DONE:
            self.rehearsal.abandon()
