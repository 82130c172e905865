"""Corrections become examples, with the words that were corrected."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.coverage import Correction, Coverage, SectionMark, SectionState
from rehearse.domain.transcript import Transcript
from rehearse.guides.loader import load_guide
from rehearse.services.remembered_corrections import lessons, remembered_examples, teaches

GUIDE = load_guide(Path(__file__).parents[3] / "content" / "model-deployment.yaml")
TRANSCRIPT = Transcript.typed("We look at the board every day. It runs on a server. That was it.")
LOOKED = TRANSCRIPT.quote(0, 7)
RUNS = TRANSCRIPT.quote(7, 12)
UNTOLD = SectionMark("context", SectionState.MISSING)


def answer(*corrections: Correction, context: SectionMark = UNTOLD) -> Answer:
    marks = [
        context,
        SectionMark("development", SectionState.MISSING),
        SectionMark("deployment", SectionState.COVERED, (RUNS,)),
        SectionMark("monitoring", SectionState.THIN, (LOOKED,)),
        SectionMark("iteration", SectionState.COVERED, (RUNS,)),
        SectionMark("challenges", SectionState.MISSING),
    ]
    made = datetime(2026, 11, 1, tzinfo=UTC)
    blank = Answer("a", GUIDE.id, "beginner", "?", made, Source.TYPED, Mode.COACHED)
    return replace(blank, transcript=TRANSCRIPT, coverage=Coverage(tuple(marks), ()), corrections=corrections)


def learned(*corrections: Correction) -> dict[str, frozenset[str]]:
    return {one.text: one.sections for one in remembered_examples(GUIDE, [answer(*corrections)])}


def test_a_ticked_section_teaches_the_words_that_nearly_earned_it() -> None:
    assert learned(Correction("monitoring", "covered")) == {LOOKED.text: frozenset({"monitoring"})}


def test_the_words_pointed_at_win() -> None:
    assert learned(Correction("context", "covered", LOOKED)) == {LOOKED.text: frozenset({"context"})}


def test_a_crossed_out_section_teaches_what_does_not_serve_it_and_leaves_the_others() -> None:
    assert learned(Correction("iteration", "missing")) == {RUNS.text: frozenset({"deployment"})}


def test_without_words_nothing_is_learned() -> None:
    assert learned(Correction("context", "covered")) == {}


def test_words_that_were_not_heard_for_certain_teach_nothing() -> None:
    unclear = SectionMark("context", SectionState.UNCLEAR, (RUNS,))
    ticked = Correction("context", "covered")
    assert remembered_examples(GUIDE, [answer(ticked, context=unclear)]) == []
    pointed_at = Correction("context", "covered", LOOKED)
    assert [one.text for one in remembered_examples(GUIDE, [answer(pointed_at, context=unclear)])] == [LOOKED.text]


def test_mistakes_teach_nothing() -> None:
    assert learned(Correction("vague", "made")) == {}


def test_only_what_teaches_is_said_to_be_remembered() -> None:
    coverage = answer().coverage
    assert teaches(GUIDE, coverage, Correction("monitoring", "covered"))
    assert not teaches(GUIDE, coverage, Correction("context", "covered"))
    assert not teaches(GUIDE, coverage, Correction("vague", "made"))


def test_the_last_word_on_a_mark_counts() -> None:
    both = (Correction("monitoring", "covered"), Correction("monitoring", "missing"))
    assert learned(*both) == {LOOKED.text: frozenset()}


def test_two_corrections_of_the_same_words_both_hold() -> None:
    both = (Correction("iteration", "missing"), Correction("deployment", "missing"))
    assert learned(*both) == {RUNS.text: frozenset()}


def test_what_was_corrected_is_told_from_what_the_engine_saw() -> None:
    (example,) = remembered_examples(GUIDE, [answer(Correction("iteration", "missing"))])
    assert example.sections == {"deployment"}
    assert example.corrected == {"iteration"}


def test_the_later_correction_wins_whichever_answer_it_is_of() -> None:
    older = answer(Correction("iteration", "covered", RUNS, given=300.0))
    newer = replace(answer(Correction("iteration", "missing", given=200.0)), id="b")
    (example,) = remembered_examples(GUIDE, [older, newer])
    assert "iteration" in example.sections
    assert [lesson.answer.id for lesson in lessons(GUIDE, [older, newer])] == ["b", "a"]
    (example,) = remembered_examples(
        GUIDE,
        [replace(older, corrections=answer(Correction("iteration", "covered", RUNS, given=100.0)).corrections), newer],
    )
    assert "iteration" not in example.sections
