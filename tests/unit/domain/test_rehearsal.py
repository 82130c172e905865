"""The clockwork: bands, ends, plans."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.hands_free import has_spoken
from rehearse.domain.rehearsal import (
    FROM_QUIZ,
    GRACE_SECONDS,
    Band,
    Clock,
    clock_text,
    follow_up_plan,
    plan_for,
    section_drill,
)
from tests.fakes import small_guide

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
ANSWER = Answer("a1", "small", "first", "?", datetime(2026, 1, 1, tzinfo=UTC), Source.MICROPHONE, Mode.COACHED)


@pytest.mark.parametrize(
    ("elapsed", "band"),
    [
        (0, Band.SHORT),
        (19.9, Band.SHORT),
        (20, Band.GOOD),
        (44.9, Band.GOOD),
        (45, Band.CLOSING),
        (60, Band.CLOSING),
        (60.1, Band.OVER),
    ],
)
def test_bands(elapsed: float, band: Band) -> None:
    assert Clock.of(SCENARIO).band(elapsed) is band


def test_time_and_grace() -> None:
    clock = Clock.of(SCENARIO)
    assert not clock.must_end(60 + GRACE_SECONDS - 0.1)
    assert clock.must_end(60 + GRACE_SECONDS)


def test_times_of_ones_own_scale_what_is_too_short() -> None:
    assert Clock.of(SCENARIO) == Clock(30, 60, 20)
    assert Clock.of(SCENARIO, think=5, answer=180) == Clock(5, 180, 60)


@given(st.integers(5, 1800), st.floats(0, 5000))
def test_bands_come_in_order(answer: int, elapsed: float) -> None:
    clock = Clock.of(SCENARIO, answer=answer)
    order = list(Band)
    assert order.index(clock.band(elapsed)) <= order.index(clock.band(elapsed + 1))
    if clock.must_end(elapsed):
        assert clock.band(elapsed) is Band.OVER


def test_plans() -> None:
    plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE, mode=Mode.EXAM, think=10, answer=90)
    assert (plan.guide_id, plan.question, plan.mode) == ("small", SCENARIO.question, Mode.EXAM)
    assert (plan.clock.think, plan.clock.answer, plan.follow_up_of) == (10, 90, None)


def test_a_follow_up_asks_about_one_section_in_less_time() -> None:
    plan = follow_up_plan(GUIDE, ANSWER, "lesson", Mode.COACHED)
    assert (plan.question, plan.follow_up_of, plan.follow_up_section) == ("And the lesson?", "a1", "lesson")
    assert plan.clock.answer < Clock.of(SCENARIO).answer
    assert plan.scenario is SCENARIO


def test_a_drill_from_the_quiz_follows_nothing() -> None:
    plan = section_drill(GUIDE, "steps", Mode.COACHED)
    assert (plan.follow_up_of, plan.follow_up_section, plan.question) == (FROM_QUIZ, "steps", "And the steps?")


def test_unknown_sections_and_scenarios() -> None:
    with pytest.raises(KeyError):
        section_drill(GUIDE, "nothing", Mode.COACHED)
    with pytest.raises(KeyError):
        follow_up_plan(GUIDE, replace(ANSWER, scenario_id="nothing"), "goal", Mode.COACHED)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (-3, "0:00"), (59.99, "0:59"), (72, "1:12"), (600, "10:00"), (3600, "60:00")]
)
def test_clock_text(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


@pytest.mark.parametrize(("elapsed", "silence", "spoke"), [(10.0, 10.0, False), (10.0, 4.2, True), (0.0, 0.0, False)])
def test_who_has_not_begun_is_not_cut_off(elapsed: float, silence: float, spoke: bool) -> None:
    assert has_spoken(elapsed, silence) is spoke
