"""Interruptions and time calls; the clock and the chance are handed in."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from rehearse.domain.pressure import HALF_TIME, LAST_CALL, Pressure, Remark, interruption
from tests.fakes import small_guide

SECTIONS = small_guide().sections


class Chance(Random):
    """Says what is drawn, in turn."""

    def __init__(self, draw: float, at: float, section: int = 0) -> None:
        super().__init__(1)
        self._draw, self._at, self._section = draw, at, section

    def random(self) -> float:
        return self._draw

    def uniform(self, a: float, b: float) -> float:
        return a + (b - a) * self._at

    def choice(self, seq: Any) -> Any:
        return seq[self._section]


def pressure(random: Random, *, seconds: float = 120, interrupts: bool = True, calls: bool = False) -> Pressure:
    return Pressure(seconds, SECTIONS, interrupts=interrupts, calls=calls, random=random)


def said(
    rules: Pressure, gaps: Collection[float], until: float = 140, covered: tuple[str, ...] = ()
) -> Iterator[tuple[float, Remark]]:
    """A speaker who pauses for half a second at each of `gaps`, looked at ten times a second."""
    for tenth in range(round(until * 10)):
        elapsed = tenth / 10
        silence = next((elapsed - gap for gap in gaps if gap <= elapsed <= gap + 0.5), 0.0)
        if remark := rules.look(elapsed, silence, covered):
            yield elapsed, remark


def test_an_interruption_comes_once_in_the_middle_third_in_the_next_gap() -> None:
    gaps = [10.0 * n for n in range(1, 14)]
    ((at, remark),) = said(pressure(Chance(0.0, 0.45)), gaps)  # due at 58
    assert at == pytest.approx(60.3)
    assert remark == Remark("Let me stop you there: and the goal?", insists=1.5)


@pytest.mark.parametrize(("draw", "times"), [(0.0, 1), (0.33, 1), (0.34, 0), (0.99, 0)])
def test_a_third_of_the_exams_is_interrupted(draw: float, times: int) -> None:
    assert len(list(said(pressure(Chance(draw, 0.5)), [60.0]))) == times


def test_when_and_how_often_by_chance() -> None:
    found = [list(said(pressure(Random(seed)), [n / 2 for n in range(280)])) for seed in range(300)]
    assert 80 < sum(map(len, found)) < 120
    assert all(len(one) <= 1 for one in found)
    moments = [one[0][0] for one in found if one]
    assert 40 <= min(moments) < 44
    assert 76 < max(moments) <= 81
    assert {one[0][1].text for one in found if one} == {interruption(section) for section in SECTIONS}


def test_only_what_has_not_come_up_is_asked_about() -> None:
    ((_, remark),) = said(pressure(Chance(0.0, 0.5)), [60.0], covered=("goal", "steps"))
    assert remark.text == "Let me stop you there: and the lesson?"
    assert not list(said(pressure(Chance(0.0, 0.5)), [60.0], covered=("goal", "steps", "lesson")))


def test_who_speaks_on_without_a_gap_is_not_interrupted_any_more() -> None:
    assert not list(said(pressure(Chance(0.0, 0.5)), [66.0]))
    assert list(said(pressure(Chance(0.0, 0.5)), [64.0]))


def test_nobody_is_stopped_who_has_stopped() -> None:
    rules = pressure(Chance(0.0, 0.5))
    assert rules.look(61, 2.5, ()) is None
    assert rules.look(61, 61, ()) is None
    assert pressure(Chance(0.0, 0.5)).look(61, 0.3, ()) is not None


def test_time_is_called_at_half_time_and_ten_seconds_before_the_end() -> None:
    rules = pressure(Chance(0.9, 0.5), calls=True)
    assert rules.texts == (HALF_TIME, LAST_CALL)
    called = list(said(rules, [61.0, 111.0]))
    assert [(round(at, 1), remark.text, remark.aloud) for at, remark in called] == [
        (61.3, HALF_TIME, True),
        (111.3, LAST_CALL, True),
    ]


def test_a_question_is_to_be_answered_before_the_time_is_called() -> None:
    found = list(said(pressure(Chance(0.0, 0.5), calls=True), [n / 2 for n in range(280)]))
    assert [remark.text for _, remark in found] == ["Let me stop you there: and the goal?", HALF_TIME, LAST_CALL]
    assert found[1][0] - found[0][0] == pytest.approx(8.0, abs=0.5)


def test_a_call_that_finds_no_gap_is_shown() -> None:
    called = list(said(pressure(Chance(0.9, 0.5), calls=True), []))
    assert [(at, remark.aloud) for at, remark in called] == [(65.0, False), (115.0, False)]


@pytest.mark.parametrize(("seconds", "called"), [(19, 0), (20, 1), (39, 1), (40, 2)])
def test_short_answers_are_told_less(seconds: float, called: int) -> None:
    assert len(pressure(Chance(0.9, 0.5), seconds=seconds, calls=True).texts) == called


def test_what_may_be_asked_is_known_beforehand() -> None:
    assert pressure(Chance(0.0, 0.5)).texts == tuple(interruption(section) for section in SECTIONS)
    assert pressure(Chance(0.9, 0.5)).texts == ()
    assert pressure(Chance(0.0, 0.5), interrupts=False).texts == ()


@pytest.mark.parametrize(
    ("follow_up", "asked"),
    [
        ("What did the business get out of it?", "what did the business get out of it?"),
        ("I wonder who used it.", "I wonder who used it."),
        ("A/B tests: were there any?", "A/B tests: were there any?"),
    ],
)
def test_how_it_is_asked(follow_up: str, asked: str) -> None:
    assert interruption(replace(SECTIONS[0], follow_up=follow_up)) == f"Let me stop you there: {asked}"
