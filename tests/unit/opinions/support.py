"""An answer to the small guide with marks of every kind, and what a friend may say of it."""

from datetime import UTC, datetime
from typing import Any

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.transcript import Transcript
from tests.unit.history.support import spoken

SAID = "The goal was fewer wrong orders. Then I packed it in a box, and it ran every night. Nobody told me why."
ANSWER_ID = "20261123T142000000000-abcdef"


def answered(said: Transcript | None = None, question: str = "What did you ship?") -> Answer:
    """Goal covered with a quote, steps thin with two, lesson missing; one mistake made, one avoided, one open."""
    transcript = spoken(SAID) if said is None else said
    sections = (
        SectionMark("goal", SectionState.COVERED, (transcript.quote(0, 6),), 0.9),
        SectionMark("steps", SectionState.THIN, (transcript.quote(6, 8), transcript.quote(2, 4)), 0.5),
        SectionMark("lesson", SectionState.MISSING),
    )
    mistakes = (
        MistakeMark("no-lesson", MistakeState.MADE, "Nothing was said about it."),
        MistakeMark("vague", MistakeState.OPEN),
    )
    return Answer(
        id=ANSWER_ID,
        guide_id="small",
        scenario_id="first",
        question=question,
        created_at=datetime(2026, 11, 23, 14, 20, tzinfo=UTC),
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        status=AnswerStatus.FINISHED,
        transcript=transcript,
        coverage=Coverage(sections, mistakes, 1.0, judged=True, final=True),
    )


def saved(**other: Any) -> dict[str, Any]:
    """What the page saves."""
    labels = [
        {"mark": "goal", "state": "covered", "agree": "yes", "quote": "", "comment": ""},
        {"mark": "lesson", "state": "missing", "agree": "no", "quote": "Nobody told me why.", "comment": "a\n lesson"},
    ]
    return {
        "format": "rehearse second opinion",
        "version": 1,
        "answer": ANSWER_ID,
        "friend": "Ann",
        "comment": "well told",
        "labels": labels,
        **other,
    }
