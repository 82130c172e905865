"""What was said when asked counts, and is marked as such."""

from dataclasses import replace
from datetime import UTC, datetime

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.combined import combined, follow_up_marks
from rehearse.domain.coverage import Correction, Coverage, MistakeMark, MistakeState, SectionMark, SectionState

C, T, M = SectionState.COVERED, SectionState.THIN, SectionState.MISSING


def answer(name: str, *, judged: bool = True, **states: SectionState) -> Answer:
    marks = Coverage(tuple(SectionMark(key, state) for key, state in states.items()), (), judged=judged, final=True)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Answer(name, "g", "s", "?", now, Source.TYPED, Mode.COACHED, coverage=marks)


def test_a_section_is_taken_from_where_it_fared_best() -> None:
    found = combined(
        answer("first", a=C, b=M, c=T, d=M), [answer("second", b=C, a=C), answer("third", c=C, d=T), answer("x", d=M)]
    )
    assert [(one.mark.section_id, one.state, one.answer_id, one.when_asked) for one in found] == [
        ("a", C, "first", False),
        ("b", C, "second", True),
        ("c", C, "third", True),
        ("d", T, "third", True),
    ]


def test_the_users_word_counts_and_what_wasnt_judged_doesnt() -> None:
    first = answer("first", a=C, b=M)
    corrected = replace(first, corrections=(Correction("a", "missing"),))
    assert [one.state for one in combined(corrected, [answer("second", judged=False, a=C)])] == [M, M]
    assert combined(answer("first", judged=False, a=C), [answer("second", a=C)]) == ()
    assert [one.mark.section_id for one in combined(first, [answer("second", z=C)])] == ["a", "b"]


def coverage(*states: SectionState) -> Coverage:
    ids = ("goal", "steps", "lesson")
    return Coverage(
        tuple(SectionMark(key, state) for key, state in zip(ids, states, strict=True)),
        (MistakeMark("vague", MistakeState.MADE),),
    )


def test_a_follow_up_is_marked_by_its_own_section() -> None:
    marks = coverage(SectionState.COVERED, SectionState.MISSING, SectionState.MISSING)
    assert follow_up_marks(marks, None) is marks
    narrowed = follow_up_marks(marks, "lesson")
    assert [mark.section_id for mark in narrowed.sections] == ["goal", "lesson"]
    assert narrowed.mistakes == ()
