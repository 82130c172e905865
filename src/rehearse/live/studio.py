"""The studio: what can be done with the equipment. Screens and commands ask here; each thing has a module of its own.

Thread-safe: screens ask from jobs, pipelines from their own threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Event
from typing import TYPE_CHECKING

from rehearse.domain.kinds import Source
from rehearse.live.equipment import Equipment
from rehearse.live.rehearsing import Emit, Rehearsals
from rehearse.live.sitting import Sitting
from rehearse.settings import Places, Settings

if TYPE_CHECKING:
    from rehearse.domain.answer import Answer
    from rehearse.domain.coverage import Correction
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.domain.rehearsal import Plan
    from rehearse.live.overview import Overview
    from rehearse.live.parts import AudioSource
    from rehearse.live.rehearsal import Rehearsal
    from rehearse.quiz.modes import QuizMode
    from rehearse.quiz.session import QuizSession
    from rehearse.speech.transcriber import Transcriber


class Studio(Equipment):
    """The equipment, and what is done with it."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        *,
        kept: Settings | None = None,
        make_source: Callable[[str | None], AudioSource] | None = None,
        load_transcriber: Callable[[], Transcriber] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is opened yet; the arguments are those of the equipment."""
        super().__init__(
            places, settings, kept=kept, make_source=make_source, load_transcriber=load_transcriber, now=now
        )
        self.sitting = Sitting(lambda: self.reviews)
        self.rehearsals = Rehearsals(self, self.sitting.note)

    # -- rehearsals ------------------------------------------------------------------------------------------------

    def plan(self, guide: Guide, scenario: Scenario) -> Plan:
        """A spoken answer by the settings."""
        from rehearse.domain.rehearsal import plan_for

        return plan_for(
            guide,
            scenario,
            Source.MICROPHONE,
            mode=self.settings.mode,
            think=self.settings.think_seconds,
            answer=self.settings.answer_seconds,
        )

    def rehearse(self, plan: Plan, *, emit: Emit) -> Rehearsal:
        """A rehearsal with the microphone of the settings."""
        return self.rehearsals.spoken(plan, emit=emit)

    def demo(self, plan: Plan, *, emit: Emit, cancelled: Event, real_time: bool = True) -> Rehearsal:
        """The scenario's sample answer, spoken by a synthesised candidate."""
        return self.rehearsals.demo(plan, emit=emit, cancelled=cancelled, real_time=real_time)

    def from_file(self, plan: Plan, path: Path, *, emit: Emit, cancelled: Event) -> Rehearsal:
        """A sound file as the answer, as fast as it goes; raises AudioFileError."""
        return self.rehearsals.from_file(plan, path, emit=emit, cancelled=cancelled)

    def recover(self, plan: Plan, answer: Answer, *, emit: Emit, cancelled: Event) -> Rehearsal:
        """An answer that was cut off, from its recording; raises AudioFileError."""
        return self.rehearsals.recovered(plan, answer, emit=emit)

    # -- answers ---------------------------------------------------------------------------------------------------

    def mark_typed(self, guide: Guide, scenario: Scenario, text: str) -> Answer:
        """Mark and keep a typed answer; raises InputError if there is no text."""
        from rehearse.live.typed import mark_typed

        return mark_typed(self, guide, scenario, text, self.settings.mode)

    def correct(self, guide: Guide, answer: Answer, correction: Correction) -> Answer:
        """Put the user's word over a mark."""
        from rehearse.live.correcting import correct

        corrected = correct(self.store, guide, answer, correction)
        if self.settings.remember_corrections:
            self.forget_engine(guide.id)
        return corrected

    def undo_correction(self, guide: Guide, answer: Answer) -> Answer:
        """Take the last correction back."""
        from rehearse.live.correcting import take_back

        self.forget_engine(guide.id)
        return take_back(self.store, guide, answer)

    def excuse(self, answer: Answer, words: tuple[int, ...]) -> Answer:
        """Say which words are no fillers."""
        from rehearse.live.correcting import excuse

        return excuse(self.store, answer, words)

    def answered_since(self, answer_id: str) -> frozenset[str]:
        """Ids of the sections that follow-up answers to this one have covered in this sitting."""
        return self.sitting.answered_since(answer_id)

    # -- home and quiz ---------------------------------------------------------------------------------------------

    def overview(self, now: datetime) -> Overview:
        """Everything the home screen shows; raises StoreError or GuideError."""
        from rehearse.live.overview import look_over

        return look_over(self, underway=self.rehearsals.answers_underway(), now=now)

    def cards_due(self, guides: Sequence[Guide], now: datetime) -> int:
        """How many quiz cards are due."""
        return self.quizzes.due(guides, now)

    def quiz(
        self, guide_id: str | None, *, mode: QuizMode, section_id: str | None, now: datetime, random: Random
    ) -> QuizSession:
        """A session with a guide's cards, or with those of the guides that were begun; of any guide for a section.

        Raises:
            InputError, GuideError: there is no such guide or section, or it can't be read.
            StoreError: what is kept can't be read.
        """
        from rehearse.live.quiz_guides import guides_to_ask

        guides = guides_to_ask(self, guide_id, section_id)
        return self.quizzes.session(guides, mode=mode, section_id=section_id, now=now, random=random)

    # -- the end ---------------------------------------------------------------------------------------------------

    def close(self, timeout: float = 3.0) -> bool:
        """End every rehearsal that still runs; False if a decoder didn't end within `timeout` seconds."""
        self.leave()
        self.interviewer.hush()
        ended = self.rehearsals.end(timeout)
        self.settle()
        return ended
