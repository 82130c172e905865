"""The interviewer's voice, where there is no loudspeaker and where it is called off."""

from collections.abc import Iterator
from threading import Event, Thread
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from rehearse import memory
from rehearse.audio import playback
from rehearse.errors import DeviceError
from rehearse.services.interviewer import Interviewer
from rehearse.speech.voice import InterviewerVoice


class Voice:
    def __init__(self) -> None:
        self.said = 0
        self.rests = 0

    def stream(self, text: str) -> Iterator[NDArray[np.float32]]:
        for _ in text.split(". "):
            self.said += 1
            yield np.zeros(240, np.float32)

    def rest(self) -> None:
        self.rests += 1


@pytest.fixture(autouse=True)
def no_loudspeaker(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DeviceError("There is no loudspeaker")

    monkeypatch.setattr(playback, "open_stream", refuse)


def interviewer(voice: Voice) -> Interviewer:
    return Interviewer(lambda: cast("InterviewerVoice", voice), lambda: None)


def test_without_a_loudspeaker_it_says_so_and_the_voice_rests() -> None:
    voice = Voice()
    assert not interviewer(voice).speak("One. Two. Three", Event())
    assert voice.rests == 1


def test_called_off_it_says_nothing() -> None:
    voice, cancelled = Voice(), Event()
    cancelled.set()
    assert interviewer(voice).speak("One. Two", cancelled)
    assert voice.said == 0


def test_hushed_while_other_heavy_work_is_under_way_it_says_nothing() -> None:
    voice = Voice()
    speaker = interviewer(voice)
    with memory.HEAVY_WORK:
        speaking = Thread(target=speaker.speak, args=("One. Two", Event()))
        speaking.start()
        speaking.join(0.05)
        assert voice.said == 0
        speaker.hush()
    speaking.join(5)
    assert not speaking.is_alive()
    assert voice.said == 0


def test_the_voice_rests_before_the_first_word_is_heard() -> None:
    voice = Voice()
    rested: list[int] = []

    def output() -> None:
        rested.append(voice.rests)

    Interviewer(lambda: cast("InterviewerVoice", voice), output).speak("One. Two", Event())
    assert rested == [1]


def test_hushed_before_the_first_word_it_stays_silent() -> None:
    opened: list[int] = []

    class Hushed(Voice):
        def stream(self, text: str) -> Iterator[NDArray[np.float32]]:
            yield from super().stream(text)
            speaker.hush()

    speaker = Interviewer(lambda: cast("InterviewerVoice", Hushed()), lambda: opened.append(1))
    assert speaker.speak("One. Two", Event())
    assert not opened


def test_nothing_to_hush() -> None:
    assert not interviewer(Voice()).hush()
