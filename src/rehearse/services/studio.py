"""The studio: what can be done with the equipment. Screens and commands ask here; each thing has a module of its own.

Thread-safe: screens ask from jobs, pipelines from their own threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Event
from typing import TYPE_CHECKING

from rehearse.domain.kinds import Source
from rehearse.services.answer_effects import AnswerEffects
from rehearse.services.equipment import Equipment
from rehearse.services.rehearsals import Emit, Rehearsals

if TYPE_CHECKING:
    from rehearse.domain.answer import Answer
    from rehearse.domain.coverage import Correction
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.domain.rehearsal import Plan
    from rehearse.live.rehearsal import Rehearsal
    from rehearse.quiz.modes import QuizMode
    from rehearse.quiz.session import QuizSession
    from rehearse.services.interviews import Interviews
    from rehearse.services.next_drill import NextDrill
    from rehearse.services.overview import Overview


class Studio:
    """What is done with the equipment: rehearsals, answers, the quiz."""

    def __init__(self, equipment: Equipment) -> None:
        """Nothing is opened yet."""
        self.equipment = equipment
        self.effects = AnswerEffects(lambda: equipment.reviews, lambda: equipment.store.database)
        self.rehearsals = Rehearsals(equipment, self.effects.note)

    # -- rehearsals ------------------------------------------------------------------------------------------------

    def plan(self, guide: Guide, scenario: Scenario) -> Plan:
        """A spoken answer by the settings."""
        from rehearse.domain.rehearsal import plan_for

        return plan_for(
            guide,
            scenario,
            Source.MICROPHONE,
            mode=self.equipment.settings.mode,
            think=self.equipment.settings.think_seconds,
            answer=self.equipment.settings.answer_seconds,
        )

    def rehearse(self, plan: Plan, *, emit: Emit) -> Rehearsal:
        """A rehearsal with the microphone of the settings."""
        return self.rehearsals.spoken(plan, emit=emit)

    def demo(self, plan: Plan, *, emit: Emit, cancelled: Event, real_time: bool = True) -> Rehearsal:
        """The scenario's sample answer, spoken by a synthesised candidate."""
        return self.rehearsals.demo(plan, emit=emit, cancelled=cancelled, real_time=real_time)

    def from_file(
        self,
        plan: Plan,
        path: Path,
        *,
        emit: Emit,
        cancelled: Event,
        remark: Callable[[str], object] | None = None,
    ) -> Rehearsal:
        """A sound file as the answer, as fast as it goes; `remark` is told what of it is missing, and if it is kept
        for this question already.

        Raises:
            AudioFileError: it can't be read.
        """
        return self.rehearsals.from_file(plan, path, emit=emit, cancelled=cancelled, remark=remark)

    def recover(self, plan: Plan, answer: Answer, *, emit: Emit, cancelled: Event) -> Rehearsal:
        """An answer that was cut off, from its recording; raises AudioFileError."""
        return self.rehearsals.recovered(plan, answer, emit=emit)

    @property
    def interviews(self) -> Interviews:
        """Several questions in a row."""
        from rehearse.services.interviews import Interviews

        return Interviews(self.equipment)

    # -- answers ---------------------------------------------------------------------------------------------------

    def mark_typed(self, guide: Guide, asked: Scenario | Plan, text: str, *, cancelled: Event | None = None) -> Answer:
        """Mark and keep a typed answer to a scenario's question or a plan's.

        Raises:
            InputError: there is no text.
            Cancelled: `cancelled` was set before it was kept.
        """
        from rehearse.domain.guide import Scenario
        from rehearse.services.typed_answers import mark_typed

        plan = self.plan(guide, asked) if isinstance(asked, Scenario) else asked
        answer = mark_typed(self.equipment, guide, plan, text, cancelled=cancelled)
        if plan.follow_up_of:
            self.effects.note(answer)
        return answer

    def correct(self, guide: Guide, answer: Answer, correction: Correction) -> Answer:
        """Put the user's word over a mark."""
        from rehearse.services.corrections import correct

        self.rehearsals.let_be()
        corrected = correct(self.equipment.store, guide, answer, correction)
        if self.equipment.settings.remember_corrections:
            self.equipment.forget_engine(guide.id)
        return corrected

    def undo_correction(self, guide: Guide, answer: Answer) -> Answer:
        """Take the last correction back."""
        from rehearse.services.corrections import take_back

        self.equipment.forget_engine(guide.id)
        return take_back(self.equipment.store, guide, answer)

    def excuse(self, answer: Answer, words: tuple[int, ...]) -> Answer:
        """Say which words are no fillers."""
        from rehearse.services.corrections import excuse

        self.rehearsals.let_be()
        return excuse(self.equipment.store, answer, words)

    def told_when_asked(self, answer_id: str) -> frozenset[str]:
        """Ids of the sections that follow-up answers to this one have covered."""
        return self.effects.told_when_asked(answer_id)

    # -- home and quiz ---------------------------------------------------------------------------------------------

    def overview(self, now: datetime) -> Overview:
        """Everything the home screen shows; raises StoreError or GuideError."""
        from rehearse.services.overview import look_over

        rehearsals = self.rehearsals
        return look_over(self.equipment, underway=rehearsals.answers_underway(), set_back=rehearsals.set_back, now=now)

    def next_drill(self, now: datetime) -> NextDrill | None:
        """What to drill next, over all guides; None before the first answer. Raises StoreError."""
        from rehearse.services.next_drill import next_drill

        return next_drill(self.equipment, now)

    def cards_due(self, guides: Sequence[Guide], now: datetime) -> int:
        """How many quiz cards are due."""
        return self.equipment.quizzes.due(guides, now)

    def quiz(
        self, guide_id: str | None, *, mode: QuizMode, section_id: str | None, now: datetime, random: Random
    ) -> QuizSession:
        """A session with a guide's cards, or with those of the guides that were begun; of any guide for a section.

        Raises:
            InputError, GuideError: there is no such guide or section, or it can't be read.
            StoreError: what is kept can't be read.
        """
        from rehearse.services.quiz_guides import guides_to_ask

        guides = guides_to_ask(self.equipment, guide_id, section_id)
        return self.equipment.quizzes.session(guides, mode=mode, section_id=section_id, now=now, random=random)

    # -- the end ---------------------------------------------------------------------------------------------------

    def close(self, timeout: float = 3.0) -> bool:
        """End every rehearsal that still runs; False if a decoder didn't end within `timeout` seconds."""
        self.equipment.leave()
        self.equipment.interviewer.close()
        ended = self.rehearsals.end(timeout)
        self.equipment.settle()
        return ended
