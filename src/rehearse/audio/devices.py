"""Microphones and loudspeakers by name, and in words why there is none."""

import sys
from dataclasses import dataclass
from typing import Any

from rehearse.errors import DeviceError


@dataclass(frozen=True)
class Device:
    """One input or output of PortAudio."""

    index: int
    name: str
    channels: int
    rate: int
    """Hz; the device's own."""
    is_default: bool


def portaudio() -> Any:
    """The sounddevice module.

    Raises:
        DeviceError: PortAudio isn't installed.
    """
    try:
        import sounddevice
    except OSError as error:
        mend = "Reinstall rehearse: the PortAudio library is missing from its packages."
        if sys.platform.startswith("linux"):
            mend = "Install it: `apt install libportaudio2`, `dnf install portaudio` or `pacman -S portaudio`."
        raise DeviceError("There is no sound: PortAudio is missing", why=str(error), next_step=mend) from error
    return sounddevice


def portaudio_version() -> str:
    """PortAudio's own words about its version; raises DeviceError where it is missing."""
    return str(portaudio().get_portaudio_version()[1])


def refresh() -> None:
    """Let PortAudio look for devices again. Only while no stream is open: it would be closed."""
    library = portaudio()
    library._terminate()
    library._initialize()


def input_devices() -> list[Device]:
    """All microphones, the default first; raises DeviceError where PortAudio is missing."""
    return _devices("input")


def output_devices() -> list[Device]:
    """All loudspeakers, the default first; raises DeviceError where PortAudio is missing."""
    return _devices("output")


def _devices(kind: str) -> list[Device]:
    library = portaudio()
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
    return sorted(found, key=lambda device: not device.is_default)


def find_input(name: str | None) -> Device:
    """A microphone by its name or a part of it, the default where `name` is None.

    Raises:
        DeviceError: there is none, or none of that name.
    """
    return _find(input_devices(), name, "microphone")


def find_output(name: str | None) -> Device:
    """A loudspeaker likewise."""
    return _find(output_devices(), name, "loudspeaker")


def _find(devices: list[Device], name: str | None, kind: str) -> Device:
    if not devices:
        raise DeviceError(
            f"There is no {kind}",
            why="PortAudio sees no such device",
            next_step="Plug one in or allow this terminal to use it; `rehearse doctor` looks again.",
        )
    if name is None:
        return devices[0]
    for device in devices:
        if name.casefold() == device.name.casefold():
            return device
    for device in devices:
        if name.casefold() in device.name.casefold():
            return device
    known = ", ".join(device.name for device in devices)
    raise DeviceError(f"There is no {kind} “{name}”", next_step=f"Known are: {known}.")
