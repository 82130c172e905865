"""An answer while it is being given."""

import pytest

from rehearse.domain.running import Running


@pytest.mark.parametrize(
    ("running", "status"),
    [
        (Running(), "● recording"),
        (Running(silent="silent: asks in 1 s"), "● silent: asks in 1 s"),
        (Running(silent="silent: asks in 1 s", troubled=True), "◌ no sound"),
        (Running(troubled=True, behind=4.6), "● recording · text 5 s behind"),
        (Running(behind=4.0), "● recording"),
        (Running(ends_in=14.6), "● time is up: ends in 15 s"),
        (Running(ends_in=14.6, paused=True), "⏸ paused"),
        (Running(interviewer_speaks=True, behind=9, ends_in=14.6), "◌ the interviewer speaks"),
        (Running(silent="asked: ends in 2 s", behind=9, troubled=True, paused=True), "⏸ paused"),
    ],
)
def test_what_is_said_of_it(running: Running, status: str) -> None:
    assert running.status == status
