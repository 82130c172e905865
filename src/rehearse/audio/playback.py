"""Plays samples: pause, seek, speed, and the position that is being heard just now."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.devices import find_output, portaudio
from rehearse.audio.stretch import stretched
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import DeviceError

QUEUED_BLOCKS = 5
"""Blocks of a tenth of a second prepared ahead: enough for the callback, little to throw away at a seek."""


@dataclass(frozen=True, eq=False)
class _Piece:
    samples: Samples
    position: float
    """Source sample at which it begins."""
    ratio: float
    """Source samples a played one."""


@dataclass(frozen=True)
class _Heard:
    at: float
    """Stream time at which the first sample sounds."""
    until: float
    position: float
    ratio: float


class Player:
    """One sound, played by PortAudio, or read along silently against a clock where there is no loudspeaker."""

    def __init__(
        self,
        samples: Samples,
        *,
        rate: int = SAMPLE_RATE,
        device: str | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the loudspeaker; `why_silent` says why there is none."""
        self._samples = samples
        self._rate = rate
        self._now = now
        self._speed = 1.0
        self._playing = False
        self._start = 0.0
        self._started_at = 0.0
        self._stream: Any = None
        self._pieces: queue.Queue[_Piece | None] = queue.Queue(QUEUED_BLOCKS)
        self._rest: _Piece | None = None
        self._heard: deque[_Heard] = deque(maxlen=64)
        self._stop_feeding = threading.Event()
        self._feeder: threading.Thread | None = None
        self._drained = False
        self.why_silent: DeviceError | None = None
        try:
            self._open(device)
        except DeviceError as error:
            self.why_silent = error

    def _open(self, device: str | None) -> None:
        library = portaudio()
        chosen = find_output(device)
        try:
            self._stream = library.OutputStream(
                device=chosen.index, samplerate=self._rate, channels=1, dtype="float32", callback=self._callback
            )
        except library.PortAudioError as error:
            raise DeviceError(f"The loudspeaker “{chosen.name}” can't be opened", why=str(error)) from error

    @property
    def silent(self) -> bool:
        """There is no loudspeaker."""
        return self._stream is None

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self._samples) / self._rate

    @property
    def playing(self) -> bool:
        """Not paused and not at the end."""
        return self._playing and not self.finished

    @property
    def finished(self) -> bool:
        """The end was heard."""
        return self.position >= self.duration - 1e-3

    @property
    def speed(self) -> float:
        """1.0 is as recorded."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        position = self.position
        self._speed = speed
        self._go(position, play=self._playing)

    @property
    def position(self) -> float:
        """Seconds of the sound that leave the loudspeaker just now."""
        if not self._playing:
            return self._start
        if self._stream is None:
            return min(self.duration, self._start + (self._now() - self._started_at) * self._speed)
        time_now = self._stream.time
        last = self._start
        for heard in tuple(self._heard):
            if time_now < heard.at:
                break
            played = min(time_now, heard.until) - heard.at
            last = (heard.position + played * self._rate * heard.ratio) / self._rate
        if self._drained and (not self._heard or time_now >= self._heard[-1].until):
            return self.duration
        return min(last, self.duration)

    def play(self) -> None:
        """Play from where it stands; from the beginning if the end was reached."""
        if not self._playing or self.finished:
            self._go(0.0 if self.finished else self.position, play=True)

    def pause(self) -> None:
        """Stop, and keep the place."""
        self._go(self.position, play=False)

    def seek(self, seconds: float) -> None:
        """Go to a place, playing on if it plays."""
        self._go(max(0.0, min(self.duration, seconds)), play=self._playing)

    def close(self) -> None:
        """Stop and give the loudspeaker back; may be called twice."""
        self._halt()
        self._playing = False
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    def _go(self, position: float, *, play: bool) -> None:
        self._halt()
        self._start, self._playing = position, play
        self._started_at = self._now()
        if not play or self._stream is None:
            return
        self._heard.clear()
        self._drained = False
        self._rest = None
        self._pieces = queue.Queue(QUEUED_BLOCKS)
        self._stop_feeding = threading.Event()
        self._feeder = threading.Thread(
            target=self._feed,
            args=(self._stop_feeding, self._pieces, position, self._speed),
            name="rehearse-player",
            daemon=True,
        )
        self._feeder.start()
        self._stream.start()

    def _halt(self) -> None:
        self._stop_feeding.set()
        if self._stream is not None and self._stream.active:
            self._stream.abort()
        if self._feeder is not None:
            self._feeder.join()
            self._feeder = None

    def _feed(self, stop: threading.Event, pieces: "queue.Queue[_Piece | None]", position: float, speed: float) -> None:
        at = position * self._rate
        for samples, ratio in stretched(self._samples, self._rate, int(at), speed):
            if not self._put(stop, pieces, _Piece(samples, at, ratio)):
                return
            at += len(samples) * ratio
        self._put(stop, pieces, None)

    @staticmethod
    def _put(stop: threading.Event, pieces: "queue.Queue[_Piece | None]", piece: _Piece | None) -> bool:
        while not stop.is_set():
            try:
                pieces.put(piece, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def _callback(self, out: NDArray[np.float32], frames: int, times: Any, _status: object) -> None:
        done = 0
        while done < frames:
            piece = self._rest or self._next_piece()
            if piece is None:
                break
            count = min(frames - done, len(piece.samples))
            out[done : done + count, 0] = piece.samples[:count]
            at = times.outputBufferDacTime + done / self._rate
            self._heard.append(_Heard(at, at + count / self._rate, piece.position, piece.ratio))
            done += count
            rest = piece.samples[count:]
            self._rest = _Piece(rest, piece.position + count * piece.ratio, piece.ratio) if len(rest) else None
        out[done:, 0] = 0

    def _next_piece(self) -> _Piece | None:
        try:
            piece = self._pieces.get_nowait()
        except queue.Empty:
            return None
        if piece is None:
            self._drained = True
        return piece
