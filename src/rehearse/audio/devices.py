"""Microphones and loudspeakers by name, and in words why there is none."""

import atexit
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from threading import RLock
from typing import Any, Literal, ParamSpec, TypeVar

from rehearse.errors import DeviceError

Kind = Literal["input", "output"]

P = ParamSpec("P")
T = TypeVar("T")

_one_at_a_time = RLock()
"""PortAudio isn't thread-safe where devices are listed, streams opened, or the library ends: "The PortAudio API is not
thread-safe" (portaudio.com, API overview). Two threads that looked for devices at once ended the whole process."""

ENDS_WITHIN = 5.0
"""Seconds for which the end of the program waits for what PortAudio is doing just then."""


def one_at_a_time(call: Callable[P, T]) -> Callable[P, T]:
    """Let no two threads into PortAudio's listing, opening and ending at once; a thread may call another such one."""

    @wraps(call)
    def alone(*args: P.args, **options: P.kwargs) -> T:
        with _one_at_a_time:
            return call(*args, **options)

    return alone


@cache
def _end_in_order() -> None:
    """At the end sounddevice ends PortAudio: by then nobody may be in it, nor get into it any more."""
    atexit.register(_one_at_a_time.acquire, timeout=ENDS_WITHIN)  # runs before what was registered earlier


_open_streams: "weakref.WeakKeyDictionary[Any, weakref.WeakSet[Any]]" = weakref.WeakKeyDictionary()
"""By the library they came from; there is more than one in tests alone."""

_MISSING = {
    "linux": "Install it: `apt install libportaudio2`, `dnf install portaudio` or `pacman -S portaudio`.",
}
_PLUG_IN = {
    "linux": "Plug one in, and see that PipeWire or PulseAudio runs; `pactl list short sources` shows what it sees.",
    "darwin": "Plug one in, and allow this terminal to use it: System Settings, Privacy & Security, Microphone.",
    "win32": "Plug one in, and allow desktop apps to use it: Settings, Privacy & security, Microphone.",
}


@dataclass(frozen=True)
class Device:
    """One input or output of PortAudio."""

    index: int
    """PortAudio's own; changes when devices come and go."""
    name: str
    channels: int
    rate: int
    """Hz; the device's own."""
    is_default: bool


@one_at_a_time
def portaudio() -> Any:
    """The sounddevice module.

    Raises:
        DeviceError: PortAudio isn't installed, or doesn't start.
    """
    try:
        import sounddevice
    except (OSError, ImportError) as error:
        raise DeviceError(
            "There is no sound: PortAudio is missing",
            why=str(error),
            next_step=_MISSING.get(sys.platform, "Install rehearse again: its packages bring PortAudio along."),
        ) from error
    except Exception as error:  # PortAudioError, which can't be named when the import fails
        raise DeviceError(
            "There is no sound: PortAudio doesn't start",
            why=str(error),
            next_step="Close other sound programs, then try again.",
        ) from error
    _end_in_order()
    return sounddevice


def portaudio_version() -> str:
    """PortAudio's own words about its version; raises DeviceError where it is missing."""
    return str(portaudio().get_portaudio_version()[1])


def remember_stream(stream: Any, library: Any) -> None:
    """Count a stream as open until it is closed or forgotten; while one is, devices can't be looked for again."""
    _open_streams.setdefault(library, weakref.WeakSet()).add(stream)


@one_at_a_time
def refresh(library: Any = None) -> bool:
    """Let PortAudio look for devices again: it lists them once, when it starts.

    Args:
        library: stands in for sounddevice in tests.

    Returns:
        False, and nothing is done, while a stream of ours is open: it would be closed under its owner.

    Raises:
        DeviceError: PortAudio is missing, or doesn't start again.
    """
    library = library or portaudio()
    if any(not stream.closed for stream in _open_streams.get(library, ())):
        return False
    try:
        if _runs(library):
            library._terminate()
    except library.PortAudioError as error:
        raise DeviceError(
            "Sound devices can't be looked for again", why=str(error), next_step="Start rehearse anew."
        ) from error
    _start(library)
    return True


def _runs(library: Any) -> bool:
    """PortAudio is initialised; it isn't after a `refresh` that failed halfway, because the sound server was gone."""
    return bool(getattr(library, "_initialized", 1))


def _start(library: Any) -> None:
    """Initialise PortAudio; raises DeviceError."""
    try:
        library._initialize()
    except library.PortAudioError as error:
        raise DeviceError(
            "There is no sound: PortAudio doesn't start",
            why=str(error),
            next_step="See that the sound system runs, then try again.",
        ) from error


def input_devices(library: Any = None) -> list[Device]:
    """All microphones, the default first, each name once; raises DeviceError where PortAudio is missing."""
    return _devices("input", library or portaudio())


def output_devices(library: Any = None) -> list[Device]:
    """All loudspeakers, the default first, each name once; raises DeviceError where PortAudio is missing."""
    return _devices("output", library or portaudio())


@one_at_a_time
def _devices(kind: Kind, library: Any) -> list[Device]:
    if not _runs(library):
        _start(library)
    default = library.default.device[0 if kind == "input" else 1]
    found = [
        Device(
            index,
            str(raw["name"]),
            int(raw[f"max_{kind}_channels"]),
            int(raw["default_samplerate"]),
            index == default,
        )
        for index, raw in enumerate(library.query_devices())
        if raw[f"max_{kind}_channels"] > 0
    ]
    found.sort(key=lambda device: not device.is_default)
    # Windows lists a device once for each of its sound systems; the first is the one that resamples by itself.
    unique: dict[str, Device] = {}
    for device in found:
        unique.setdefault(device.name, device)
    return list(unique.values())


def find_input(name: str | None, library: Any = None) -> Device:
    """A microphone by its name or a part of it, the default where `name` is None.

    Looks for devices again before it gives up, so that one plugged in late is found.

    Raises:
        DeviceError: there is none, or none of that name.
    """
    return _find("input", name, library or portaudio())


def find_output(name: str | None, library: Any = None) -> Device:
    """A loudspeaker likewise."""
    return _find("output", name, library or portaudio())


@one_at_a_time
def _find(kind: Kind, name: str | None, library: Any) -> Device:
    found = _match(_devices(kind, library), name)
    if found is None and refresh(library):
        found = _match(_devices(kind, library), name)
    if found is None:
        raise no_device(kind, name, _devices(kind, library))
    return found


def _match(devices: list[Device], name: str | None) -> Device | None:
    if name is None:
        return devices[0] if devices else None
    wanted = name.casefold()
    exact = (device for device in devices if device.name.casefold() == wanted)
    part = (device for device in devices if wanted in device.name.casefold())
    return next(exact, None) or next(part, None)


def no_device(kind: Kind, name: str | None, known: list[Device], platform: str = sys.platform) -> DeviceError:
    """Why there is no device, and what to do about it.

    Args:
        kind: what was looked for.
        name: as asked for, or None for the default.
        known: the devices of that kind that there are.
        platform: as in `sys.platform`.
    """
    noun = "microphone" if kind == "input" else "loudspeaker"
    if known:
        names = ", ".join(f"“{device.name}”" for device in known)
        return DeviceError(f"There is no {noun} “{name}”", next_step=f"Plug it in, or choose one of these: {names}.")
    step = _PLUG_IN.get(platform, "Plug one in.") if kind == "input" else "Plug one in; until then nothing is heard."
    return DeviceError(f"There is no {noun}", why="PortAudio sees no such device", next_step=step)
