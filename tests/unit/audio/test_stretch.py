"""Other speeds at the same pitch."""

import numpy as np
import pytest

from rehearse.audio.stretch import FASTEST, SLOWEST, stretched
from rehearse.domain.sound import SAMPLE_RATE, Samples

TONE: Samples = (0.5 * np.sin(2 * np.pi * 220 * np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE)).astype(np.float32)


def whole(samples: Samples, speed: float, start: int = 0) -> Samples:
    parts = list(stretched(samples, SAMPLE_RATE, start, speed))
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def pitch(samples: Samples) -> float:
    """Hz of the loudest frequency, away from the edges."""
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 8 * len(middle)))
    return float(np.argmax(spectrum) * SAMPLE_RATE / (8 * len(middle)))


def test_as_recorded_it_is_untouched() -> None:
    assert np.array_equal(whole(TONE, 1.0), TONE)
    assert np.array_equal(whole(TONE, 1.0, start=12_345), TONE[12_345:])


@pytest.mark.parametrize("speed", [SLOWEST, 0.75, 0.9, 1.25, 1.5, FASTEST])
def test_length_changes_and_pitch_doesnt(speed: float) -> None:
    out = whole(TONE, speed)
    assert out.dtype == np.float32
    assert len(out) / SAMPLE_RATE == pytest.approx(3 / speed, abs=0.06)
    assert pitch(out) == pytest.approx(220, rel=0.01)
    assert float(np.max(np.abs(out))) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("speed", [0.75, 1.0, 2.0])
def test_it_begins_where_it_should(speed: float) -> None:
    half_silent = np.concatenate([np.zeros(SAMPLE_RATE, np.float32), TONE[:SAMPLE_RATE]])
    out = whole(half_silent, speed, start=SAMPLE_RATE // 2)
    loud = np.flatnonzero(np.abs(out) > 0.1)
    assert loud[0] / SAMPLE_RATE == pytest.approx(0.5 / speed, abs=0.02)


@pytest.mark.parametrize("speed", [0.75, 1.0, 1.5])
def test_nothing_and_next_to_nothing(speed: float) -> None:
    assert len(whole(np.zeros(0, np.float32), speed)) == 0
    assert len(whole(TONE, speed, start=len(TONE))) == 0
    assert len(whole(TONE[:10], speed)) <= SAMPLE_RATE // 10


def test_it_comes_in_pieces_and_can_be_left_off() -> None:
    assert 0 < len(next(stretched(TONE, SAMPLE_RATE, 0, 1.5))) < SAMPLE_RATE // 2
