"""The microphone check, with a source as fast as it can."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from rehearse.audio.sources import SamplesSource
from rehearse.domain.sound import AudioBlock, SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.errors import Cancelled, DeviceError
from rehearse.live.microphone_check import MicrophoneCheck
from rehearse.speech.transcriber import Hurry, Spoken, nobody_waits
from tests.fakes import ScriptedTranscriber


class Steady(SamplesSource):
    """The same loudness without end."""

    def __init__(self, loudness: float) -> None:
        super().__init__(np.zeros(1, np.float32))
        self._loudness = loudness
        self.brought = threading.Event()

    def read(self, timeout: float) -> AudioBlock | None:
        if self._closed:
            return None
        self.brought.set()
        threading.Event().wait(0.001)
        return AudioBlock(np.full(1600, self._loudness, np.float32), 0)

    @property
    def ended(self) -> bool:
        return self._closed


class Mute(Steady):
    """Brings nothing at all."""

    def read(self, timeout: float) -> AudioBlock | None:
        self.brought.set()
        threading.Event().wait(0.001)
        return None


class Reluctant(Steady):
    """Opens only when it may."""

    def __init__(self, loudness: float) -> None:
        super().__init__(loudness)
        self.opening, self.may_open = threading.Event(), threading.Event()

    def open(self) -> None:
        self.opening.set()
        assert self.may_open.wait(10)


class Listening(ScriptedTranscriber):
    """Remembers the segment."""

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        self.segment = segment
        return super().transcribe(segment, before)


def no_model() -> Any:
    raise AssertionError("nothing was said, so no model is needed")


def test_what_was_said_is_heard() -> None:
    source = Steady(0.3)
    transcriber = Listening(["one two three"])
    check = MicrophoneCheck(lambda: source, lambda: transcriber)
    check.open()
    assert source.brought.wait(5)
    heard = check.hear(0.5, threading.Event())
    assert heard.text == "one two three"
    assert heard.peak == pytest.approx(20 * np.log10(0.3), abs=0.1)
    assert len(transcriber.segment.samples) == 8000, "no more than was asked for"
    assert check.level == pytest.approx(heard.peak, abs=0.1)
    assert check.recorded == 0.0, "nothing is kept outside `hear`"
    check.close()
    assert source.ended


@pytest.mark.parametrize("source", [Steady(0.0), Steady(1e-5)])
def test_silence_needs_no_model(source: Steady) -> None:
    check = MicrophoneCheck(lambda: source, no_model)
    check.open()
    heard = check.hear(0.2, threading.Event())
    assert heard.text == ""
    assert heard.peak < -60
    check.close()


def test_a_device_that_brings_nothing_ends_it_all_the_same() -> None:
    check = MicrophoneCheck(lambda: Mute(0.0), no_model)
    check.open()
    assert check.hear(0.1, threading.Event()).text == ""
    assert check.level == -100.0
    check.close()


def test_called_off() -> None:
    cancelled = threading.Event()
    cancelled.set()
    check = MicrophoneCheck(lambda: Mute(0.0), no_model)
    check.open()
    assert check.hear(3600, cancelled).text == ""
    check.close()


def test_a_microphone_that_doesnt_open() -> None:
    class Busy(Steady):
        def open(self) -> None:
            raise DeviceError("The microphone “USB” can't be opened", why="it is busy")

    made: list[Steady] = []

    def plugged_in_the_second_time() -> Steady:
        made.append(Steady(0.1) if made else Busy(0.1))
        return made[-1]

    check = MicrophoneCheck(plugged_in_the_second_time, no_model)
    with pytest.raises(DeviceError, match="can't be opened"):
        check.open()
    assert made[0].ended, "what was half open is closed"
    check.open()
    assert made[1].brought.wait(5)
    check.open()
    assert len(made) == 2, "it is open"
    check.close()
    assert made[1].ended


def test_closed_while_it_opens() -> None:
    source = Reluctant(0.3)
    check = MicrophoneCheck(lambda: source, no_model)
    opening = threading.Thread(target=check.open)
    opening.start()
    assert source.opening.wait(5)
    check.close()  # doesn't wait for it
    assert not source.ended
    source.may_open.set()
    opening.join(5)
    assert source.ended
    assert not source.brought.is_set(), "nobody listens to it"


def test_closed_while_it_hears() -> None:
    source = Steady(0.3)
    check = MicrophoneCheck(lambda: source, no_model)
    check.open()
    ended, raised = threading.Event(), []

    def hear() -> None:
        try:
            check.hear(3600, threading.Event(), ended=ended)
        except Cancelled as error:
            raised.append(error)

    hearing = threading.Thread(target=hear)
    hearing.start()
    assert source.brought.wait(5)
    check.close()
    hearing.join(5)
    assert raised
    assert ended.is_set()


def test_the_end_of_the_recording_is_told_before_it_is_decoded() -> None:
    ended = threading.Event()
    told: list[bool] = []

    def load() -> Listening:
        told.append(ended.is_set())
        return Listening(["one"])

    source = Steady(0.3)
    check = MicrophoneCheck(lambda: source, load)
    check.open()
    assert check.hear(0.2, threading.Event(), ended=ended).text == "one"
    assert told == [True]
    check.close()


def test_trouble_is_passed_on() -> None:
    source = Steady(0.0)
    check = MicrophoneCheck(lambda: source, no_model)
    check.open()
    assert check.trouble is None
    source.trouble = DeviceError("Only silence comes in")
    assert check.trouble is source.trouble
    check.close()
