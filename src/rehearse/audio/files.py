"""Sound files of any kind that FFmpeg reads, through PyAV."""

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.audio.decoding import Damage, decoded
from rehearse.audio.matroska import stated_in_matroska
from rehearse.audio.samples import evened
from rehearse.domain.sound import Samples, seconds
from rehearse.domain.wording import counted
from rehearse.errors import AudioFileError, Cancelled

LONGEST = 2 * 3600
"""Seconds; a longer file is surely not an answer, and would fill the memory."""

MISSING_SECONDS = 0.5
"""So much may be missing from the length that a file states, for a codec's padding and rounding."""

MISSING_BYTES = 4096
"""So many may be missing from a WAV file: some programs state a size that is a little off."""

_UNKNOWN_SIZES = ((0, 0), (0x7FFF_0000, 0x8000_FFFF), (0xFFFF_0000, 0xFFFF_FFFF))
"""What programs that write a WAV file to a pipe state as its size, which they can't know: nothing, or about the most
that counts in 31 bits (sox, arecord) or in 32."""

_STATES_LENGTH = frozenset({"wav", "w64", "flac", "aiff", "caf", "mov", "mp4", "m4a", "matroska", "webm"})
"""Formats whose header states the length. For the others FFmpeg estimates it from the size of the file."""

_NEXT = "Give a sound file such as .wav, .mp3, .m4a or .flac."

Progress = Callable[[float, float | None], object]
"""Told the seconds read so far, and the seconds in all if the file states them."""


def load_audio(
    path: Path,
    *,
    cancelled: threading.Event | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], object] | None = None,
) -> Samples:
    """A file's first sound track as 16 kHz mono float32, on its own time line; damaged parts are silence.

    Args:
        path: sound, or a video with sound.
        cancelled: set it from another thread to call the reading off.
        progress: called for every decoded piece, in the calling thread.
        remark: told in a sentence what of the file is missing, if anything is.

    Raises:
        AudioFileError: missing, unreadable, cut short, without sound, or too long.
        Cancelled: `cancelled` was set.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise AudioFileError(f"There is no file {path}", next_step="Check the path.") from None
    except (OSError, ValueError) as error:
        raise AudioFileError(f"Can't read {path}", why=_reason(error), next_step="Check the path.") from error
    if stat.S_ISDIR(mode):
        raise AudioFileError(f"{path} is a folder", next_step=_NEXT)
    if not stat.S_ISREG(mode):
        raise AudioFileError(f"{path} isn't a file", why="it may never end", next_step=_NEXT)
    import av

    try:
        # Without the protocol's name a path like `http:/host/x` or `pipe:0` would be one for FFmpeg.
        with av.open(f"file:{path}", options={"protocol_whitelist": "file"}) as container:
            if not container.streams.audio:
                raise AudioFileError(f"{path.name} holds no sound", next_step=_NEXT)
            sizes = _riff_sizes(path)
            stated = None if any(map(_is_unknown, sizes)) else _stated_seconds(container)
            if stated is not None and stated > LONGEST:
                raise _too_long(path)
            damage = Damage()
            samples = _collect(decoded(container, damage), path, stated, cancelled, progress)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise AudioFileError(f"Can't read {path.name} as sound", why=_reason(error), next_step=_NEXT) from error
    if not len(samples):
        raise AudioFileError(f"{path.name} holds no sound", why="the file is empty", next_step=_NEXT)
    if _cut_riff(path, sizes) or (stated is not None and seconds(len(samples)) < stated - MISSING_SECONDS):
        raise AudioFileError(
            f"{path.name} is cut short",
            why=f"it ends after {seconds(len(samples)):.1f} s, before the end that it states",
            next_step="Copy or export it again.",
        )
    if remark is not None and (lacking := _lacking(path, damage)):
        remark(lacking)
    return evened(samples)


def _lacking(path: Path, damage: Damage) -> str:
    said = []
    if damage.missing >= MISSING_SECONDS:
        said.append(f"{path.name} lacks {damage.missing:.1f} s inside it; they count as silence.")
    elif damage.invalid:
        said.append(f"{path.name} holds {counted(damage.invalid, 'damaged sample')}, heard as silence.")
    if damage.breaks_off:
        said.append(f"{path.name} breaks off: its end is missing, and it doesn't say how much that is.")
    return " ".join(said)


def _riff_sizes(path: Path) -> list[int]:
    """The sizes that a WAV file states, of all that follows and of its sound; empty for any other file."""
    sizes: list[int] = []
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] != b"RIFF" or len(head) < 12:
            return sizes
        sizes.append(int.from_bytes(head[4:8], "little"))
        while len(chunk := file.read(8)) == 8:
            size = int.from_bytes(chunk[4:], "little")
            if chunk[:4] == b"data":
                return [*sizes, size]
            file.seek(size + size % 2, os.SEEK_CUR)
    return sizes


def _is_unknown(size: int) -> bool:
    return any(least <= size <= most for least, most in _UNKNOWN_SIZES)


def _cut_riff(path: Path, sizes: list[int]) -> bool:
    """A WAV file that is shorter than its header says; FFmpeg reads what is there and keeps silent."""
    if not sizes or any(map(_is_unknown, sizes)):
        return False
    return path.stat().st_size + MISSING_BYTES < sizes[0] + 8


def _stated_seconds(container: Any) -> float | None:
    """Length of the sound as the file's header states it, None if it doesn't."""
    if not _STATES_LENGTH & set(container.format.name.split(",")):
        return None
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.format.name.startswith("matroska"):  # also .webm
        return stated_in_matroska(container)
    return None


def _collect(
    decoded: Iterator[Samples],
    path: Path,
    stated: float | None,
    cancelled: threading.Event | None,
    progress: Progress | None,
) -> Samples:
    parts: list[Samples] = []
    length = 0
    for part in decoded:
        if cancelled is not None and cancelled.is_set():
            raise Cancelled(f"Reading {path.name} was called off")
        parts.append(part)
        length += len(part)
        if seconds(length) > LONGEST:
            raise _too_long(path)
        if progress is not None:
            progress(seconds(length), stated)
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _too_long(path: Path) -> AudioFileError:
    return AudioFileError(f"{path.name} is longer than two hours", next_step="Cut out the answer first.")


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
