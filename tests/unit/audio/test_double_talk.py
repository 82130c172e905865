"""Echo of the interviewer, and somebody talking over it: mixed here, with known coupling, way and room."""

from functools import cache

import numpy as np
import pytest

from rehearse.audio.double_talk import FRAME, DoubleTalkDetector
from rehearse.domain.sound import SAMPLE_RATE, Samples, samples
from rehearse.speech.voice import InterviewerVoice

ROOM_NOISE = 10 ** (-62 / 20)
BEGINS = 0.6
"""Second of the later text at which somebody talks over it."""


@cache
def spoken() -> tuple[Samples, Samples, Samples]:
    """The question, something said later, and another voice: the same one, lower and slower, with other words."""
    voice = InterviewerVoice()
    said = voice.synthesise("Tell me about a model you served. How did it get there, and who used it?", pause=0.2)
    later = voice.synthesise("Let me stop you there: what did the business get out of it?", pause=0.1)
    other = voice.synthesise("Well, the goal was to have fewer wrong orders in the kitchen.", pause=0.0, seed=3)
    lower = np.interp(np.arange(0, len(other) - 1, 0.8), np.arange(len(other)), other).astype(np.float32)
    return said, later, lower[np.flatnonzero(np.abs(lower) > 0.02)[0] :]


def loudness(sound: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(sound[np.abs(sound) > 0.01]))))


def mixed(coupling: float, way: float, ring: float, near: float | None) -> tuple[Samples, Samples, int]:
    """Reference, microphone, and the sample at which somebody talks over the later text (dB against its echo)."""
    said, later, other = spoken()
    played = np.concatenate([said, np.zeros(samples(0.8), np.float32), later, np.zeros(samples(1), np.float32)])
    random = np.random.default_rng(5)
    length = samples(ring)
    room = random.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    room *= 0.4 / np.sqrt(np.sum(np.square(room)))
    room[0] = 1.0
    gain = 10 ** (coupling / 20)
    echo = np.concatenate([np.zeros(samples(way)), np.convolve(played, room)])[: len(played)] * gain
    heard = echo + random.standard_normal(len(played)) * ROOM_NOISE
    begins = len(said) + samples(0.8 + BEGINS)
    if near is not None:
        loud = max(loudness(said) * gain, 10 ** (-36 / 20)) * 10 ** (near / 20)
        voice = other[: len(heard) - begins] * loud / loudness(other)
        heard[begins : begins + len(voice)] += voice
    return played.astype(np.float32), heard.astype(np.float32), begins


def delayed(heard: Samples, at: float, seconds: float) -> Samples:
    """From second `at` of the later text on, everything comes in later (or sooner, where negative)."""
    said, _, _ = spoken()
    place = len(said) + samples(0.8 + at)
    if seconds < 0:
        return np.concatenate([heard[:place], heard[place + samples(-seconds) :], heard[: samples(-seconds)] * 0])
    gap = np.random.default_rng(2).standard_normal(samples(seconds)).astype(np.float32) * np.float32(ROOM_NOISE)
    return np.concatenate([heard[:place], gap, heard[place : len(heard) - len(gap)]])


def noticed(played: Samples, heard: Samples) -> tuple[float | None, DoubleTalkDetector, int]:
    """Second at which somebody is noticed, the detector, and how many frames ago it says that began."""
    detector = DoubleTalkDetector()
    for at in range(0, len(played) - FRAME, FRAME):
        if detector.hear(heard[at : at + FRAME], played[at : at + FRAME]):
            return (at + FRAME) / SAMPLE_RATE, detector, detector.talking_for
    return None, detector, 0


ROOMS = [(-60.0, 0.03, 0.05), (-35.0, 0.27, 0.4), (-20.0, 0.12, 0.05), (-3.0, 0.27, 0.4), (3.0, 0.03, 0.4)]
"""dB of coupling (headphones first), seconds of the way, seconds for which the room rings."""


@pytest.mark.parametrize(("coupling", "way", "ring"), ROOMS)
def test_its_own_echo_is_nobody(coupling: float, way: float, ring: float) -> None:
    at, detector, _ = noticed(*mixed(coupling, way, ring, None)[:2])
    assert at is None
    assert detector.talking_for == 0
    if coupling > -40:
        assert detector.delay == pytest.approx(way * SAMPLE_RATE / FRAME, abs=1)


@pytest.mark.parametrize("near", [0.0, 6.0])
@pytest.mark.parametrize(("coupling", "way", "ring"), ROOMS)
def test_who_talks_over_it_is_noticed_within_half_a_second(
    coupling: float, way: float, ring: float, near: float
) -> None:
    played, heard, begins = mixed(coupling, way, ring, near)
    at, _, ago = noticed(played, heard)
    began = begins / SAMPLE_RATE
    assert at is not None
    if (coupling, ring, near) == (-3.0, 0.4, 0.0):  # the loud, ringing echo hides the first words; not the next ones
        assert 0 <= at - began <= 1.5
        return
    assert 0 <= at - began <= 0.5
    assert at - ago * FRAME / SAMPLE_RATE == pytest.approx(began, abs=0.15), "since when it says"


@pytest.mark.parametrize("seconds", [-0.2, -0.07, 0.07, 0.15])
@pytest.mark.parametrize("at", [-0.3, 0.7])
def test_an_echo_that_comes_sooner_or_later_than_before_is_nobody(at: float, seconds: float) -> None:
    played, heard, _ = mixed(-6.0, 0.23, 0.2, None)
    assert noticed(played, delayed(heard, at, seconds))[0] is None


def test_silence_is_nobody() -> None:
    detector = DoubleTalkDetector()
    nothing = np.zeros(FRAME, np.float32)
    assert not any(detector.hear(nothing, nothing) for _ in range(200))
