"""Time that passed without a microphone."""

from rehearse.live.absence import Absence


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_what_passes_while_the_answer_stands_still_is_added_up() -> None:
    clock = Clock()
    absence = Absence(clock)
    for began, ended in ((10.0, 14.0), (20.0, 21.5)):
        clock.time = began
        absence.begin(8.0)
        clock.time = ended
        absence.end(8.0)
    assert absence.seconds == 5.5


def test_a_muted_microphone_is_not_away() -> None:
    clock = Clock()
    absence = Absence(clock)
    absence.begin(3.0)
    clock.time = 7.0
    absence.end(10.0)
    assert absence.seconds == 0.0


def test_ending_without_a_beginning_adds_nothing() -> None:
    absence = Absence(Clock())
    absence.end(5.0)
    assert absence.seconds == 0.0
