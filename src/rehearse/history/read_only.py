"""A store that can't be written to, opened for reading all the same: a full disk, a folder of somebody else's.

SQLite wants to write even to read (the log and its index beside the file), so it is told that the file doesn't change.
Where the log holds something, a copy of both is read instead.
"""

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

FULL = 64 * 1024
"""Bytes of room; with less, SQLite can't even open a store."""


def is_full(folder: Path) -> bool:
    """The disk of a folder has no room left."""
    try:
        return shutil.disk_usage(folder).free < FULL
    except OSError:
        return False


class ReadableStore:
    """Where connections that only read go; kept as long as they are used."""

    def __init__(self, path: Path) -> None:
        """Nothing is copied where the log is empty. Raises OSError if the file isn't there."""
        path.stat()
        self._copy: TemporaryDirectory[str] | None = None
        self._uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        log = path.with_name(path.name + "-wal")
        with suppress(OSError):
            if log.exists() and log.stat().st_size:
                self._uri = self._copied(path, log)

    def _copied(self, path: Path, log: Path) -> str:
        """What the log holds is lost to the eye where there is no room for a copy either."""
        self._copy = TemporaryDirectory(prefix="rehearse-")
        copy = Path(self._copy.name, path.name)
        shutil.copyfile(path, copy)
        shutil.copyfile(log, copy.with_name(log.name))
        return copy.absolute().as_uri()

    def connect(self) -> Connection:
        """A connection; raises sqlite3.Error."""
        connection = sqlite3.connect(self._uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """No connection may be open any more."""
        if self._copy is not None:
            self._copy.cleanup()
