"""Rehearsals that aren't spoken now: the demo's candidate, a sound file, a recording that was cut off."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import ClassVar

from textual.widgets import Static

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.rehearsal import Phase, plan_for
from rehearse.errors import RehearseError
from rehearse.live.rehearsal import Rehearsal
from rehearse.ui.bridge import LiveUpdate
from rehearse.ui.destinations import ChooseFile
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.widgets.recording_bar import Meter


class SourceScreen(RehearsalScreen):
    """A rehearsal that isn't spoken now: it starts at once and ends with its source."""

    def on_mount(self) -> None:
        """Textual calls the base class's `on_mount` as well, which opens the source."""
        self.query_one("#hint", Static).update("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is begun by hand here."""
        return False if action in ("begin_answer", "speak") else super().check_action(action, parameters)

    def _tick_thinking(self) -> None:
        meter = self.query_one("#brief-clock Meter", Meter)
        meter.note = self.waiting_for
        meter.refresh()

    waiting_for = "opening …"
    doing = "● listening"

    def _status(self, rehearsal: Rehearsal) -> str:
        return "⏸ paused" if rehearsal.paused else self.doing

    def opened(self) -> None:
        """Start as soon as the source is there."""
        self.action_begin_answer()

    def action_speak(self) -> None:
        """Nothing is asked: the answer exists already."""

    def cannot_open(self, error: RehearseError) -> None:
        """There is nothing to hear."""
        self._enter(Phase.DONE)
        self._fail(error)


class DemoScreen(SourceScreen):
    """A synthesised candidate answers the scenario's question, at speaking speed and aloud where there is sound."""

    HELP = (
        "A synthesised candidate answers. Everything else is real: the same pipeline marks your answers. "
        "**enter** ends it, **q** calls it off."
    )
    waiting_for = "synthesising a candidate …"
    doing = "● the candidate speaks"

    def __init__(self, guide: Guide, scenario: Scenario) -> None:
        self._scenario = scenario
        super().__init__(guide, plan_for(guide, scenario, Source.DEMO))

    def begin(self) -> None:
        studio = self.rehearse.studio

        def open_demo(cancelled: Event) -> Rehearsal:
            rehearsal = studio.demo(self.plan, emit=lambda e: self.post_message(LiveUpdate(e)), cancelled=cancelled)
            rehearsal.open()
            return rehearsal

        self.run_job("open", open_demo)

    def action_leave(self) -> None:
        """Call it off: nothing of the user's is lost, and the candidate's answer can be brought back."""
        if self.phase is Phase.SPEAKING:
            self.action_discard()
        else:
            super().action_leave()


class FileRehearsalScreen(SourceScreen):
    """A sound file as an answer, decoded as fast as it goes."""

    HELP = "The file runs through the same pipeline as the microphone, as fast as this machine can. **x** calls it off."
    RUNNING: ClassVar[str] = "The file is being heard. enter ends it there, x calls it off."
    waiting_for = "reading the file …"
    doing = "● hearing the file"

    def __init__(self, guide: Guide, scenario: Scenario, path: Path, mode: Mode = Mode.COACHED) -> None:
        self._path = path
        super().__init__(guide, plan_for(guide, scenario, Source.FILE, mode=mode))

    def begin(self) -> None:
        studio = self.rehearse.studio

        def open_file(cancelled: Event) -> Rehearsal:
            rehearsal = studio.from_file(
                self.plan,
                self._path,
                emit=lambda e: self.post_message(LiveUpdate(e)),
                cancelled=cancelled,
                remark=self._remark,
            )
            rehearsal.open()
            return rehearsal

        self.run_job("open", open_file)

    def _remark(self, text: str) -> None:
        """In the job's thread: something of the file is missing, or it is kept for this question already."""
        self.app.notify(text, severity="warning", timeout=10)

    def cannot_open(self, error: RehearseError) -> None:
        """The file can't be read: back to where another can be chosen."""
        self._enter(Phase.DONE)
        self.rehearse.move_to(ChooseFile(self.guide, self.plan.scenario, str(self._path), str(error)))


class RecoveryScreen(SourceScreen):
    """An answer that was cut off, transcribed from its recording."""

    HELP = "The recording of an answer that was cut off runs through the pipeline again. Nothing in it is changed."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The recording is taken whole; one may leave, and it stays."""
        if action in ("pause", "discard", "end_answer"):
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Leave the recording for another time."""
        self.dismiss()

    waiting_for = "reading the recording …"
    doing = "● hearing the recording"

    def __init__(self, guide: Guide, answer: Answer) -> None:
        self._answer = answer
        plan = plan_for(guide, guide.scenario(answer.scenario_id), answer.source, mode=answer.mode)
        super().__init__(guide, replace(plan, question=answer.question, follow_up_section=answer.follow_up_section))

    def begin(self) -> None:
        studio = self.rehearse.studio

        def open_recording(cancelled: Event) -> Rehearsal:
            rehearsal = studio.recover(
                self.plan, self._answer, emit=lambda e: self.post_message(LiveUpdate(e)), cancelled=cancelled
            )
            rehearsal.open()
            return rehearsal

        self.run_job("open", open_recording)
