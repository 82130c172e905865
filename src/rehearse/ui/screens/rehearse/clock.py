"""The clock of a take: the time to think, the running answer, and how either comes to its end."""

from datetime import UTC, datetime

from textual.timer import Timer
from textual.widgets import ContentSwitcher

from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import JUST_BEGUN, PRESSED_TWICE, Phase, Plan
from rehearse.domain.running import Running
from rehearse.live.rehearsal import Rehearsal
from rehearse.ui.destinations import Review
from rehearse.ui.screens.rehearse.take import TakeScreen
from rehearse.ui.screens.rehearse.turns import Turns
from rehearse.ui.screens.rehearse.words import thinking_hint
from rehearse.ui.widgets.brief import Brief
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from rehearse.ui.widgets.paced_text import PacedText
from rehearse.ui.widgets.recording_bar import Meter, RecordingBar

SILENT = -100.0
"""dBFS shown while the microphone brings nothing."""


class ClockedScreen(TakeScreen):
    """A take by the clock of its plan; its owner calls `_tick` many times a second."""

    def __init__(self, guide: Guide, plan: Plan, back: Review | None = None) -> None:
        """`back` is the review that this took the place of."""
        super().__init__(guide, back)
        self.plan = plan
        self._started_thinking = 0.0
        self._was_asked = False
        """The question has been asked to its end: only then the thinking clock runs."""
        self._turns: Turns | None = None
        """None for what isn't spoken now: files end when they are over."""
        self._ticker: Timer | None = None
        self._began_by_itself = False
        self._told_begun = False
        """Enter, pressed too soon to end the answer, was told so."""
        self._too_slow = ""
        """The speech model, where it can't follow a speaker on this machine."""

    def _tick(self) -> None:
        self.tick_voice()
        match self.phase:
            case Phase.THINKING:
                self._tick_thinking()
            case Phase.SPEAKING:
                self._tick_speaking()
            case _:
                pass

    def _tick_thinking(self) -> None:
        think, rehearsal = self.plan.clock.think, self.rehearsal
        self._was_asked = self._was_asked or not self.is_asking
        if not self._was_asked:
            self._started_thinking = self.rehearse.equipment.now()
        elapsed = self.rehearse.equipment.now() - self._started_thinking
        by_voice = self._turns is not None and self._turns.hands_free is not None
        hint = thinking_hint(
            is_open=rehearsal is not None,
            is_ready=self._ready,
            too_slow=self._too_slow,
            by_voice=by_voice,
            is_over=elapsed >= think,
        )
        self.query_one(Brief).tick(min(elapsed, think), rehearsal.level if rehearsal else None, hint)
        if elapsed < think or rehearsal is None:
            return
        if not by_voice:
            self.action_begin_answer()
        elif not self.rehearse.equipment.interviewer.speaking:
            rehearsal.start_on_voice()
            if rehearsal.begun:
                self._show_answer()
        self._began_by_itself = self.phase is Phase.SPEAKING

    def _tick_speaking(self) -> None:
        rehearsal = self.rehearsal
        if rehearsal is None:
            return
        bar = self.query_one("#answer-clock", RecordingBar)
        bar.elapsed = rehearsal.elapsed
        bar.band = self.plan.clock.band(rehearsal.elapsed)
        meter = bar.query_one(Meter)
        meter.note = self._status(rehearsal)
        if rehearsal.paused:
            meter.refresh()  # the note; bars that moved would look as if it were recording
        else:
            meter.push(SILENT if self._troubled else rehearsal.level)
        if self._turns is None:
            return
        if self.plan.clock.must_end(rehearsal.elapsed):
            self.notify(f"The time was up {self.plan.clock.grace} seconds ago: the answer ended by itself.")
            self.action_end_answer()
        elif not self.rehearse.equipment.interviewer.speaking:
            marks = self.query_one(CoveragePanel).coverage
            self._turns.look(rehearsal, marks.covered if marks else ())

    def _status(self, rehearsal: Rehearsal) -> str:
        return Running(
            paused=rehearsal.paused,
            interviewer_speaks=self.rehearse.equipment.interviewer.speaking,
            behind=self._behind,
            troubled=self._troubled,
            ends_in=self.plan.clock.ends_in(rehearsal.elapsed),
            silent=self._turns.silent(rehearsal) if self._turns else "",
        ).status

    def action_begin_answer(self) -> None:
        """The answer's clock starts."""
        if self.rehearsal is None:
            self.notify("The microphone isn't open yet.", severity="warning")
            return
        interrupted = self.rehearse.equipment.interviewer.hush()
        # The microphone hears the interviewer too: their last words aren't the first of the answer.
        self.rehearsal.start(datetime.now(UTC), from_now=interrupted)
        self._show_answer()

    def _show_answer(self) -> None:
        """It has begun."""
        self.query_one("#question", PacedText).show()
        self.query_one("#body", ContentSwitcher).current = "answer"
        self._enter(Phase.SPEAKING)

    def action_end_answer(self) -> None:
        """Stop listening; what is left is decoded."""
        if self.rehearsal is None:
            return
        just_begun = JUST_BEGUN if self._began_by_itself else PRESSED_TWICE
        if self.rehearsal.elapsed < just_begun and not self._told_begun:
            self._told_begun = True
            itself = " by itself" if self._began_by_itself else ""
            self.notify(f"Your answer has begun{itself}: speak. enter once more ends it.", timeout=3)
            return
        self._enter(Phase.FINALISING)
        self.query_one("#answer-clock Meter", Meter).note = "◌ finishing …"
        self.query_one("#answer-clock Meter", Meter).refresh()
        self.rehearsal.finish()

    def action_pause(self) -> None:
        """Pause, and go on."""
        if self.rehearsal:
            if self.rehearsal.paused:
                self.rehearsal.resume()
            else:
                self.rehearsal.pause()
