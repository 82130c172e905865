"""A sound on its way to the loudspeaker: nothing lost, and the second that is heard is always known."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rehearse.audio.feed import AHEAD, Feed
from rehearse.domain.sound import SAMPLE_RATE, Samples

SOUND: Samples = np.linspace(-0.9, 0.9, 2 * SAMPLE_RATE, dtype=np.float32)


class Played:
    """A feed, its thread, and a loudspeaker that takes so many frames at a time, `latency` seconds ahead."""

    def __init__(
        self, sound: Samples = SOUND, *, start: float = 0.0, speed: float = 1.0, rate: int = SAMPLE_RATE
    ) -> None:
        self.feed = Feed(sound, SAMPLE_RATE, start=start, speed=speed, stream_rate=rate)
        self.rate = rate
        self.now = 50.0
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.feed.run, args=(self.ready.set,))
        self.thread.start()
        assert self.ready.wait(10)

    def take(self, frames: int, latency: float = 0.0) -> tuple[NDArray[np.float32], bool]:
        out = np.full((frames, 1), np.nan, np.float32)
        more = self.feed.fill(out, self.now + latency)
        self.now += frames / self.rate
        return out[:, 0], more

    def to_the_end(self, frames: int) -> NDArray[np.float32]:
        parts = []
        more = True
        while more:
            # The callback may be faster than the feeder; then it plays silence, which isn't tested here.
            while self.thread.is_alive() and self.feed._pieces.empty():
                threading.Event().wait(0.001)
            out, more = self.take(frames)
            parts.append(out)
        self.thread.join(10)
        return np.concatenate(parts)


@given(frames=st.integers(37, 4000))
def test_every_sample_is_played_once(frames: int) -> None:
    sound = SOUND[:8000]
    out = Played(sound).to_the_end(frames)
    assert np.array_equal(out[: len(sound)], sound)
    assert not out[len(sound) :].any(), "silence after the end"


def test_the_second_that_is_heard() -> None:
    played = Played(start=0.5)
    begun = played.now
    assert played.feed.position(begun) == 0.5
    played.take(SAMPLE_RATE // 10, latency=0.2)
    assert played.feed.position(begun + 0.19) == 0.5, "nothing has sounded yet"
    assert played.feed.position(begun + 0.25) == pytest.approx(0.55)
    assert played.feed.position(begun + 0.3) == pytest.approx(0.6)
    assert played.feed.position(begun + 99) == pytest.approx(0.6), "it doesn't run on beyond what was handed over"
    played.feed.stop()
    played.thread.join(10)


@pytest.mark.parametrize("speed", [0.75, 1.0, 1.5, 2.0])
def test_position_keeps_pace_with_the_speed(speed: float) -> None:
    played = Played(speed=speed)
    begun = played.now
    played.to_the_end(512)
    for heard in (0.2, 0.5, 0.8):
        assert played.feed.position(begun + heard) == pytest.approx(heard * speed, abs=0.05)


def test_another_rate_than_the_sounds() -> None:
    played = Played(rate=48_000)
    begun = played.now
    out = played.to_the_end(1024)
    assert len(out) == pytest.approx(3 * len(SOUND), abs=1500)
    assert played.feed.position(begun + 1.0) == pytest.approx(1.0, abs=0.01)


def test_it_is_over_when_the_last_sample_has_sounded() -> None:
    played = Played(SOUND[:1600])
    begun = played.now
    out, more = played.take(2000, latency=0.3)
    while more:
        _, more = played.take(2000, latency=0.3)
    assert played.feed.drained
    assert not played.feed.finished(begun + 0.39)
    assert played.feed.finished(begun + 0.41)
    assert np.array_equal(out[:1600], SOUND[:1600])
    played.thread.join(10)


def test_an_empty_sound_is_over_at_once() -> None:
    played = Played(np.zeros(0, np.float32))
    out, more = played.take(100)
    while more:
        out, more = played.take(100)
    assert not out.any()
    assert played.feed.finished(played.now)


def test_it_prepares_no_more_than_a_little_ahead_and_stops_at_once() -> None:
    played = Played(np.zeros(60 * SAMPLE_RATE, np.float32))
    assert played.feed._pieces.qsize() <= AHEAD
    played.feed.stop()
    played.thread.join(10)
    assert not played.thread.is_alive()
    assert not played.feed.drained


def test_a_loudspeaker_that_is_faster_than_the_feed_gets_silence() -> None:
    feed = Feed(SOUND, SAMPLE_RATE, start=0, speed=1.0, stream_rate=SAMPLE_RATE)
    out = np.full((100, 1), np.nan, np.float32)
    assert feed.fill(out, 1.0)
    assert not out.any()
    assert feed.position(5.0) == 0
