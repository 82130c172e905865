from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from rehearse.domain.cards import Rating
from rehearse.quiz.retrievability import SectionName, SectionOutlook, day_looked_at, day_words, look_ahead, outlook_line
from rehearse.quiz.scheduler import Scheduler
from rehearse.quiz.summary import streak
from tests.unit.quiz.support import NOW, card

TODAY = NOW.date()
THURSDAY = TODAY + timedelta(days=3)


def section(title: str, retrievability: float | None) -> SectionOutlook:
    return SectionOutlook("g", title.lower(), title, 0 if retrievability is None else 3, 9, retrievability)


STRONG = [section(title, 0.95) for title in ("Context", "Development", "Deployment", "Monitoring", "Iteration")]


def test_in_plain_words() -> None:
    outlook = [*STRONG, section("Challenges", 0.5)]
    said = "On Thursday you'd probably remember 5 of 6 parts; Challenges is at risk."
    assert outlook_line(outlook, THURSDAY, TODAY) == said


@pytest.mark.parametrize(
    ("more", "tail"),
    [
        ([], "5 of 5 parts."),
        ([section("A", 0.1), section("B", 0.2)], "5 of 7 parts; A and B are at risk."),
        ([section(one, 0.1) for one in "ABC"], "5 of 8 parts; A, B and C are at risk."),
        ([section(one, 0.1) for one in "ABCD"], "5 of 9 parts; A, B and 2 more are at risk."),
        ([section("A", None)], "5 of 6 parts; 1 was not asked yet."),
        (
            [section("A", 0.1), section("B", None), section("C", None)],
            "5 of 8 parts; A is at risk; 2 were not asked yet.",
        ),
    ],
)
def test_what_is_at_risk_and_what_was_never_asked(more: list[SectionOutlook], tail: str) -> None:
    assert outlook_line([*STRONG, *more], TODAY, TODAY) == f"Today you'd probably remember {tail}"


def test_nothing_is_said_of_nothing() -> None:
    assert outlook_line([section("A", None)], THURSDAY, TODAY) == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Today"), (1, "Tomorrow"), (2, "On Wednesday"), (6, "On Sunday"), (7, "On 9 March"), (30, "On 1 April")],
)
def test_days_in_words(days: int, words: str) -> None:
    assert day_words(TODAY + timedelta(days=days), TODAY) == words


def test_the_day_looked_at_is_the_interview_s() -> None:
    assert day_looked_at(Scheduler(THURSDAY, UTC), NOW) == (NOW + timedelta(days=3), THURSDAY)
    assert day_looked_at(Scheduler(None, UTC), NOW)[1] == TODAY + timedelta(days=7)
    assert day_looked_at(Scheduler(date(2020, 1, 1), UTC), NOW)[1] == TODAY + timedelta(days=7)


def test_weakest_first_and_unknown_last() -> None:
    plan = Scheduler(None, UTC)
    cards = [card("a"), card("b", section="steps"), card("c", section="lesson")]
    states = {
        cards[0].id: plan.review(cards[0], None, Rating.EASY, NOW),
        cards[1].id: plan.review(cards[1], None, Rating.AGAIN, NOW),
    }
    names = [SectionName("small", one, one.title()) for one in ("lesson", "goal", "steps")]
    found = look_ahead(names, cards, states, plan, NOW + timedelta(days=7))
    assert [one.section_id for one in found] == ["steps", "goal", "lesson"]
    assert [one.remembered for one in found] == [False, True, False]
    assert [(one.seen, one.total) for one in found] == [(1, 1), (1, 1), (0, 1)]
    forgotten = {key: replace(state, stability=0.01) for key, state in states.items()}
    assert not any(one.remembered for one in look_ahead(names, cards, forgotten, plan, NOW + timedelta(days=7)))


@pytest.mark.parametrize(
    ("days", "length"),
    [
        ([], 0),
        (["2026-03-02"], 1),
        (["2026-03-01"], 1),
        (["2026-02-28"], 0),
        (["2026-03-02", "2026-03-01", "2026-02-28", "2026-02-26"], 3),
        (["2026-03-01", "2026-02-28"], 2),
    ],
)
def test_a_streak_ends_today_or_yesterday(days: list[str], length: int) -> None:
    assert streak(days, TODAY) == length
