"""An answer while it is being given."""

import pytest

from rehearse.domain.rehearsal import HANDS_FREE_SILENCE
from rehearse.domain.running import Running


@pytest.mark.parametrize(
    ("running", "status"),
    [
        (Running(9, 0.2), "● recording"),
        (Running(9, 3, hands_free=True), "● silent: ends in 1 s"),
        (Running(9, 3), "● recording"),
        (Running(9, 1.4, hands_free=True), "● recording"),
        (Running(9, 99, hands_free=True), "● recording"),
        (Running(9, 3, hands_free=True, troubled=True), "◌ no sound"),
        (Running(9, 3, troubled=True, behind=4.6), "● recording · text 5 s behind"),
        (Running(9, 3, behind=4.0), "● recording"),
        (Running(125, 0.2, ends_in=14.6), "● time is up: ends in 15 s"),
        (Running(125, 0.2, ends_in=14.6, paused=True), "⏸ paused"),
        (Running(9, 3, hands_free=True, behind=9, troubled=True, paused=True), "⏸ paused"),
    ],
)
def test_what_is_said_of_it(running: Running, status: str) -> None:
    assert running.status == status


def test_only_a_hands_free_answer_that_has_begun_ends_by_falling_silent() -> None:
    long = HANDS_FREE_SILENCE + 0.1
    assert Running(30, long, hands_free=True).fell_silent
    assert not Running(30, HANDS_FREE_SILENCE, hands_free=True).fell_silent
    assert not Running(30, long).fell_silent
    assert not Running(30, long, hands_free=True, paused=True).fell_silent
    assert not Running(long, long, hands_free=True).fell_silent
