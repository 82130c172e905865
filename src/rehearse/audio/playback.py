"""Plays samples: pause, seek, speed, and the position that is being heard just now."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.devices import portaudio
from rehearse.audio.feed import Feed
from rehearse.audio.streams import open_stream, refused
from rehearse.audio.stretch import FASTEST, SLOWEST
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import DeviceError

FIRST_SECONDS = 5.0
"""Patience with a loudspeaker that was just started: PulseAudio's took a quarter of a second of sound at once, and the
next up to 2 s later."""

LATE_SECONDS = 1.5
"""Without a callback for so long it is looked at more closely; while all is well one comes every 0.05 s."""

HANGS_SECONDS = 0.5
"""So much longer without one, and it hangs: after the whole process slept, callbacks come again by themselves."""


class Player:
    """One sound, played by PortAudio, or read along silently against a clock where there is no loudspeaker.

    Commands may come from any thread and return within milliseconds.
    """

    def __init__(
        self,
        samples: Samples,
        *,
        rate: int = SAMPLE_RATE,
        device: str | None = None,
        now: Callable[[], float] = time.monotonic,
        library: Callable[[], Any] = portaudio,
    ) -> None:
        """Open the loudspeaker; `why_silent` says why there is none.

        Args:
            samples: mono; nobody writes to them any more.
            rate: Hz of `samples`.
            device: name or part of it, None for the system's default.
            now: seconds of a clock that never goes back, for reading along silently.
            library: gives the sounddevice module; tests pass their own.
        """
        self._samples = samples
        self._rate = rate
        self._now = now
        self._lock = threading.RLock()
        self._speed = 1.0
        self._playing = False
        self._place = 0.0
        self._silent_since = 0.0
        self._feed: Feed | None = None
        self._stream: Any = None
        self._started = False
        self._due = 0.0
        """The clock's second by which a callback should have come."""
        self._late_since: float | None = None
        self._name = ""
        self.why_silent: DeviceError | None = None
        try:
            self._library = library()
            self._stream, self._stream_rate, self._name = open_stream(
                "output", device, rate, self._library, callback=self._callback
            )
        except DeviceError as error:
            self.why_silent = error

    # -- what is heard -----------------------------------------------------------------------------------------------

    @property
    def silent(self) -> bool:
        """There is no loudspeaker, or none any more; `why_silent` says why."""
        return self._stream is None

    @property
    def duration(self) -> float:
        """Seconds of the sound."""
        return len(self._samples) / self._rate

    @property
    def playing(self) -> bool:
        """Not paused and not at the end."""
        return self._playing and not self.finished

    @property
    def finished(self) -> bool:
        """The end was heard."""
        return self.position >= self.duration

    @property
    def speed(self) -> float:
        """1.0 is as recorded; from 0.5 to 2.0, at the same pitch."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        with self._lock:
            place = self.position
            self._speed = max(SLOWEST, min(FASTEST, speed))
            self._go(place, play=self._playing)

    @property
    def position(self) -> float:
        """Second of the sound that leaves the loudspeaker just now."""
        with self._lock:
            if not self._playing:
                return self._place
            if self._started:
                self._check_device()
            if self._stream is None or self._feed is None:
                passed = (self._now() - self._silent_since) * self._speed
                return min(self.duration, self._place + passed)
            heard_at = self._stream.time
            if self._feed.finished(heard_at):
                return self.duration
            return min(self.duration, self._feed.position(heard_at))

    def _check_device(self) -> None:
        """Let silence take over where a stream ended before its last sample, or takes no more though it is active."""
        if self._feed is None or self._feed.drained:
            return
        if not self._stream.active:
            self._go_on_silently(
                DeviceError("The loudspeaker has stopped", why="it was unplugged, or the sound system has ended")
            )
        elif self._hangs():
            self._go_on_silently(
                DeviceError("The loudspeaker has stopped", why="it hangs, or the sound system has suspended it")
            )

    def _hangs(self) -> bool:
        now = self._now()
        if now < self._due:
            self._late_since = None
            return False
        if self._late_since is None:
            self._late_since = now
        return now - self._late_since >= HANGS_SECONDS

    def _go_on_silently(self, error: DeviceError) -> None:
        assert self._feed is not None
        place = self._feed.position(self._stream.time)
        self._give_up(error)
        self._go(place, play=True)

    # -- commands ----------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """Play from where it stands; from the beginning if the end was reached."""
        with self._lock:
            if self.finished:
                self._go(0.0, play=True)
            elif not self._playing:
                self._go(self._place, play=True)

    def pause(self) -> None:
        """Stop, and keep the place."""
        with self._lock:
            self._go(self.position, play=False)

    def seek(self, seconds: float) -> None:
        """Go to a place, playing on if it plays."""
        with self._lock:
            self._go(max(0.0, min(self.duration, seconds)), play=self._playing)

    def close(self) -> None:
        """Stop and give the loudspeaker back; may be called twice."""
        with self._lock:
            self._go(self.position, play=False)
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _go(self, place: float, *, play: bool) -> None:
        """Leave off what is being played, and stand or play at `place`."""
        self._halt()
        self._place, self._playing = place, play
        self._silent_since = self._now()
        if not play or self._stream is None:
            return
        feed = Feed(self._samples, self._rate, start=place, speed=self._speed, stream_rate=self._stream_rate)
        self._feed = feed
        threading.Thread(
            target=feed.run, args=(lambda: self._begin(feed),), name="rehearse-player", daemon=True
        ).start()

    def _begin(self, feed: Feed) -> None:
        """The first pieces are there: let the stream run."""
        with self._lock:
            if self._feed is not feed or self._stream is None:
                return
            try:
                self._due, self._late_since = self._now() + FIRST_SECONDS, None
                self._stream.start()
                self._started = True
            except self._library.PortAudioError as error:
                self._give_up(refused("output", self._name, error))
                self._go(self._place, play=self._playing)

    def _halt(self) -> None:
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.stop()
        if self._stream is not None and not self._stream.stopped:
            self._stream.abort()
        self._started = False

    def _give_up(self, error: DeviceError) -> None:
        """Go on silently."""
        self._halt()
        stream, self._stream = self._stream, None
        self.why_silent = error
        if stream is not None:
            stream.close()

    def _callback(self, out: NDArray[np.float32], _frames: int, times: Any, _status: object) -> None:
        self._due = max(self._due, self._now() + LATE_SECONDS)
        feed = self._feed
        if feed is None:
            out[:] = 0
        elif not feed.fill(out, times.outputBufferDacTime):
            raise self._library.CallbackStop
