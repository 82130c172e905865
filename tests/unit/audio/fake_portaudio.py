"""Stands in for the sounddevice module: devices that come and go, streams whose callbacks the test calls."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

BUSY, GONE, BAD_RATE, BAD_CHANNELS, HOST = -9985, -9996, -9997, -9998, -9999


class PortAudioError(Exception):
    """As sounddevice's: text, code, host error."""


class CallbackStop(Exception):  # noqa: N818 - sounddevice's name
    """Raised by a callback that has no more to play."""


def device(name: str, *, inputs: int = 0, outputs: int = 0, rate: int = 44_100) -> dict[str, Any]:
    """A device as `query_devices` describes it."""
    return {
        "name": name,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": float(rate),
    }


class FakeStream:
    """One stream; the test plays the device."""

    def __init__(self, library: "FakePortAudio", settings: dict[str, Any]) -> None:
        self.library = library
        self.settings = settings
        self.rate: int = settings["samplerate"]
        self.channels: int = settings["channels"]
        self.closed = False
        self.stopped = True
        self.active = False
        self.starts = 0

    @property
    def time(self) -> float:
        """The stream's clock, moved by the test."""
        return self.library.time

    def start(self) -> None:
        """Run, unless the test wants it refused."""
        if self.library.start_error is not None:
            raise PortAudioError("Error starting stream", self.library.start_error)
        assert not self.closed
        self.starts += 1
        self.stopped, self.active = False, True

    def abort(self) -> None:
        """Stop at once."""
        self.stopped, self.active = True, False

    def close(self) -> None:
        """No more callbacks."""
        self.closed, self.stopped, self.active = True, True, False
        self._tell_finished()

    def die(self) -> None:
        """As when the device or the sound server goes away."""
        self.active = False
        self._tell_finished()

    def _tell_finished(self) -> None:
        finished: Callable[[], None] | None = self.settings.get("finished_callback")
        if finished is not None:
            finished()

    def bring(self, frames: NDArray[np.float32], *, overflow: bool = False) -> None:
        """A callback with input, in a buffer that is overwritten afterwards, as PortAudio's is."""
        shaped = frames if frames.ndim == 2 else np.repeat(frames[:, None], self.channels, axis=1)
        buffer = shaped.astype(np.float32)
        self.settings["callback"](buffer, len(buffer), None, SimpleNamespace(input_overflow=overflow))
        buffer[:] = np.nan

    def take(self, count: int, *, latency: float = 0.0) -> NDArray[np.float32]:
        """A callback for output that sounds `latency` seconds from now; moves the clock by its length."""
        out = np.full((count, self.channels), np.nan, np.float32)
        try:
            self.settings["callback"](out, count, SimpleNamespace(outputBufferDacTime=self.time + latency), None)
        except CallbackStop:
            self.active = False
        self.library.time += count / self.rate
        return out


class FakePortAudio:
    """The module. `devices` are there from the start, `later` after PortAudio has looked again."""

    PortAudioError = PortAudioError
    CallbackStop = CallbackStop

    def __init__(
        self,
        devices: list[dict[str, Any]],
        *,
        default: tuple[int, int] = (0, 0),
        later: list[dict[str, Any]] | None = None,
    ) -> None:
        self._devices = devices
        self._later = later
        self.default = SimpleNamespace(device=default)
        self.time = 100.0
        self.refreshes = 0
        self.dead = False
        """The sound server is gone: PortAudio can't be initialised."""
        self._initialized = 1
        self.streams: list[FakeStream] = []
        self.refuse: Callable[[int, int], int | None] = lambda _rate, _channels: None
        """Error code for a rate and a number of channels, None to accept."""
        self.start_error: int | None = None

    def __call__(self) -> "FakePortAudio":
        """So that it can be passed as what gives the module."""
        return self

    def query_devices(self) -> list[dict[str, Any]]:
        """All of them."""
        return self._devices

    def _terminate(self) -> None:
        assert all(stream.closed for stream in self.streams), "an open stream would be closed under its owner"
        assert self._initialized == 1
        self._initialized = 0

    def _initialize(self) -> None:
        if self.dead:
            raise PortAudioError("Unanticipated host error", -9999)
        self.refreshes += 1
        self._initialized = 1
        if self._later is not None:
            self._devices = self._later

    def _stream(self, **settings: Any) -> FakeStream:
        code = self.refuse(settings["samplerate"], settings["channels"])
        if code is not None:
            raise PortAudioError("Error opening stream", code, (0, 1, "the driver said no"))
        self.streams.append(FakeStream(self, settings))
        return self.streams[-1]

    InputStream = _stream
    OutputStream = _stream
