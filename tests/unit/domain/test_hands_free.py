"""Hands-free: when a silence is a thought, a question, or the end. The clock is handed in."""

import pytest

from rehearse.domain.hands_free import HandsFree, Step, patience, pauses_between
from rehearse.domain.sound import SpeechSpan


class Speaker:
    """Speaks and falls silent in steps of a tenth of a second, as the screen looks at an answer."""

    def __init__(self, rules: HandsFree) -> None:
        self.rules = rules
        self.elapsed = 0.0
        self.silence = 0.0
        self.pauses: list[float] = []
        self.done: list[tuple[float, Step]] = []

    def _pass(self, seconds: float, *, speaking: bool) -> None:
        for _ in range(round(seconds * 10)):
            self.elapsed = round(self.elapsed + 0.1, 1)
            self.silence = 0.0 if speaking else round(self.silence + 0.1, 1)
            step = self.rules.step(self.elapsed, self.silence, self.pauses)
            if step is not Step.LISTEN:
                self.done.append((self.elapsed, step))

    def speak(self, seconds: float) -> "Speaker":
        if self.silence and self.elapsed > self.silence:
            self.pauses.append(self.silence)
        self._pass(seconds, speaking=True)
        return self

    def be_silent(self, seconds: float) -> "Speaker":
        self._pass(seconds, speaking=False)
        return self


def test_it_asks_after_the_chosen_silence_and_ends_after_a_short_while() -> None:
    speaker = Speaker(HandsFree(4)).speak(10).be_silent(7)
    assert speaker.done == [(14.0, Step.ASK), (17.0, Step.END)]


@pytest.mark.parametrize("chosen", [3, 4, 6, 8])
def test_the_silence_has_the_chosen_length(chosen: int) -> None:
    assert Speaker(HandsFree(chosen)).speak(5).be_silent(chosen).done == [(5.0 + chosen, Step.ASK)]
    assert Speaker(HandsFree(chosen)).speak(5).be_silent(chosen - 0.1).done == []


def test_nobody_is_asked_before_they_have_begun() -> None:
    assert Speaker(HandsFree(3)).be_silent(60).done == []


def test_who_goes_on_is_asked_again_at_the_next_silence() -> None:
    speaker = Speaker(HandsFree(4)).speak(10).be_silent(5).speak(20).be_silent(7)
    assert speaker.done == [(14.0, Step.ASK), (39.0, Step.ASK), (42.0, Step.END)]


def test_who_goes_on_is_not_cut_off_while_speaking() -> None:
    speaker = Speaker(HandsFree(4)).speak(10).be_silent(6.9).speak(60)
    assert speaker.done == [(14.0, Step.ASK)]


def test_a_short_no_is_not_asked_about_again() -> None:
    speaker = Speaker(HandsFree(4)).speak(10).be_silent(5).speak(1.5).be_silent(4)
    assert speaker.done == [(14.0, Step.ASK), (20.5, Step.END)]


def test_the_clock_stands_while_the_interviewer_asks() -> None:
    rules = HandsFree(4)
    assert rules.step(14, 4, ()) is Step.ASK
    assert all(rules.step(14, 4, ()) is Step.LISTEN for _ in range(100))
    assert rules.step(17.1, 7.1, ()) is Step.END


def test_a_thinker_is_waited_for_longer() -> None:
    habits = (0.5, 0.6, 0.8, 1.0, 1.2, 4.0, 4.4, 4.8)
    speaker = Speaker(HandsFree(4, habits)).speak(10).be_silent(5.9)
    assert speaker.done == []
    assert speaker.be_silent(1.0).done == [(16.8, Step.ASK)]


def test_pauses_of_this_answer_count_too() -> None:
    speaker = Speaker(HandsFree(4))
    for _ in range(8):
        speaker.speak(3).be_silent(3.6)
    assert speaker.done == []
    speaker.speak(3).be_silent(5.3)
    assert speaker.done == []
    assert speaker.be_silent(0.2).done == [(61.2, Step.ASK)]


@pytest.mark.parametrize(
    ("chosen", "pauses", "expected"),
    [
        (4, (), 4),
        (4, (9.0,) * 5, 4),  # too few to be a habit
        (4, (0.5,) * 20, 4),  # somebody quick is not hurried
        (4, (4.0,) * 20, 6),
        (4, (9.0,) * 20, 8),  # twice the chosen length at most
        (8, (9.0,) * 20, 12),  # and twelve seconds
        (20, (9.0,) * 20, 20),  # but never less than chosen
        (3, (0.1,) * 100 + (4.0,) * 5, 3),  # gaps inside words are no pauses
        (3, (9.0,) * 100 + (0.5,) * 60, 3),  # habits change: the latest count
        (4, tuple(float(n) for n in range(11)), 8),
        (4, (1.0,) * 9 + (4.0, 4.0), 6),  # the ninth of ten decides
    ],
)
def test_patience(chosen: float, pauses: tuple[float, ...], expected: float) -> None:
    assert patience(chosen, pauses) == pytest.approx(expected)


def test_what_is_said_of_a_silence() -> None:
    rules = HandsFree(4)
    assert rules.status(20, 1.4, ()) == ""
    assert rules.status(20, 19.9, ()) == ""
    assert rules.status(20, 3, ()) == "silent: asks in 1 s"
    assert rules.step(21, 4, ()) is Step.ASK
    assert rules.status(22, 5, ()) == "asked: ends in 2 s"


def test_pauses_lie_between_what_was_said() -> None:
    spans = (SpeechSpan(1, 2), SpeechSpan(2.1, 3), SpeechSpan(4.5, 6), SpeechSpan(6.5, 7))
    assert pauses_between(spans) == (1.5, 0.5)
    assert pauses_between(()) == ()
