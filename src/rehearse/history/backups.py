"""Copies of the store beside it: made before a migration, or set aside by a repair; and what deletes them."""

import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from rehearse.errors import StoreError
from rehearse.history.migrations import Migration

_BLOCK = 1 << 20
_WORDS = 60
"""Characters of an answer that tell a copy of it."""


def backup_path(path: Path, migration: Migration) -> Path:
    """Where the copy goes that is made before `migration` touches the store at `path`."""
    return path.with_name(f"{path.stem}-before-{migration.name}{path.suffix}")


def back_up(path: Path, target: Path) -> None:
    """Copy what is committed, the write-ahead log included; never leaves half a copy under the name.

    Reads through a connection of its own: the one that holds the write lock can't be copied from.
    """
    unfinished = target.with_suffix(".tmp")
    unfinished.unlink(missing_ok=True)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(path)) as committed, closing(sqlite3.connect(unfinished)) as copy:
            committed.backup(copy)
        unfinished.replace(target)
    except OSError as error:
        raise StoreError(
            f"Can't back up the answers' database to {target}",
            why=error.strerror or str(error),
            next_step="Free some space; the store was left as it is.",
        ) from error


def copies(path: Path) -> list[Path]:
    """The copies of a store that lie beside it, without their logs."""
    names = (f"{path.stem}-before-*{path.suffix}", f"{path.stem}-damaged-*{path.suffix}")
    return sorted(found for name in names for found in path.parent.glob(name))


def delete_copies_with(path: Path, tell_tales: Iterable[str]) -> int:
    """Delete the copies of a store that hold any of these texts; returns how many.

    Args:
        path: the store.
        tell_tales: ids and words of answers that were deleted for good.
    """
    pieces = {text[:_WORDS].encode("utf-8", "ignore") for text in tell_tales}
    wanted = [re.escape(piece) for piece in pieces if piece]
    if not wanted:
        return 0
    pattern, deleted = re.compile(b"|".join(wanted)), 0
    for copy in copies(path):
        files = [copy.with_name(copy.name + end) for end in ("", "-wal", "-shm")]
        if any(_holds(file, pattern) for file in files):
            for file in files:
                with suppress(OSError):
                    file.unlink(missing_ok=True)
            deleted += 1
    return deleted


def _holds(file: Path, pattern: re.Pattern[bytes]) -> bool:
    """Whether a file has such bytes, read block by block with some overlap."""
    try:
        with file.open("rb") as opened:
            before = b""
            while block := opened.read(_BLOCK):
                if pattern.search(before + block):
                    return True
                before = block[-4 * _WORDS :]
    except OSError:
        return False
    return False
