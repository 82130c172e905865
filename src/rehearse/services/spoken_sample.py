"""A sample answer read aloud by the interviewer's voice, with the time of every word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rehearse.domain.sound import Samples, seconds
from rehearse.domain.transcript import Transcript, Utterance, Word
from rehearse.errors import Cancelled
from rehearse.memory import HEAVY_WORK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from rehearse.speech.voice import InterviewerVoice

PAUSE = 0.35
"""Seconds between two sentences."""


@dataclass(frozen=True)
class SpokenSample:
    """Sound, and the words in it."""

    sound: Samples
    transcript: Transcript


def read_aloud(
    text: str, voice: InterviewerVoice, cancelled: Event, told: Callable[[int, int], object] = lambda *_: None
) -> SpokenSample:
    """Speak a text, sentence by sentence; `told` hears how many sentences are done, and of how many.

    Raises:
        Cancelled: nobody waits for it any more.
        ModelError: the voice can't be loaded.
    """
    from rehearse.speech.voice import CANDIDATE_SPEED

    pieces: list[Samples] = []
    utterances: list[Utterance] = []
    sentences = sentences_of(text)
    at = 0.0
    with HEAVY_WORK:
        try:
            for number, sentence in enumerate(sentences):
                if cancelled.is_set():
                    raise Cancelled("The sample answer was put away")
                told(number, len(sentences))
                sound = voice.synthesise(sentence, speed=CANDIDATE_SPEED, pause=PAUSE / 2)
                length = seconds(len(sound))
                words = timed(sentence.split(), at + PAUSE / 2, at + length - PAUSE / 2)
                utterances.append(Utterance(words, at, at + length))
                pieces.append(sound)
                at += length
        finally:
            voice.rest()
    sound = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    return SpokenSample(sound, Transcript(tuple(utterances), duration=at))


def sentences_of(text: str) -> list[str]:
    """A text cut behind full stops, question and exclamation marks that a space follows."""
    return [part for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part]


def timed(words: Sequence[str], start: float, end: float) -> tuple[Word, ...]:
    """Words with times: a sentence's time shared out by the number of letters, one more for each word's end."""
    weights = [len(word) + 1 for word in words]
    whole, before, found = sum(weights), 0, []
    for word, weight in zip(words, weights, strict=True):
        first, last = (start + (end - start) * share / whole for share in (before, before + weight))
        found.append(Word(word, first, last))
        before += weight
    return tuple(found)
