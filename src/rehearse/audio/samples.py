"""Downmix, resampling and loudness."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.domain.sound import SAMPLE_RATE, Samples

FLOOR_DBFS = -100.0
"""What pure silence is given as: below the noise of 16-bit sound (-96 dBFS)."""

METER_FLOOR_DBFS = -60.0
"""What a meter shows as nothing: the noise of a quiet room."""


_OFFSET = 0.05
"""Mean of a recording, as a share of what varies in it, from which it isn't taken for chance."""

_QUIET = 10 ** (-36 / 20)
_RAISED = 10 ** (30 / 20)


def downmix(frames: NDArray[Any]) -> Samples:
    """Frames of shape (n, channels) as mono: the mean of the channels."""
    if frames.ndim == 1:
        return frames.astype(np.float32, copy=False)
    return np.ascontiguousarray(frames.mean(axis=1), dtype=np.float32)


def peak_dbfs(samples: Samples) -> float:
    """Greatest absolute sample in dBFS, `FLOOR_DBFS` for silence."""
    return _dbfs(float(np.max(np.abs(samples)))) if len(samples) else FLOOR_DBFS


def rms_dbfs(samples: Samples) -> float:
    """Root mean square in dBFS, `FLOOR_DBFS` for silence."""
    return _dbfs(float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))) if len(samples) else FLOOR_DBFS


def level(samples: Samples) -> float:
    """Loudness for a meter, 0..1: the peak, even steps in dB from `METER_FLOOR_DBFS` to full scale."""
    return max(0.0, 1.0 - peak_dbfs(samples) / METER_FLOOR_DBFS)


def evened(samples: Samples) -> Samples:
    """A recording around zero, no louder than full scale, and not so quiet that a voice drowns in rounding.

    The constant part that bad microphones add says nothing; what lies below -36 dBFS is raised, by 30 dB at most.
    """
    if not len(samples):
        return samples
    offset = float(np.mean(samples, dtype=np.float64))
    varying = float(np.std(samples, dtype=np.float64))
    centred = samples - np.float32(offset) if abs(offset) > _OFFSET * varying > 0.0 else samples
    peak = float(np.max(np.abs(centred)))
    if peak > 1.0:
        return centred / np.float32(peak)
    if 0.0 < peak < _QUIET:
        return centred * np.float32(min(_RAISED, _QUIET / peak))
    return centred


def _dbfs(amplitude: float) -> float:
    return max(FLOOR_DBFS, 20 * float(np.log10(amplitude))) if amplitude > 0 else FLOOR_DBFS


class Resampler:
    """Streaming resampler to another rate; keeps its state between blocks, so that there are no seams."""

    def __init__(self, rate: int, to_rate: int = SAMPLE_RATE) -> None:
        """From `rate` to `to_rate`, both in Hz."""
        self._rate = rate
        self._same = rate == to_rate
        self._inner = None
        if not self._same:
            from av.audio.resampler import AudioResampler

            self._inner = AudioResampler(format="flt", layout="mono", rate=to_rate)

    def push(self, samples: Samples) -> Samples:
        """The samples at the new rate that are complete so far."""
        if self._inner is None or not len(samples):
            return samples
        from av import AudioFrame

        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[None], dtype=np.float32), format="flt", layout="mono"
        )
        frame.sample_rate = self._rate
        return _joined(out.to_ndarray()[0] for out in self._inner.resample(frame))

    def flush(self) -> Samples:
        """What was still held back."""
        if self._inner is None:
            return np.zeros(0, np.float32)
        return _joined(out.to_ndarray()[0] for out in self._inner.resample(None))


def _joined(parts: Iterator[NDArray[np.float32]]) -> Samples:
    found = list(parts)
    return np.concatenate(found).astype(np.float32) if found else np.zeros(0, np.float32)


def resample(samples: Samples, rate: int, to_rate: int = SAMPLE_RATE) -> Samples:
    """All of `samples` from `rate` to `to_rate` Hz."""
    resampler = Resampler(rate, to_rate)
    return np.concatenate([resampler.push(samples), resampler.flush()])
