"""The microphone: PortAudio's callback copies, everything else happens in `read`."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.devices import Device, find_input, portaudio
from rehearse.audio.samples import Resampler, downmix
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock
from rehearse.errors import DeviceError

STALLED_SECONDS = 1.5
"""Without a callback for so long the device is gone or hangs: with a source unloaded, PortAudio reports no error."""

SILENT_SECONDS = 3.0
"""Pure zeros for so long aren't a quiet room, whose noise is never exactly zero, but a muted or blocked input."""

FIRST_BLOCK_SECONDS = 5.0
"""The first samples of a real device took up to 1.4 s to come."""


@dataclass(frozen=True, eq=False)
class _Raw:
    frames: NDArray[np.float32]
    overflowed: bool


class Microphone:
    """An input device as 16 kHz mono blocks."""

    def __init__(self, device: str | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        """Not opened yet; `device` by name, None for the system's default."""
        self._wanted = device
        self._now = now
        self._queue: queue.SimpleQueue[_Raw] = queue.SimpleQueue()
        self._stream: Any = None
        self._resampler = Resampler(SAMPLE_RATE)
        self._rate = SAMPLE_RATE
        self._handed_out = 0
        self._received = 0
        self._overflows = 0
        self._last_callback = 0.0
        self._heard_any = False
        self._zeros_since: float | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Start to listen.

        Raises:
            DeviceError: no PortAudio, no such device, busy, or refused.
        """
        library = portaudio()
        device = find_input(self._wanted)
        self._rate, channels = self._format(library, device)
        self._resampler = Resampler(self._rate)
        try:
            self._stream = library.InputStream(
                device=device.index, samplerate=self._rate, channels=channels, dtype="float32", callback=self._callback
            )
            self._last_callback = self._now()
            self._stream.start()
        except library.PortAudioError as error:
            self.close()
            raise DeviceError(
                f"The microphone “{device.name}” can't be opened",
                why=str(error),
                next_step="Close other programs that use it, or choose another one in the settings (s).",
            ) from error

    def _format(self, library: Any, device: Device) -> tuple[int, int]:
        try:
            library.check_input_settings(device=device.index, samplerate=SAMPLE_RATE, channels=1, dtype="float32")
        except (library.PortAudioError, ValueError):
            return device.rate, min(2, device.channels)
        return SAMPLE_RATE, 1

    def _callback(self, indata: NDArray[np.float32], frames: int, _time: object, status: Any) -> None:
        self._last_callback = self._now()
        self._received += frames
        self._queue.put(_Raw(indata.copy(), bool(status.input_overflow)))

    def read(self, timeout: float) -> AudioBlock | None:
        """The next block at 16 kHz."""
        try:
            raw = self._queue.get(timeout=timeout)
        except queue.Empty:
            return None
        self._overflows += raw.overflowed
        mono = downmix(raw.frames)
        self._watch(mono)
        samples = self._resampler.push(mono)
        block = AudioBlock(samples, self._handed_out, raw.overflowed)
        self._handed_out += len(samples)
        return block

    def _watch(self, mono: NDArray[np.float32]) -> None:
        self._heard_any = True
        if np.any(mono):
            self._zeros_since = None
        elif self._zeros_since is None:
            self._zeros_since = self._now()

    def close(self) -> None:
        """Stop to listen."""
        with self._lock:
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    @property
    def ended(self) -> bool:
        """A microphone ends when it is closed."""
        return self._stream is None

    @property
    def frames_delivered(self) -> int:
        """Samples that came from the device, counted at 16 kHz."""
        return self._received * SAMPLE_RATE // self._rate

    @property
    def overflows(self) -> int:
        """How often input was lost."""
        return self._overflows

    @property
    def trouble(self) -> DeviceError | None:
        """Stalled or mute, or None."""
        if self._stream is None:
            return None
        now = self._now()
        patience = STALLED_SECONDS if self._heard_any else FIRST_BLOCK_SECONDS
        if now - self._last_callback > patience:
            return DeviceError(
                "The microphone has stopped", why="no sound comes from it any more", next_step="Is it still plugged in?"
            )
        if self._zeros_since is not None and now - self._zeros_since > SILENT_SECONDS:
            return DeviceError(
                "The microphone delivers only silence",
                why="it is muted, or this terminal may not use it",
                next_step="Unmute it, or choose another one in the settings.",
            )
        return None
