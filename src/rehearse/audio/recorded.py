"""Recordings read back: whole ones, those a crash left unfinished, and those whose header is damaged."""

import errno
import os
import re
import stat
from pathlib import Path

import numpy as np

from rehearse.audio.files import LONGEST, load_audio
from rehearse.audio.recording import FULL_SCALE, HEADER_BYTES, header
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import AudioFileError

LARGEST = HEADER_BYTES + 2 * SAMPLE_RATE * LONGEST
"""Bytes that are read; nobody answers for longer."""

_OUR_NAME = re.compile(r"\d{8}T\d{12}-\w+")
"""The recorder's files are named by the answer's id."""

_SOUND_FILES = (b"RIFF", b"RF64", b"fLaC", b"OggS", b"ID3", b"FORM", b"caff", b"\x1aE\xdf\xa3")
"""How other programs' sound files begin (MP4 says so from its fifth byte on)."""

_DAMAGED_BYTES = 2
"""Bytes of a header that may be wrong while it is still ours; any other format differs in three or more."""


def read_recording(path: Path) -> Samples:
    """A recording's samples, whatever its header says: a crash leaves an old one, a damaged disk a broken one.

    Raises:
        AudioFileError: missing, no regular file, longer than two hours, or neither one of our recordings nor readable
            otherwise.
    """
    try:
        raw = _read(path)
    except OSError as error:
        raise AudioFileError(
            f"The recording {path.name} can't be read",
            why=error.strerror or str(error),
            next_step="The transcript is kept.",
        ) from error
    if not _is_ours(path, raw):
        try:
            return load_audio(path)
        except AudioFileError:
            if not _named_by_us(path) or len(raw) <= HEADER_BYTES:
                raise
    return np.frombuffer(_data(raw), "<i2").astype(np.float32) / np.float32(FULL_SCALE)


def holds_nothing(path: Path) -> bool:
    """A regular file, too short for a single sample; False also where that can't be seen."""
    try:
        found = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size <= HEADER_BYTES + 1


def complete_header(path: Path) -> bool:
    """Make the header of one of our recordings say how much is there, so that other programs play all of it.

    The samples aren't touched. Nobody else may be working on the file. Returns whether there was something to mend.

    Raises:
        OSError: it can't be read or written.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        return False
    raw = _read(path)
    right = header(len(_data(raw)) // 2)
    if not _is_ours(path, raw) or raw[:HEADER_BYTES] == right or len(raw) < HEADER_BYTES:
        return False
    with path.open("r+b") as file:
        file.write(right)
    return True


def _read(path: Path) -> bytes:
    """The bytes of a regular file of bounded size; never waits for a pipe, never reads a device."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it isn't a regular file")
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise OSError(errno.EFBIG, "it is longer than two hours")
    return raw


def _data(raw: bytes) -> bytes:
    """The bytes behind the header, half a sample at the end left out."""
    return raw[HEADER_BYTES : HEADER_BYTES + (len(raw) - HEADER_BYTES) // 2 * 2]


def _is_ours(path: Path, raw: bytes) -> bool:
    """The recorder wrote it, even if its header is damaged."""
    ours = header(0)
    if len(raw) < HEADER_BYTES:
        return False
    fixed = [*range(4), *range(8, 40)]
    if sum(raw[at] != ours[at] for at in fixed) <= _DAMAGED_BYTES:
        return True
    return _named_by_us(path) and not (raw.startswith(_SOUND_FILES) or raw[4:8] == b"ftyp")


def _named_by_us(path: Path) -> bool:
    return _OUR_NAME.fullmatch(path.stem) is not None
