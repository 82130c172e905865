"""Time that passed without a microphone."""

import pytest

from rehearse.live.dropouts import Dropouts


class Answer:
    """An answer of blocks of 0.1 s, and the clock on the wall."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.length = 0.0
        self.dropouts = Dropouts(lambda: self.time)

    def goes_on(self, seconds: float, *, troubled: bool = False, sound: float = 1.0) -> None:
        """So much time passes; `sound` seconds of it a second are heard."""
        for _ in range(round(seconds * 10)):
            self.time += 0.1
            self.length += 0.1 * sound
            self.dropouts.note(self.length, troubled=troubled)

    def stands(self, seconds: float, *, noticed_after: float = 1.5) -> None:
        """The microphone is gone for so long; that is noticed some time after the last sound."""
        self.goes_on(noticed_after, sound=0.0)
        self.goes_on(seconds - noticed_after, troubled=True, sound=0.0)

    @property
    def away(self) -> float:
        self.dropouts.finish(self.length)
        return self.dropouts.seconds


@pytest.fixture
def answer() -> Answer:
    answer = Answer()
    answer.goes_on(8.0)
    return answer


def test_all_of_it_counts_also_before_it_was_noticed(answer: Answer) -> None:
    answer.stands(20.0)
    answer.goes_on(5.0)
    answer.stands(4.0)
    answer.goes_on(5.0)
    assert answer.away == pytest.approx(24.0)


def test_every_absence_has_its_place(answer: Answer) -> None:
    answer.stands(20.0)
    answer.goes_on(5.0)
    answer.goes_on(1.2, sound=0.0)  # a block that was late, and no trouble
    answer.goes_on(5.0)
    answer.stands(4.0)
    answer.goes_on(3.0, troubled=True)  # it came back, and the trouble is said a little longer
    answer.goes_on(5.0)
    answer.stands(6.0)
    assert answer.away == pytest.approx(30.0, abs=1.3)
    assert [round(one.at) for one in answer.dropouts.absences] == [8, 18, 26]
    assert [round(one.seconds) for one in answer.dropouts.absences][::2] == [20, 6]


def test_trouble_that_comes_and_goes_counts_once(answer: Answer) -> None:
    answer.stands(4.0)
    answer.goes_on(0.5, sound=0.0)  # another stream was opened, and brought next to nothing
    answer.goes_on(4.0, troubled=True, sound=0.0)
    answer.goes_on(5.0)
    assert answer.away == pytest.approx(8.5)


def test_an_answer_that_ends_without_the_microphone(answer: Answer) -> None:
    answer.stands(6.0)
    assert answer.away == pytest.approx(6.0)


def test_a_muted_microphone_is_not_away(answer: Answer) -> None:
    answer.goes_on(7.0, troubled=True)
    answer.goes_on(3.0)
    assert answer.away == pytest.approx(0.0, abs=1e-6)


def test_sound_that_was_only_late_is_not_missing(answer: Answer) -> None:
    answer.stands(2.0)
    answer.length += 2.0  # all of it had waited
    answer.goes_on(3.0)
    assert answer.away == pytest.approx(0.0, abs=1e-6)


def test_a_slow_clock_and_late_blocks_are_no_dropouts(answer: Answer) -> None:
    answer.goes_on(600.0, sound=0.999)
    answer.goes_on(0.3, troubled=True)
    answer.goes_on(2.0)
    assert answer.away < 0.05


def test_a_pause_is_no_dropouts(answer: Answer) -> None:
    answer.dropouts.pause(paused=True)
    answer.time += 30.0
    answer.dropouts.note(answer.length, troubled=True)
    answer.dropouts.pause(paused=False)
    answer.goes_on(2.0)
    answer.stands(3.0)
    answer.goes_on(2.0)
    assert answer.away == pytest.approx(3.0)


def test_without_trouble_nothing_is_counted(answer: Answer) -> None:
    answer.goes_on(2.0, sound=0.0)
    answer.goes_on(2.0)
    assert answer.away == 0.0
