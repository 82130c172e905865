"""Files that are replaced whole: never half of one, and never a plain file where somebody had put a link."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UTF8 = "utf-8-sig"
"""How texts of people are read: as UTF-8, with or without the mark that some editors put before it."""


def real_place(path: Path) -> Path:
    """Where a file lives or would live, behind any symbolic links."""
    return Path(os.path.realpath(path))


def typed_path(text: str) -> Path:
    """What a person wrote as a path, `~` being the home folder; as it is where nobody has that name."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def free_path(path: Path) -> Path:
    """`path`, or the same with -2, -3 ... where it is taken: nothing is ever overwritten."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


@contextmanager
def replacing(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` once it is whole; on an error the old one stays.

    What a link points at is replaced, and keeps who may read it; anything else is for its owner alone. Raises OSError.

    Args:
        path: what is replaced.
        durable: wait for the disk, so that it is there after a power cut too; for what can be written again that takes
            too long.
    """
    target = real_place(path)
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".tmp")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if path.is_symlink() and target.exists():
            unfinished.chmod(target.stat().st_mode & 0o777)
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def replace_text(path: Path, text: str, *, durable: bool = True) -> None:
    """Write a text as UTF-8 in place of what `path` held; a lone surrogate becomes a question mark. Raises OSError.

    Whether to wait for the disk `durable` says, see `replacing`.
    """
    with replacing(path, durable=durable) as file:
        file.write(text.encode(errors="replace"))
