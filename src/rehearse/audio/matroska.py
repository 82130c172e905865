"""Matroska (.mkv, .mka, .webm): how long the sound is by what the file says of itself."""

from typing import Any

_INFO, _DURATION = b"\x15\x49\xa9\x66", b"\x44\x89"
"""Identify what is said of the whole file, and in it its length. A browser that records leaves the length out; FFmpeg
then makes an estimate of its own, which it doesn't tell from a length that is stated."""

_HEAD = 1 << 16
_INFO_BYTES = 1 << 10


def stated_in_matroska(container: Any) -> float | None:
    """Seconds of a file's first sound track, None if they aren't stated.

    Args:
        container: of PyAV, open. Beside a picture only a length of the sound's own counts: the picture may be longer.
    """
    begin = max(0.0, (container.start_time or 0) / 1e6)
    tag = container.streams.audio[0].metadata.get("DURATION", "")
    try:
        hours, minutes, rest = tag.split(":")
        return float(hours) * 3600 + float(minutes) * 60 + float(rest) - begin
    except ValueError:
        pass
    if len(container.streams) > 1 or not container.duration or not _states_length(container.name):
        return None
    return float(container.duration) / 1e6 - begin


def _states_length(name: str) -> bool:
    with open(name.removeprefix("file:"), "rb") as file:  # noqa: PTH123 - FFmpeg's own name of it
        head = file.read(_HEAD)
    at = head.find(_INFO)
    return at >= 0 and _DURATION in head[at : at + _INFO_BYTES]
