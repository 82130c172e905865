from dataclasses import replace
from datetime import UTC, datetime

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.corrections import implied_corrections
from rehearse.domain.coverage import Correction
from rehearse.domain.transcript import Transcript
from tests.fakes import KeywordAssessor, small_guide

GUIDE = small_guide()
SAID = Transcript.typed("So the goal was fewer wrong orders and then the steps were really very simple.")
ANSWER = Answer(
    "a",
    GUIDE.id,
    "first",
    "?",
    datetime(2026, 1, 1, tzinfo=UTC),
    Source.TYPED,
    Mode.COACHED,
    transcript=SAID,
    coverage=KeywordAssessor(GUIDE).assess(SAID, GUIDE.scenarios[0], final=True),
)


def test_a_section_that_came_up_takes_its_mistake_with_it() -> None:
    assert implied_corrections(GUIDE, ANSWER, Correction("lesson", "covered")) == (Correction("no-lesson", "avoided"),)


def test_a_section_that_did_not_come_up_brings_its_mistake() -> None:
    there = replace(ANSWER, corrections=(Correction("lesson", "covered"),))
    assert implied_corrections(GUIDE, there, Correction("lesson", "missing")) == (Correction("no-lesson", "made"),)


def test_other_sections_and_mistakes_imply_nothing() -> None:
    assert implied_corrections(GUIDE, ANSWER, Correction("goal", "missing")) == ()
    assert implied_corrections(GUIDE, ANSWER, Correction("vague", "made")) == ()
