"""Opens PortAudio's streams in the best format a device takes, and says in words why one doesn't open."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from rehearse.audio.devices import Device, Kind, find_input, find_output, one_at_a_time, refresh, remember_stream
from rehearse.errors import DeviceError

LATENCY_SECONDS = 0.2
"""Asked of the device: slack for callbacks that come late, because they wait for Python's lock while speech is decoded.

Blocks come four times as often (every 0.05 s through ALSA), so it isn't the delay of what is heard.
"""

_UNAVAILABLE = -9985
_GONE = (-9996, -9993, -9988)
"""paInvalidDevice, paBadIODeviceCombination, paBadStreamPtr: what an unplugged default device leads to."""
_FORMAT = (-9998, -9997, -9994)
"""paInvalidChannelCount, paInvalidSampleRate, paSampleFormatNotSupported."""

StreamCallback = Callable[[Any, int, Any, Any], None]
"""PortAudio's: (frames, count, times, status)."""


@one_at_a_time
def open_stream(
    kind: Kind,
    wanted: str | None,
    rate: int,
    library: Any,
    *,
    callback: StreamCallback,
    ended: Callable[[], None] | None = None,
) -> tuple[Any, int, str]:
    """A stream, open and not yet started, mono at `rate` where the device can.

    Args:
        kind: microphone or loudspeaker.
        wanted: the device's name, None for the default.
        rate: Hz, preferred.
        library: the sounddevice module, or what stands in for it.
        callback: gets float32 frames of shape (n, channels).
        ended: called when the stream has ended, by itself or because it was closed.

    Returns:
        The stream, its true rate, and the device's name.

    Raises:
        DeviceError: there is no such device, it is busy, or refuses.
    """
    find = find_input if kind == "input" else find_output
    make = library.InputStream if kind == "input" else library.OutputStream

    def attempt(device: Device) -> tuple[Any, int]:
        return _open(device, rate, partial(make, callback=callback, finished_callback=ended), library)

    device = find(wanted, library)
    try:
        return *attempt(device), device.name
    except library.PortAudioError as error:
        # The list that PortAudio made when it started may hold a device that is gone, or lack a new default.
        if _code(error) not in _GONE or not refresh(library):
            raise refused(kind, device.name, error) from error
    device = find(wanted, library)
    try:
        return *attempt(device), device.name
    except library.PortAudioError as error:
        raise refused(kind, device.name, error) from error


def _open(device: Device, rate: int, make: Callable[..., Any], library: Any) -> tuple[Any, int]:
    """The stream in the first format that the device takes, and its rate; raises PortAudioError."""
    formats = _formats(device, rate)
    for true_rate, channels in formats:
        try:
            stream = make(
                device=device.index,
                samplerate=true_rate,
                channels=channels,
                dtype="float32",
                latency=LATENCY_SECONDS,
            )
        except library.PortAudioError as error:
            if _code(error) in _FORMAT and (true_rate, channels) != formats[-1]:
                continue
            raise
        remember_stream(stream, library)
        return stream, true_rate
    raise AssertionError("a device has at least one format")


def _formats(device: Device, rate: int) -> Sequence[tuple[int, int]]:
    """Rates and channels to try, best first, each once."""
    own = device.rate
    tried = [(rate, 1), (own, 1), (own, min(2, device.channels)), (own, device.channels)]
    return tuple(dict.fromkeys(tried))


def _code(error: Exception) -> int | None:
    """The `PaErrorCode` of a PortAudioError."""
    return error.args[1] if len(error.args) > 1 else None


def refused(kind: Kind, name: str, error: Exception) -> DeviceError:
    """PortAudio's error in words."""
    noun = "microphone" if kind == "input" else "loudspeaker"
    what = f"The {noun} “{name}” can't be opened"
    code = _code(error)
    if code == _UNAVAILABLE:
        return DeviceError(
            what,
            why="it is busy: another program uses it",
            next_step="Close that program, or choose another device in the settings.",
        )
    if code in _GONE:
        return DeviceError(
            what, why="it isn't there any more", next_step="Plug it in again, or choose another device in the settings."
        )
    host = str(error.args[2][2]).strip() if len(error.args) > 2 else ""
    return DeviceError(
        what,
        why=host or str(error.args[0] if error.args else error),
        next_step="See that this terminal may use it, or choose another device in the settings.",
    )
