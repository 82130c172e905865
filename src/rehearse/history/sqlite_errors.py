"""What goes wrong in SQLite, said to people."""

import sqlite3
from pathlib import Path

from rehearse.errors import DiskFullError, StoreError
from rehearse.history.read_only import is_full

_REPAIR = "Run `rehearse doctor --repair`: it sets the file aside and recovers what can be read."
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""The last is what a missing table or column gives: our statements are fixed, so the file isn't what it should be."""

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


_PERHAPS_FULL = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
"""What SQLite says where it can't make its log."""

_CANT_WRITE = {sqlite3.SQLITE_FULL, *_PERHAPS_FULL, sqlite3.SQLITE_PERM}


def cant_write(error: sqlite3.Error) -> bool:
    """The file may be whole; what failed is writing, to it or beside it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CANT_WRITE


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """What went wrong in SQLite, said to people."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    if code in _DAMAGED:
        return StoreError(f"The answers' database {path} is damaged", why=str(error), next_step=_REPAIR)
    if code in BUSY:
        return StoreError(
            f"The answers' database {path} is busy",
            why="another program has been writing to it for a while",
            next_step="Close the other rehearse and try again.",
        )
    if code == sqlite3.SQLITE_FULL or (code in _PERHAPS_FULL and is_full(path.parent)):
        return disk_full(path)
    return StoreError(
        f"Can't use the answers' database {path}",
        why=str(error),
        next_step="Check that the folder and the file can be written to, or choose another with REHEARSE_HOME.",
    )


def disk_full(path: Path) -> DiskFullError:
    """No room beside the store."""
    return DiskFullError(
        f"Can't write to {path.parent}",
        why="the disk is full",
        next_step="Free some space; `rehearse history audio --policy never --delete` deletes recordings and keeps the "
        "words and marks.",
    )


def is_damaged(error: sqlite3.Error) -> bool:
    """The file isn't a whole store, as opposed to busy, full or out of reach."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
