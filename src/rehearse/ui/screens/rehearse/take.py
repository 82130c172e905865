"""What a running take tells of itself: its words and marks, its troubles, and that it is kept."""

from textual import on
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import Phase
from rehearse.errors import DeviceError, RehearseError
from rehearse.live import events as live
from rehearse.live.rehearsal import Rehearsal
from rehearse.memory import spare_the_collector
from rehearse.ui.bridge import LiveUpdate
from rehearse.ui.destinations import Finished, Review
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.rehearse.speaking import SpeakingScreen
from rehearse.ui.screens.rehearse.words import held_in_memory, other_language
from rehearse.ui.widgets.live_answer import LiveAnswer

SAVE_EVERY = 2.0
"""Seconds between two tries to keep an answer on a full disk."""


class TakeScreen(SpeakingScreen):
    """Draws what the pipeline of a `Rehearsal` reports."""

    def __init__(self, guide: Guide, back: Review | None = None) -> None:
        """`back` is the review that this took the place of."""
        super().__init__()
        self.guide = guide
        self._back = back
        self.phase = Phase.THINKING
        self.rehearsal: Rehearsal | None = None
        self._cant_begin = False
        """There is nothing to hear, and the question stays to be read."""
        self._ready = False
        self._behind = 0.0
        self._troubled = False
        self._saver: Timer | None = None
        """Tries to keep the answer where the disk was full."""

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.refresh_bindings()

    def _tell(self, event: live.DecodingBehind | live.OtherLanguage) -> None:
        """What the recogniser can't keep up with, or can't write down."""
        if isinstance(event, live.DecodingBehind):
            self._behind = event.seconds
        else:
            self.notify(other_language(event.language), severity="warning")

    @on(LiveUpdate)
    def show_event(self, update: LiveUpdate) -> None:
        """Draw one event."""
        match update.event:
            case live.PipelineReady():
                self._ready = True
                spare_the_collector()
            case live.DecodingBehind() | live.OtherLanguage() as event:
                self._tell(event)
            case live.MicrophoneTrouble(error=error):
                self._troubled = True
                self._complain(f"{error.what}. {error.next_step}")
            case live.MicrophoneRecovered() | live.KeepingRecovered():
                self._troubled = False
                self._complain("")
            case live.KeepingTrouble(error=error):
                self._keep_later(error)
            case live.AnswerKept(answer=answer):
                self.come_forward()
                self.show_answer(answer)
            case live.PipelineFailed(error=error):
                self.come_forward()
                self._fail(error)
            case event:
                self.query_one(LiveAnswer).show_event(event)

    def _keep_later(self, error: RehearseError) -> None:
        """Say what is full; once the answer is over, try again and again to keep it."""
        self._complain(held_in_memory(error))
        if self.phase is Phase.SPEAKING and self.rehearsal is not None and self.rehearsal.unsaved:
            self._enter(Phase.FINALISING)
            self.notify("The answer has ended: the disk is full, and no more can be held.", severity="warning")
        if self.phase is Phase.FINALISING and self._saver is None:
            self._saver = self.set_interval(SAVE_EVERY, self._save_again)

    def _save_again(self) -> None:
        if rehearsal := self.rehearsal:
            self.run_job("save", lambda _: rehearsal.save_again())

    def _complain(self, text: str) -> None:
        trouble = self.query_one("#trouble", Static)
        trouble.update(Content(text))
        trouble.set_class(bool(text), "-shown")

    def _fail(self, error: RehearseError) -> None:
        self._enter(Phase.DONE)
        self.go_back()
        self.app.push_screen(ErrorDialog(error))

    def show_answer(self, answer: Answer) -> None:
        """The answer is kept and marked: guess first in an exam, then the review."""
        self._enter(Phase.DONE)
        if answer.coverage is None:
            self.go_back()
            return
        self.rehearse.move_to(Finished(self.guide, answer))


def or_typed(error: RehearseError, typing: str) -> RehearseError:
    """An error; one of the microphone's also says what does without it."""
    if not isinstance(error, DeviceError):
        return error
    return DeviceError(error.what, why=error.why, next_step=f"{error.next_step} Without a microphone {typing}.".strip())
