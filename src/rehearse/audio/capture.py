"""The microphone: PortAudio's callback copies, everything else happens in `read`."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.devices import portaudio
from rehearse.audio.samples import Resampler, downmix
from rehearse.audio.streams import open_stream, refused
from rehearse.audio.watchdog import Watchdog
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples
from rehearse.errors import DeviceError


@dataclass(frozen=True, eq=False)
class _Raw:
    """What one callback brought."""

    frames: NDArray[np.float32]
    first: int
    """Index of the first frame, as the device counts."""
    overflowed: bool


class Microphone:
    """An input device as 16 kHz mono blocks. One thread reads; `close` may come from any.

    After `close` what came before is still there to be read; then `ended` holds.
    """

    def __init__(
        self,
        device: str | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        library: Callable[[], Any] = portaudio,
    ) -> None:
        """Not opened yet.

        Args:
            device: name or part of it, None for the system's default.
            now: seconds of a clock that never goes back.
            library: gives the sounddevice module; tests pass their own.
        """
        self._wanted = device
        self._now = now
        self._library = library
        self._queue: queue.SimpleQueue[_Raw | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._stream: Any = None
        self._rate = SAMPLE_RATE
        self._resampler = Resampler(SAMPLE_RATE)
        self._watchdog: Watchdog | None = None
        self._received = 0
        self._read = 0
        self._position = 0
        self._overflows = 0
        self._ended = False

    def open(self) -> None:
        """Start to listen.

        Raises:
            DeviceError: no PortAudio, no such device, busy, or refused.
        """
        library = self._library()
        watchdog = Watchdog(self._now())
        stream, self._rate, name = open_stream(
            "input", self._wanted, SAMPLE_RATE, library, callback=self._callback, ended=watchdog.stream_ended
        )
        self._resampler = Resampler(self._rate)
        self._watchdog = watchdog
        with self._lock:
            self._stream = stream
        try:
            stream.start()
        except library.PortAudioError as error:
            self.close()
            raise refused("input", name, error) from error

    def _callback(self, indata: NDArray[np.float32], frames: int, _times: object, status: Any) -> None:
        assert self._watchdog is not None
        self._watchdog.callback_came(self._now())
        self._queue.put(_Raw(indata.copy(), self._received, bool(status.input_overflow)))
        self._received += frames

    def read(self, timeout: float) -> AudioBlock | None:
        """The next block at 16 kHz, or None if none came within `timeout` seconds or all was read."""
        try:
            raw = self._queue.get(timeout=0 if self._ended else timeout)
        except queue.Empty:
            return None
        if raw is None:
            self._ended = True
            rest = self._resampler.flush()
            return self._block(rest, lost=0, overflowed=False) if len(rest) else None
        self._overflows += raw.overflowed
        lost = (raw.first - self._read) * SAMPLE_RATE // self._rate
        self._read = raw.first + len(raw.frames)
        mono = downmix(raw.frames)
        assert self._watchdog is not None
        self._watchdog.heard(len(mono) / self._rate, silent=not np.any(mono))
        return self._block(self._resampler.push(mono), lost, raw.overflowed)

    def _block(self, samples: Samples, lost: int, overflowed: bool) -> AudioBlock:
        first = self._position + lost
        self._position = first + len(samples)
        return AudioBlock(samples, first, overflowed)

    def close(self) -> None:
        """Stop to listen; may be called twice."""
        with self._lock:
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
            self._queue.put(None)

    @property
    def ended(self) -> bool:
        """It was closed, and all that came before was read."""
        return self._ended

    @property
    def frames_delivered(self) -> int:
        """Samples handed out so far, at 16 kHz."""
        return self._position

    @property
    def frames_captured(self) -> int:
        """Frames that the device brought so far, counted at 16 kHz before anything is done with them."""
        return self._received * SAMPLE_RATE // self._rate

    @property
    def overflows(self) -> int:
        """How often the device lost input, among what was read so far."""
        return self._overflows

    @property
    def trouble(self) -> DeviceError | None:
        """Stalled or mute, or None."""
        stream, watchdog = self._stream, self._watchdog
        if stream is None or watchdog is None:
            return None
        return watchdog.trouble(self._now())
