"""A sound on its way to the loudspeaker: prepared ahead, taken by the callback, and found again by its time."""

import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.samples import Resampler
from rehearse.audio.stretch import stretched
from rehearse.domain.sound import Samples

AHEAD = 5
"""Blocks of a tenth of a second prepared ahead: enough for the callback, little to throw away at a seek."""


@dataclass(frozen=True, eq=False)
class _Piece:
    samples: Samples
    position: float
    """Second of the sound at which it begins."""
    ratio: float
    """Seconds of the sound that a played sample stands for."""


@dataclass(frozen=True)
class _Span:
    """A run of samples that was handed to the loudspeaker; times are the stream's."""

    begins: float
    ends: float
    position: float
    speed: float


class Feed:
    """Feeds one stretch of playing, from `start` to the end of the sound.

    `run` is for a thread of its own, `fill` for PortAudio's callback, the rest for anyone.
    """

    def __init__(self, sound: Samples, rate: int, *, start: float, speed: float, stream_rate: int) -> None:
        """Nothing is prepared yet.

        Args:
            sound: mono, at `rate` Hz.
            rate: Hz.
            start: second of the sound to begin at.
            speed: seconds of the sound a second.
            stream_rate: Hz of the loudspeaker's stream.
        """
        self._sound = sound
        self._rate = rate
        self._start = start
        self._speed = speed
        self._stream_rate = stream_rate
        self._pieces: queue.Queue[_Piece | None] = queue.Queue(AHEAD)
        self._stopped = threading.Event()
        self._told = False
        self._rest: _Piece | None = None
        self._spans: deque[_Span] = deque()
        self._drained = False

    # -- the feeder's thread -----------------------------------------------------------------------------------------

    def run(self, ready: Callable[[], None]) -> None:
        """Prepare pieces until the end or `stop`; `ready` is called once the first are there."""
        ratio = self._speed / self._stream_rate
        at = self._start
        resampler = Resampler(self._rate, self._stream_rate)
        for block in stretched(self._sound, self._rate, round(self._start * self._rate), self._speed):
            samples = resampler.push(block)
            if not self._put(_Piece(samples, at, ratio), ready):
                return
            at += len(samples) * ratio
        self._put(_Piece(resampler.flush(), at, ratio), ready)
        self._put(None, ready)
        if not self._told and not self._stopped.is_set():
            ready()

    def _put(self, piece: _Piece | None, ready: Callable[[], None]) -> bool:
        """Hand a piece over, waiting for room; False once stopped."""
        if self._pieces.full() and not self._told:
            self._told = True
            ready()
        self._pieces.put(piece)
        return not self._stopped.is_set()

    def stop(self) -> None:
        """Prepare no more; `run` ends at once."""
        self._stopped.set()
        while not self._pieces.empty():
            try:
                self._pieces.get_nowait()
            except queue.Empty:
                return

    # -- PortAudio's callback ----------------------------------------------------------------------------------------

    def fill(self, out: NDArray[np.float32], begins: float) -> bool:
        """Fill frames that sound from the stream's time `begins` on, with silence where nothing is ready.

        Returns:
            True while there is more to come.
        """
        done = 0
        while done < len(out):
            piece = self._rest or self._next()
            if piece is None:
                break
            count = min(len(out) - done, len(piece.samples))
            out[done : done + count] = piece.samples[:count, None]
            at = begins + done / self._stream_rate
            self._spans.append(
                _Span(at, at + count / self._stream_rate, piece.position, piece.ratio * self._stream_rate)
            )
            done += count
            rest = piece.samples[count:]
            self._rest = _Piece(rest, piece.position + count * piece.ratio, piece.ratio) if len(rest) else None
        out[done:] = 0
        return not self._drained

    def _next(self) -> _Piece | None:
        if self._drained:
            return None
        try:
            piece = self._pieces.get_nowait()
        except queue.Empty:
            return None
        self._drained = piece is None
        return piece

    # -- where it is -------------------------------------------------------------------------------------------------

    def position(self, now: float) -> float:
        """Second of the sound that is heard at the stream's time `now`."""
        position = self._start
        while self._spans and self._spans[0].begins <= now:
            span = self._spans[0]
            position = span.position + (min(now, span.ends) - span.begins) * span.speed
            if now < span.ends or len(self._spans) == 1:
                break
            self._spans.popleft()
            self._start = position
        return position

    @property
    def drained(self) -> bool:
        """Everything was handed over."""
        return self._drained

    def finished(self, now: float) -> bool:
        """Everything was handed over and has sounded by the stream's time `now`."""
        return self._drained and (not self._spans or now >= self._spans[-1].ends)
