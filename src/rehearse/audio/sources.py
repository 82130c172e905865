"""Where sound comes from: the protocol, and sound that exists already."""

import time
from collections.abc import Callable

from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples
from rehearse.errors import DeviceError

BLOCK = 1600
"""Samples a block brings (0.1 s)."""


class SamplesSource:
    """Samples that exist already, as fast as they are read or at speaking speed."""

    trouble: DeviceError | None = None

    def __init__(
        self,
        samples: Samples,
        *,
        real_time: bool = False,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Args: samples at 16 kHz; `real_time`: a block comes when its last sample would have been spoken."""
        self._samples = samples
        self._real_time = real_time
        self._now, self._sleep = now, sleep
        self._position = 0
        self._opened_at: float | None = None
        self._closed = False

    def open(self) -> None:
        """The clock starts."""
        self._opened_at = self._now()

    def read(self, timeout: float) -> AudioBlock | None:
        """The next tenth of a second."""
        if self.ended or self._opened_at is None:
            return None
        end = min(self._position + BLOCK, len(self._samples))
        if self._real_time:
            wait = self._opened_at + end / SAMPLE_RATE - self._now()
            if wait > 0:
                self._sleep(min(wait, timeout))
            if wait > timeout:
                return None
        block = AudioBlock(self._samples[self._position : end].copy(), self._position)
        self._position = end
        return block

    def close(self) -> None:
        """No more."""
        self._closed = True

    @property
    def ended(self) -> bool:
        """All was read, or it was closed."""
        return self._closed or self._position >= len(self._samples)

    @property
    def frames_delivered(self) -> int:
        """Samples handed out so far."""
        return self._position
