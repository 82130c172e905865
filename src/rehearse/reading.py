"""Files from outside, read with a bound: a device or a pipe under a file's name never ends, or never begins."""

import errno
import os
import stat
from pathlib import Path

from rehearse.files import UTF8

TEXT_BYTES = 1_000_000
"""Most bytes of an answer, of the settings, of a draft: some ten hours of speech."""

_PIECE = 1 << 20


def read_bytes(path: Path, most: int) -> bytes:
    """All of a regular file, also through a link.

    Raises:
        OSError: it is missing or can't be read, isn't a regular file, or holds more than `most` bytes. `strerror` says
            which, in words for people.
    """
    _want_regular(path.stat().st_mode, path)  # to open a device may do something by itself
    # Between the two another file may have come under that name: opening a pipe mustn't wait for its writer.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        state = os.fstat(descriptor)
        _want_regular(state.st_mode, path)
        if state.st_size > most:
            raise _too_large(path, most)
        found = bytearray()
        while piece := file.read(min(_PIECE, most + 1 - len(found))):
            found += piece
        if len(found) > most:  # files of /proc state no size, and others grow meanwhile
            raise _too_large(path, most)
        return bytes(found)


def read_text(path: Path, most: int = TEXT_BYTES) -> str:
    """The same as text.

    Raises:
        OSError: likewise, or it holds NUL, which no text does.
        UnicodeDecodeError: it isn't UTF-8.
    """
    text = read_bytes(path, most).decode(UTF8)
    if "\0" in text:
        raise OSError(errno.EILSEQ, "it isn't text", str(path))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _want_regular(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it isn't a file and may never end", str(path))


def _too_large(path: Path, most: int) -> OSError:
    limit = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"
    return OSError(errno.EFBIG, f"it is larger than {limit}", str(path))
