"""A sample answer read aloud: every word has its time in the sound."""

from itertools import pairwise
from threading import Event
from typing import cast

import numpy as np
import pytest

from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import Cancelled
from rehearse.services.spoken_sample import PAUSE, read_aloud, sentences_of, timed
from rehearse.speech.voice import InterviewerVoice

TEXT = "We sold pears. Did it pay? It did, at 3.5 percent."


class Hum:
    """Speaks a tenth of a second a letter."""

    def __init__(self) -> None:
        self.rested = False

    def synthesise(self, text: str, *, speed: float, pause: float) -> Samples:
        return np.ones(round(SAMPLE_RATE * (len(text) / 10 + 2 * pause)), np.float32)

    def rest(self) -> None:
        self.rested = True


def test_words_follow_one_another_sentence_by_sentence() -> None:
    voice, told = Hum(), list[tuple[int, int]]()
    spoken = read_aloud(TEXT, cast("InterviewerVoice", voice), Event(), lambda *step: told.append(step))
    words = spoken.transcript.words
    assert " ".join(word.text for word in words) == TEXT
    assert [one.text for one in spoken.transcript.utterances] == sentences_of(TEXT)
    assert spoken.transcript.duration == pytest.approx(len(spoken.sound) / SAMPLE_RATE)
    assert words[0].start == pytest.approx(PAUSE / 2)
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(words))
    assert words[3].start - words[2].end == pytest.approx(PAUSE), "between two sentences"
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert voice.rested


def test_it_can_be_called_off() -> None:
    voice, cancelled = Hum(), Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        read_aloud(TEXT, cast("InterviewerVoice", voice), cancelled)
    assert voice.rested, "and gives its memory back"


def test_longer_words_take_longer() -> None:
    first, second = timed(["a", "considerable"], 1.0, 2.5)
    assert (first.start, first.end, second.end) == pytest.approx((1.0, 1.2, 2.5))
    assert timed([], 0.0, 1.0) == ()
