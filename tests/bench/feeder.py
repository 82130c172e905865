"""A microphone that hears an answer: at speaking speed, or ahead of it as far as the decoder keeps up."""

import threading
import time
from collections.abc import Callable

import numpy as np

from rehearse.domain.sound import AudioBlock, Samples, samples, seconds
from rehearse.errors import RehearseError

BLOCK = 1600
"""Samples, a tenth of a second."""

_WAITING = 12.0
"""Seconds of undecoded speech from which a hurrying feeder waits."""


class Feeder:
    """Silent until `begin`, then the sound, then the noise of the room without end, like any microphone."""

    ended = False
    trouble: RehearseError | None = None

    def __init__(self, sound: Samples, *, hurry_until: float = 0.0) -> None:
        """Args: the sound; `hurry_until`: seconds of it that come as fast as they are decoded."""
        self._sound = sound
        self._hurry = samples(hurry_until)
        self._position = 0
        self._begun = threading.Event()
        self._spoken = threading.Event()
        self._zero = 0.0
        self._noise = np.random.default_rng(3).normal(0.0, 3e-4, BLOCK).astype(np.float32)
        self.backlog: Callable[[], float] = lambda: 0.0
        """Seconds of speech that wait to be decoded."""

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def begin(self) -> None:
        """Speak."""
        self._zero = time.perf_counter()
        self._begun.set()

    def spoken(self, timeout: float) -> bool:
        """Wait for the last sample to be spoken; False if that took longer."""
        return self._spoken.wait(timeout)

    def clock(self) -> float:
        """Seconds of the answer by now, at speaking speed."""
        return time.perf_counter() - self._zero

    def read(self, timeout: float) -> AudioBlock | None:
        """The next tenth of a second, when it has been spoken."""
        if not self._begun.wait(timeout):
            return None
        end = self._position + BLOCK
        if end <= self._hurry:
            if self.backlog() > _WAITING:
                time.sleep(min(timeout, 0.02))
                return None
            self._zero = time.perf_counter() - seconds(end)
        wait = seconds(end) - self.clock()
        if wait > 0:
            time.sleep(min(wait, timeout))
        if wait > timeout:
            return None
        block = self._sound[self._position : end]
        if len(block) < BLOCK:
            block = np.concatenate([block, self._noise[len(block) :]])
            self._spoken.set()
        self._position = end
        return AudioBlock(block.copy(), end - BLOCK)

    @property
    def frames_delivered(self) -> int:
        """Samples handed out so far."""
        return self._position
