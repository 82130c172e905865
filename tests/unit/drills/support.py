"""Answers of drills, marked by keyword; no store, no clock but the one given."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rehearse.delivery import measure
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.combined import follow_up_marks
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript, Utterance, Word
from tests.fakes import KeywordAssessor, small_guide

GUIDE = small_guide()
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
PADDING = "and that was what we talked about in the room for an hour"
"""Enough words to be judged, none of them a section's."""


def transcript(text: str, seconds: float | None = None) -> Transcript:
    """Typed, or spoken evenly in so many seconds."""
    if seconds is None:
        return Transcript.typed(text)
    words = text.split()
    step = seconds / len(words)
    said = tuple(Word(word, i * step, (i + 1) * step) for i, word in enumerate(words))
    return Transcript((Utterance(said, 0.0, seconds),), duration=seconds)


def answer(
    text: str, *, seconds: float | None = None, number: int = 1, section_id: str | None = None, guide: Guide = GUIDE
) -> Answer:
    """A finished answer to the guide's scenario."""
    said = transcript(text, seconds)
    marks = follow_up_marks(KeywordAssessor(guide).assess(said, guide.scenarios[0], final=True), section_id)
    made = Answer(
        id=f"a{number}",
        guide_id=guide.id,
        scenario_id=guide.scenarios[0].id,
        question=guide.scenarios[0].question,
        created_at=NOW + timedelta(minutes=number),
        source=Source.TYPED if seconds is None else Source.MICROPHONE,
        mode=Mode.COACHED,
        status=AnswerStatus.FINISHED,
        transcript=said,
        coverage=marks,
        follow_up_section=section_id,
    )
    return made if seconds is None else replace(made, delivery=measure(said, (), marks))
