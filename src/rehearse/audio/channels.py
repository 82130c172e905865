"""Channels: any number of them to one, also where their mean would be silence."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.samples import downmix
from rehearse.domain.sound import Samples

_INVERTED = -0.5
"""Correlation below which two channels are each other turned round (a plug with its wires crossed)."""

_DEAD = 1e-3
"""Share of the other channel's power below which a channel is dead: -30 dB."""

_MEMORY = 0.9999
"""What a block of the past weighs beside the next, for each of its samples at 16 kHz: half after half a second."""


class Downmixer:
    """One recording's channels to mono, block by block.

    Two channels are their mean; their difference where they are inverted to each other; the louder one alone where
    the other is dead. More than two are their mean.
    """

    def __init__(self) -> None:
        self._powers: NDArray[np.float64] = np.zeros(3)

    def push(self, frames: NDArray[Any]) -> Samples:
        """The next frames, of shape (n, channels), as mono."""
        if frames.ndim == 1 or frames.shape[1] != 2 or not len(frames):
            return downmix(frames)
        left, right = frames[:, 0].astype(np.float64), frames[:, 1].astype(np.float64)
        now = np.array([left @ left, right @ right, left @ right])
        self._powers = self._powers * _MEMORY ** len(frames) + now
        one, other, shared = self._powers
        if one < _DEAD * other:
            return np.ascontiguousarray(frames[:, 1], dtype=np.float32)
        if other < _DEAD * one:
            return np.ascontiguousarray(frames[:, 0], dtype=np.float32)
        if shared < _INVERTED * np.sqrt(one * other):
            return ((left - right) / 2).astype(np.float32)
        return downmix(frames)
