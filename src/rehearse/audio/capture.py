"""The microphone: PortAudio's callback copies, everything else happens in `read`."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.channels import Downmixer
from rehearse.audio.devices import portaudio, refresh
from rehearse.audio.route import RouteWatch, Source, heard_source
from rehearse.audio.samples import Resampler
from rehearse.audio.streams import open_stream, refused
from rehearse.audio.watchdog import Watchdog
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples
from rehearse.errors import DeviceError

REOPEN_SECONDS = 1.0
"""Between two attempts to hear a microphone again that has stopped."""

LEFTOVER_SECONDS = 0.3
"""After a stream was handed back from a monitor and the first block has come: what else may be on its way."""


@dataclass(frozen=True, eq=False)
class _Raw:
    """What one callback brought."""

    line: "_Line"

    frames: NDArray[np.float32]
    overflowed: bool
    """Before it the device lost some; how much it doesn't say."""
    unasked: bool
    """It was brought by a source that nobody asked for."""


class _Line:
    """One stream of the device, counted by itself: the next one may have another rate."""

    def __init__(self, came: Callable[[_Raw], None], route: RouteWatch) -> None:
        self._route = route
        self.stream: Any = None
        self.rate = SAMPLE_RATE
        self.resampler = Resampler(SAMPLE_RATE)
        self.downmixer = Downmixer()
        self.received = 0
        self._came = came

    def connect(self, stream: Any, rate: int) -> None:
        """The stream was opened, and will be started."""
        self.stream, self.rate, self.resampler = stream, rate, Resampler(rate)
        self.downmixer = Downmixer()

    def callback(self, indata: NDArray[np.float32], frames: int, _times: object, status: Any) -> None:
        """PortAudio's: copies, nothing else."""
        self._came(_Raw(self, indata.copy(), bool(status.input_overflow), self._route.unasked))
        self.received += frames

    @property
    def captured(self) -> int:
        """Frames that came so far, at 16 kHz."""
        return self.received * SAMPLE_RATE // self.rate


class Microphone:
    """An input device as 16 kHz mono blocks. One thread reads; `close` may come from any.

    After `close` what came before is still there to be read; then `ended` holds.

    A stream that has stopped never comes back, even when its device does: PortAudio keeps the dead one. So `read`
    closes it and opens another, about once a second until one brings sound; where it stopped and where it goes on
    follow each other without a gap. PortAudio lists its devices once, when it is initialised, and knows none that
    was plugged in since; but to initialise it anew closes every stream there is, under its owner. That is done only
    while no stream of ours is open, a player's included; else the devices known of old are tried.

    The sound server may hand a stream over to another source under PortAudio. A microphone goes on with another one,
    which is said; what a loudspeaker's monitor brings is dropped, unless it was asked for.
    """

    def __init__(
        self,
        device: str | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        library: Callable[[], Any] = portaudio,
        look: Callable[[], Source | None] = heard_source,
    ) -> None:
        """Not opened yet.

        Args:
            device: name or part of it, None for the system's default.
            now: seconds of a clock that never goes back.
            library: gives the sounddevice module; tests pass their own.
            look: what the stream hears, as the sound server says.
        """
        self._wanted = device
        self._now = now
        self._library = library
        self._route = RouteWatch(device, look)
        self._refused: DeviceError | None = None
        self._unasked = False
        self._back_at = -LEFTOVER_SECONDS
        self._queue: queue.SimpleQueue[_Raw | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._line: _Line | None = None
        self._watchdog: Watchdog | None = None
        self._captured_before = 0
        self._stopped_since: float | None = None
        self._reading: _Line | None = None
        self._closed = False
        self._position = 0
        self._ended = False

    def open(self) -> None:
        """Start to listen.

        Raises:
            DeviceError: no PortAudio, no such device, busy, or refused.
        """
        self._watchdog = Watchdog(self._now())
        try:
            self._connect()
        except DeviceError:
            self._watchdog = None
            raise

    def _connect(self) -> None:
        """Open and start a stream; raises DeviceError."""
        library = self._library()
        assert self._watchdog is not None
        line = _Line(self._came, self._route)
        stream, rate, name = open_stream(
            "input", self._wanted, SAMPLE_RATE, library, callback=line.callback, ended=self._watchdog.stream_ended
        )
        line.connect(stream, rate)
        with self._lock:
            closed = self._closed
            if not closed:
                self._line = line
        try:
            if not closed:
                stream.start()
        except library.PortAudioError as error:
            self._disconnect()
            raise refused("input", name, error) from error
        if closed:
            stream.close()
        else:
            self._route.look()

    def _disconnect(self) -> None:
        """Close the stream, if there is one."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.stream.close()
            self._captured_before += line.captured

    def _came(self, raw: _Raw) -> None:
        """In PortAudio's thread."""
        assert self._watchdog is not None
        self._watchdog.callback_came(self._now())
        self._queue.put(raw)

    def read(self, timeout: float) -> AudioBlock | None:
        """The next block at 16 kHz, or None if none came within `timeout` seconds or all was read."""
        try:
            raw = self._queue.get(timeout=0 if self._ended else timeout)
        except queue.Empty:
            self._mend()
            return None
        if raw is None:
            self._ended = True
            end = self._rest()
            return self._block(end, overflowed=False) if len(end) else None
        self._stopped_since = None
        line = raw.line
        rest = self._rest() if line is not self._reading else None
        self._reading = line
        mono = line.downmixer.push(np.nan_to_num(raw.frames, nan=0.0, posinf=0.0, neginf=0.0))
        assert self._watchdog is not None
        self._watchdog.heard(len(mono) / line.rate, silent=not np.any(mono))
        if self._is_leftover(raw):
            return None
        samples = line.resampler.push(mono)
        return self._block(samples if rest is None else np.concatenate([rest, samples]), raw.overflowed)

    def _is_leftover(self, raw: _Raw) -> bool:
        """A source that nobody asked for brought it, or some of it: a block begun there may be filled up later."""
        before, self._unasked = self._unasked, raw.unasked or self._route.unasked
        if before and not self._unasked:
            self._back_at = self._now()
        return before or self._unasked or self._now() - self._back_at < LEFTOVER_SECONDS

    def _rest(self) -> Samples:
        """What the resampler of the line that was read last held back."""
        line, self._reading = self._reading, None
        return line.resampler.flush() if line is not None else np.zeros(0, np.float32)

    def _mend(self) -> None:
        """Open the stream anew if it has stopped for a second, or if the last attempt is a second ago."""
        watchdog, now = self._watchdog, self._now()
        if watchdog is None or self._closed or not watchdog.stopped(now):
            self._stopped_since = None
            return
        if self._stopped_since is None:  # after the whole process slept, callbacks come again by themselves
            self._stopped_since = now
        if now - self._stopped_since < REOPEN_SECONDS:
            return
        self._disconnect()
        try:
            refresh(self._library())
            watchdog.reopened(now)
            self._connect()
            self._refused = None
        except DeviceError as error:
            self._refused = error
            watchdog.stream_ended()
        self._stopped_since = self._now()

    def _block(self, samples: Samples, overflowed: bool) -> AudioBlock:
        first = self._position
        self._position += len(samples)
        return AudioBlock(samples, first, overflowed)

    def close(self) -> None:
        """Stop to listen; may be called twice."""
        self._route.close()
        with self._lock:
            first, self._closed = not self._closed, True
        self._disconnect()
        if first:
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
        with self._lock:
            return self._captured_before + (self._line.captured if self._line else 0)

    @property
    def trouble(self) -> DeviceError | None:
        """Stalled, mute, or not the one that was chosen; None where all is well."""
        watchdog = self._watchdog
        if watchdog is None or self._closed:
            return None
        found = watchdog.trouble(self._now())
        if found is not None and self._refused is not None and watchdog.stopped(self._now()):
            return self._refused
        return self._route.trouble or found
