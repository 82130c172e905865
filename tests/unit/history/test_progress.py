from collections.abc import Mapping
from datetime import date, timedelta, timezone

from rehearse.domain.coverage import MistakeState, SectionState
from rehearse.history.attempts import Attempt
from rehearse.history.progress import (
    coverage_matrix,
    mistake_frequencies,
    practice_calendar,
    progress,
    recent_section,
    self_knowledge,
    self_knowledge_note,
    trend,
)
from tests.fakes import small_guide
from tests.unit.history.support import NOW

ALICE = small_guide()
ONE, OTHER = ALICE.sections[0].id, ALICE.sections[1].id


def attempt(
    days: float,
    sections: str = "",
    mistakes: Mapping[str, str] | None = None,
    *,
    scenario: str = "s",
    pace: float | None = None,
    guess: tuple[str, ...] | None = None,
) -> Attempt:
    """`days` from now; sections as `+covered -missing ?unclear`."""
    signs = {"+": SectionState.COVERED, "-": SectionState.MISSING, "?": SectionState.UNCLEAR}
    states = {one[1:]: signs[one[0]] for one in sections.split()}
    made = {name: MistakeState(state) for name, state in (mistakes or {}).items()}
    fillers = None if pace is None else 2.0
    return Attempt("id", "g", scenario, NOW + timedelta(days=days), states, made, 60, pace, fillers, guess)


def test_the_matrix_gives_every_answer_a_column_while_there_is_room() -> None:
    first, second = coverage_matrix([attempt(0, "+a -b"), attempt(1), attempt(2, "+a +b")], 5)
    assert (first.attempts, dict(first.covered)) == (1, {"a": 1.0, "b": 0.0})
    assert (second.first, dict(second.covered)) == (NOW + timedelta(days=2), {"a": 1.0, "b": 1.0})


def test_the_matrix_puts_neighbours_together_where_there_is_none() -> None:
    made = coverage_matrix([attempt(day, "+a" if day > 4 else "-a") for day in range(7)], 3)
    assert [column.attempts for column in made] == [2, 2, 3]
    assert [column.covered["a"] for column in made] == [0, 0, 2 / 3]
    assert made[2].last == NOW + timedelta(days=6)
    assert coverage_matrix([], 3) == ()


def test_a_section_is_counted_in_the_last_five_answers_in_which_it_was_judged() -> None:
    tried = [attempt(0, "-a"), attempt(1, "+a"), attempt(2, "-a"), *[attempt(3, "+a")] * 3, *[attempt(4, "+b")] * 5]
    recent = recent_section(tried, "a")
    assert (recent.covered, recent.missed, recent.judged) == (4, 1, 5)
    assert recent.missed_last is tried[2]
    assert recent_section(tried, "b").missed_last is None
    assert recent_section(tried, "c").judged == 0


def test_what_could_not_be_heard_is_neither_missed_nor_covered() -> None:
    tried = [attempt(0, "+a"), attempt(1, "?a +b")]
    recent = recent_section(tried, "a")
    assert (recent.covered, recent.judged, recent.missed_last) == (1, 1, None)
    assert [dict(column.covered) for column in coverage_matrix(tried, 2)] == [{"a": 1.0}, {"b": 1.0}]


def test_mistakes_are_counted_where_they_were_judged() -> None:
    made, avoided, still_open = {"vague": "made"}, {"vague": "avoided", "generic": "made"}, {"vague": "open"}
    vague, generic = (
        mistake_frequencies([attempt(0, "", made)] * 4 + [attempt(1, "", still_open)] + [attempt(2, "", avoided)] * 4)
    )[::-1]
    assert (generic.mistake_id, generic.made, generic.judged) == ("generic", 4, 4)
    assert (vague.made, vague.judged, vague.made_recently, vague.judged_recently) == (4, 8, 1, 5)


def test_the_trend_leaves_typed_answers_out() -> None:
    (point,) = trend([attempt(0), attempt(1, pace=140)])
    assert (point.at, point.words_per_minute, point.fillers_per_minute) == (NOW + timedelta(days=1), 140, 2)


def test_days_are_those_of_the_users_zone_and_a_streak_survives_until_tonight() -> None:
    far_east = timezone(timedelta(hours=12))  # 14:20 UTC is the next day there
    tried = [attempt(-9), attempt(-8), attempt(-7), attempt(-2), attempt(-1), attempt(-1)]
    calendar = practice_calendar(tried, NOW, far_east)
    assert calendar.days[date(2026, 11, 23)] == 2
    assert (calendar.streak, calendar.best_streak) == (2, 3)
    assert practice_calendar(tried, NOW + timedelta(days=1)).streak == 0
    assert practice_calendar([], NOW).best_streak == 0


def test_guesses_are_held_against_the_marks() -> None:
    known = self_knowledge(
        [
            attempt(0, f"+{ONE} -{OTHER}", guess=(ONE, OTHER)),
            attempt(1, f"+{ONE} -{OTHER}", guess=(OTHER, "of another guide")),
            attempt(2, f"+{ONE}"),
        ]
    )
    assert (known.exams, known.right, known.judged) == (2, 1, 4)
    assert (dict(known.believed_in_vain), dict(known.underrated)) == ({OTHER: 2}, {ONE: 1})
    title = ALICE.sections[1].title
    assert self_knowledge_note(known, ALICE) == (
        f"You judged 1 of 4 sections rightly. {title} hadn't come up 2 times when you believed it had."
    )
    assert self_knowledge_note(self_knowledge([]), ALICE) is None


def test_everything_at_once() -> None:
    figures = progress([attempt(-1, "+a", {"vague": "made"}, pace=150)], NOW, columns=4)
    assert (figures.attempts, len(figures.matrix), len(figures.mistakes), len(figures.trend)) == (1, 1, 1, 1)
    assert figures.calendar.streak == 1
