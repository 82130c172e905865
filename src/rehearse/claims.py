"""Who works on a file or folder just now: a lock that ends with the program, however that ends.

Locks are advisory (`flock`; on Windows a locked byte far behind the end): they hold off other rehearsals, not other
programs. Where the file system knows no locks, every claim is granted.
"""

import errno
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

_REFUSED = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_TRIES, _STEP = 10, 0.01
"""A look by `is_claimed` holds the lock for a moment too; seconds between two tries."""

if sys.platform == "win32":
    import msvcrt

    _BYTE = 2**31 - 2
    """The byte that is locked: behind any recording, because a locked byte can't be read by others."""

    def _lock(descriptor: int, *, shared: bool) -> None:
        """Raise OSError if somebody else has it. There are no shared locks here: an open store can't be renamed."""
        if not shared:
            os.lseek(descriptor, _BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _look(descriptor: int) -> None:
        _lock(descriptor, shared=False)
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> None:
        """Raise OSError if somebody else has it."""
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

    def _look(descriptor: int) -> None:
        _lock(descriptor, shared=True)


def _opened(path: Path) -> int:
    """A descriptor that never waits for the other end of a pipe; raises OSError."""
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not path.is_dir():
        with suppress(PermissionError):  # some file systems lock only what can be written to
            return os.open(path, os.O_RDWR | flags)
    return os.open(path, os.O_RDONLY | flags)


class Claim:
    """Held until `release`, or until the program is gone."""

    def __init__(self, descriptor: int | None) -> None:
        """Made by `claim`; None where nothing could be locked."""
        self._descriptor = descriptor
        self._releasing = threading.Lock()

    def release(self) -> None:
        """Let others have it; may be called twice, from any thread."""
        with self._releasing:
            if self._descriptor is not None:
                os.close(self._descriptor)
            self._descriptor = None


def claim(path: Path, *, shared: bool = False) -> Claim | None:
    """A claim to an existing file or folder, None if somebody else holds one that doesn't go with it.

    Args:
        path: what is worked on.
        shared: others may share it too; it only keeps off who wants it alone.
    """
    try:
        descriptor = _opened(path)
    except OSError:
        return Claim(None)  # gone, or of a kind that can't be locked: whoever uses it will say so
    for left in reversed(range(_TRIES)):
        try:
            _lock(descriptor, shared=shared)
        except OSError as error:
            if error.errno in _REFUSED and left:
                time.sleep(_STEP)
                continue
            if error.errno in _REFUSED:
                os.close(descriptor)
                return None
        break
    return Claim(descriptor)


def is_claimed(path: Path) -> bool:
    """Whether anybody works on it alone, this program included."""
    try:
        descriptor = _opened(path)
    except OSError:
        return False
    try:
        _look(descriptor)
    except OSError as error:
        return error.errno in _REFUSED
    else:
        return False
    finally:
        os.close(descriptor)
