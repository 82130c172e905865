"""The interviewer's voice: what is made when, where there is no loudspeaker, and where it is called off."""

import time
from collections.abc import Iterator
from threading import Event, Thread
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from rehearse import memory
from rehearse.errors import ModelError
from rehearse.services.interviewer import Interviewer
from rehearse.services.spoken_texts import SpokenText, SpokenTexts
from rehearse.speech.voice import InterviewerVoice
from tests.loudspeaker import Loudspeaker, Voice


def interviewer(voice: Voice) -> Interviewer:
    return Interviewer(lambda: cast("InterviewerVoice", voice), lambda: None)


@pytest.mark.usefixtures("no_loudspeaker")
def test_without_a_loudspeaker_it_says_so_and_makes_nothing() -> None:
    voice = Voice()
    assert not interviewer(voice).speak("One. Two. Three", Event())
    assert not voice.said


@pytest.mark.usefixtures("no_loudspeaker")
def test_without_a_loudspeaker_nothing_is_prepared() -> None:
    voice = Voice()
    speaker = interviewer(voice)
    speaker.prepare("One. Two", "Three")
    speaker.close()
    assert not voice.said


def test_a_loudspeaker_that_refuses_is_none(loudspeaker: type[Loudspeaker], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loudspeaker, "silent", True)
    assert not interviewer(Voice()).speak("One", Event())
    assert not loudspeaker.played


def test_it_says_every_sentence_in_order_and_tells_when_it_begins(loudspeaker: type[Loudspeaker]) -> None:
    began: list[int] = []
    speaker = interviewer(Voice())
    assert speaker.speak("One. Three. Fifteen", Event(), lambda: began.append(len(loudspeaker.played)))
    assert [float(one[0]) for one in loudspeaker.played] == pytest.approx([0.03, 0.05, 0.07])
    assert began == [1]
    assert not speaker.speaking


def test_what_leads_to_a_text_is_heard_while_that_is_still_made(loudspeaker: type[Loudspeaker]) -> None:
    heard = Event()
    began: list[int] = []
    speaker = interviewer(Waiting(heard))
    loudspeaker.when_played = heard.set
    assert speaker.speak("Fifteen", Event(), lambda: began.append(len(loudspeaker.played)), lead="One")
    assert [float(one[0]) for one in loudspeaker.played] == pytest.approx([0.03, 0.07])
    assert began == [1]


class Waiting(Voice):
    """Makes nothing but "One" before `heard`."""

    def __init__(self, heard: Event) -> None:
        super().__init__()
        self._heard = heard

    def stream(self, text: str) -> Iterator[NDArray[np.float32]]:
        if text != "One":
            assert self._heard.wait(10)
        yield from super().stream(text)


def test_what_leads_to_a_text_is_made_first_however_quickly_work_begins(
    loudspeaker: type[Loudspeaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = SpokenTexts.order

    def dawdle(texts: SpokenTexts, text: str, *, now: bool = False) -> SpokenText:
        ordered = order(texts, text, now=now)
        time.sleep(0.2)  # enough for the worker to take whatever it can have by now
        return ordered

    monkeypatch.setattr(SpokenTexts, "order", dawdle)
    voice = Voice()
    assert interviewer(voice).speak("Fifteen", Event(), lead="One")
    assert voice.said == ["One", "Fifteen"]
    assert len(loudspeaker.played) == 2


def test_the_first_sentence_is_heard_before_the_last_is_made(loudspeaker: type[Loudspeaker]) -> None:
    heard = Event()
    loudspeaker.when_played = heard.set

    class Slow(Voice):
        def stream(self, text: str) -> Iterator[NDArray[np.float32]]:
            made = super().stream(text)
            yield next(made)
            assert heard.wait(5), "the first sentence waited for the others"
            yield from made

    assert interviewer(Slow()).speak("One. Two", Event())
    assert len(loudspeaker.played) == 2


def test_what_was_prepared_is_made_once_and_the_voice_rests(loudspeaker: type[Loudspeaker]) -> None:
    voice = Voice()
    speaker = interviewer(voice)
    speaker.prepare("One. Two", "Anything to add?")
    assert voice.rested.wait(5)
    assert (voice.said, voice.rests) == (["One", "Two", "Anything to add?"], 1)
    with memory.HEAVY_WORK:  # nothing heavy is needed to say it
        assert speaker.speak("Anything to add?", Event())
        assert speaker.speak("One. Two", Event())
        assert speaker.speak("One. Two", Event())
    assert len(loudspeaker.played) == 5
    assert len(voice.said) == 3


def test_what_is_needed_now_comes_before_what_is_prepared(loudspeaker: type[Loudspeaker]) -> None:
    voice = Voice()
    speaker = interviewer(voice)
    with memory.HEAVY_WORK:
        speaker.prepare("Later", "Still later")
        speaking = Thread(target=speaker.speak, args=("Now", Event()))
        speaking.start()
        speaker._texts.order("Now", now=True)
    speaking.join(5)
    assert voice.rested.wait(5)
    assert voice.said == ["Now", "Later", "Still later"]
    assert len(loudspeaker.played) == 1


@pytest.mark.usefixtures("loudspeaker")
def test_what_was_prepared_in_vain_is_left_and_can_be_said_later() -> None:
    voice = Voice()
    speaker = interviewer(voice)
    with memory.HEAVY_WORK:
        speaker.prepare("Later", "Still later")
        speaker.prepare_nothing_else()
        speaker.prepare("Needed")
    assert voice.rested.wait(5)
    assert voice.said == ["Needed"]
    assert speaker.speak("Later", Event())
    assert voice.said == ["Needed", "Later"]


@pytest.mark.usefixtures("loudspeaker")
def test_called_off_it_says_nothing() -> None:
    voice, cancelled = Voice(), Event()
    cancelled.set()
    assert interviewer(voice).speak("One. Two", cancelled)
    assert not voice.said


@pytest.mark.usefixtures("loudspeaker")
def test_hushed_while_other_heavy_work_is_under_way_it_says_nothing() -> None:
    voice = Voice()
    speaker = interviewer(voice)
    with memory.HEAVY_WORK:
        speaking = Thread(target=speaker.speak, args=("One. Two", Event()))
        speaking.start()
        speaking.join(0.05)
        assert not voice.said
        speaker.hush()
        speaking.join(5)
    speaker.close()
    assert not speaking.is_alive()
    assert not voice.said


def test_hushed_in_the_middle_it_stops(loudspeaker: type[Loudspeaker]) -> None:
    loudspeaker.hangs = True
    begun = Event()
    speaker = interviewer(Voice())
    speaking = Thread(target=speaker.speak, args=("One. Two", Event(), begun.set))
    speaking.start()
    assert begun.wait(5)
    assert speaker.speaking
    assert speaker.sounding()
    assert speaker.hush()
    speaking.join(5)
    assert not speaking.is_alive()
    assert len(loudspeaker.played) == 1
    assert not speaker.speaking


def test_a_loudspeaker_that_stops_ends_what_is_said(
    loudspeaker: type[Loudspeaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    loudspeaker.hangs = True  # as while it reads along silently
    loudspeaker.when_played = lambda: monkeypatch.setattr(loudspeaker, "silent", True)
    clock = [100.0]
    speaker = Interviewer(lambda: cast("InterviewerVoice", Voice()), lambda: None, now=lambda: clock[0])
    told: list[bool] = []
    speaking = Thread(target=lambda: told.append(speaker.speak("One. Two", Event())), daemon=True)
    speaking.start()
    speaking.join(5)
    assert told == [False]
    assert len(loudspeaker.played) == 1
    assert not speaker.speaking
    clock[0] += 1
    assert not speaker.sounding(), "the microphone is open again"


@pytest.mark.usefixtures("loudspeaker")
def test_a_voice_that_cannot_speak_is_said_every_time() -> None:
    class Missing(Voice):
        def stream(self, text: str) -> Iterator[NDArray[np.float32]]:
            raise ModelError("The interviewer's voice is missing")

    speaker = interviewer(Missing())
    for _ in range(2):
        with pytest.raises(ModelError):
            speaker.speak("One", Event())
    assert not speaker.speaking


def test_nothing_to_hush() -> None:
    assert not interviewer(Voice()).hush()


def test_what_left_the_loudspeaker_is_known_by_its_time(
    loudspeaker: type[Loudspeaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    loudspeaker.hangs = True
    monkeypatch.setattr(loudspeaker, "position", property(lambda _: clock[0] - 99.995))

    class Long(Voice):
        def stream(self, text: str) -> Iterator[NDArray[np.float32]]:
            yield np.full(24_000, 0.5, np.float32)

    begun = Event()
    speaker = Interviewer(lambda: cast("InterviewerVoice", Long()), lambda: None, now=lambda: clock[0])
    speaking = Thread(target=speaker.speak, args=("One", Event(), begun.set))
    speaking.start()
    assert begun.wait(5)
    clock[0] = 100.2
    heard = speaker._sounded.reference(100.2, 4800)  # the last 0.3 s: begun at 99.995
    assert np.flatnonzero(heard > 0.4)[0] == pytest.approx(4800 - 3280, abs=20)
    speaker.hush()
    speaking.join(5)
    clock[0] = 100.5
    heard = speaker._sounded.reference(100.5, 4800)  # stopped at 100.2
    assert not np.any(heard)
    assert speaker.sounding()
    clock[0] = 100.8
    assert not speaker.sounding()
