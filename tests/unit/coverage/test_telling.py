"""What is told as it happened counts in full; advice and pitches about how things are count for less."""

import pytest

from rehearse.coverage.telling import ENOUGH, EXPECTED, SLOPE, Telling, past_share

HAPPENED = "We trained the model on last year's orders and it ran every night on one small server"
IS = "The platform is open and the models are yours, it's what people are asking for in this field"


def test_verbs_of_the_past_less_those_of_the_present() -> None:
    happened, present = HAPPENED.split(), IS.split()
    assert past_share(happened) == pytest.approx(10 * 2 / len(happened))
    assert past_share(present) == pytest.approx(-10 * 4 / len(present))
    assert past_share([]) == 0.0


def test_words_that_only_look_like_the_past_are_none() -> None:
    looks = "Indeed, a hundred seed packets feed us at that speed"
    assert past_share(looks.split()) == 0.0


def test_only_what_falls_far_behind_the_guide_loses_score() -> None:
    telling = Telling([HAPPENED])
    assert telling.penalty(HAPPENED.split() * 10) == 0.0
    behind = past_share(HAPPENED.split()) - past_share(IS.split())
    assert telling.penalty(IS.split() * 10) == pytest.approx(SLOPE * (behind - EXPECTED))


def test_few_words_weigh_less() -> None:
    telling, words = Telling([HAPPENED]), IS.split()
    assert telling.penalty(words) == pytest.approx(telling.penalty(words * 10) * len(words) / ENOUGH)
    assert telling.penalty([]) == 0.0


def test_a_guide_told_in_the_present_expects_no_past() -> None:
    assert Telling([IS]).penalty(IS.split() * 10) == 0.0
