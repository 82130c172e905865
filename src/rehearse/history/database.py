"""The SQLite file: connections, transactions, migrations, and errors in words."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection

from rehearse.errors import StoreError
from rehearse.files import real_place
from rehearse.history.migrations import MIGRATIONS, Migration, statements

__all__ = ["MIGRATIONS", "Database", "Migration", "backup_path", "connect", "statements", "store_error"]

BUSY_SECONDS = 5.0
"""How long a writer waits for another program that is writing."""

_BUSY_STEP = 0.02
"""Seconds between two tries where SQLite itself doesn't wait."""

_MAKING = threading.Lock()
"""Held while a new file is made, so that no thread connects to it before its first descriptor is closed."""

_REPAIR = "Run `rehearse doctor --repair`: it sets the file aside and recovers what can be read."
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""The last is what a missing table or column gives: our statements are fixed, so the file isn't what it should be."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """What went wrong in SQLite, said to people."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    if code in _DAMAGED:
        return StoreError(f"The answers' database {path} is damaged", why=str(error), next_step=_REPAIR)
    if code in _BUSY:
        return StoreError(
            f"The answers' database {path} is busy",
            why="another program has been writing to it for a while",
            next_step="Close the other rehearse and try again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"Can't write to {path}", why="the disk is full", next_step="Free some space and try again.")
    return StoreError(
        f"Can't use the answers' database {path}",
        why=str(error),
        next_step="Check that the folder and the file can be written to, or choose another with REHEARSE_HOME.",
    )


def is_damaged(error: sqlite3.Error) -> bool:
    """The file isn't a whole store, as opposed to busy, full or out of reach."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def connect(path: Path) -> Connection:
    """A connection in WAL mode with foreign keys on; the file is made for its owner alone (0600).

    Transactions are begun by hand (`isolation_level=None`): Python's own would commit before every schema change.

    Raises:
        StoreError: the file can't be made.
    """
    try:
        _make_file(path)
    except OSError as error:
        raise StoreError(
            f"Can't use the answers' database {path}",
            why=error.strerror or str(error),
            next_step="Free the folder or choose another with REHEARSE_HOME.",
        ) from error
    # Used by the thread that made it; another may only close it, at the end.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        _use_wal(connection)
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _use_wal(connection: Connection) -> None:
    """Turn the write-ahead log on. SQLite gives up at once here while another program does the same, so try again."""
    for _ in range(round(BUSY_SECONDS / _BUSY_STEP)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BUSY:
                raise
            time.sleep(_BUSY_STEP)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _make_file(path: Path) -> None:
    """Make the file if there is none, for its owner alone; raises OSError.

    An existing file is never opened here: closing any descriptor of it would drop the locks that SQLite's other
    connections of this process hold (POSIX advisory locks; https://sqlite.org/howtocorrupt.html, 2.2).
    """
    with _MAKING, suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    path.chmod(0o600)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing. Takes the write lock at once, so that nothing read inside can be stale."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


class Database:
    """One SQLite file, migrated on construction, safe to use from any thread.

    Every thread gets a connection of its own, so a long read in one never holds up another (WAL); writers take turns.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Open or make the file and bring its schema up to date; an existing one is backed up first.

        Raises:
            StoreError: written by a newer version, damaged, busy, or out of reach.
        """
        path = real_place(path)  # where it is a link, the copies and logs of it belong beside what it points at
        self.path = path
        self._local = threading.local()
        self._open: list[tuple[threading.Thread, Connection]] = []
        self._lock = threading.Lock()
        try:
            migrate(self._connection(), path, migrations)
        except sqlite3.Error as error:
            self.close()
            raise store_error(error, path) from error
        except StoreError:
            self.close()
            raise

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.path)
            self._local.connection = connection
            with self._lock:
                self._close_where(lambda thread: not thread.is_alive())
                self._open.append((threading.current_thread(), connection))
        return connection

    def _close_where(self, is_done: Callable[[threading.Thread], bool]) -> None:
        for thread, connection in self._open:
            if is_done(thread):
                connection.close()
        self._open = [(thread, connection) for thread, connection in self._open if not is_done(thread)]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """This thread's connection; SQLite's errors come out as `StoreError`."""
        try:
            yield self._connection()
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """This thread's connection in one transaction: committed at the end, rolled back on any exception."""
        with self.reading() as connection, transaction(connection):
            yield connection

    def close(self) -> None:
        """Close every thread's connection. No other thread may be using the database any more."""
        with self._lock:
            self._close_where(lambda _thread: True)
        self._local = threading.local()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def applied_migrations(connection: Connection) -> list[str]:
    """Names of the migrations the store has seen, in order; empty for a blank file."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone()
    if not found:
        return []
    return [row[0] for row in connection.execute("SELECT name FROM migrations ORDER BY position")]


def migrate(connection: Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Apply what the store hasn't seen yet, in one transaction: all or nothing. What was there is backed up first.

    Raises:
        StoreError: the store has seen a migration that isn't in `migrations`: it was written by a newer version.
        sqlite3.Error: a migration failed; the store stays as it was.
    """
    if not _pending(connection, path, migrations):
        return
    with transaction(connection):
        # Another program may have been faster while this one waited for the lock.
        pending = _pending(connection, path, migrations)
        if pending and applied_migrations(connection):
            _back_up(path, backup_path(path, pending[0]))
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (position INTEGER PRIMARY KEY, name TEXT UNIQUE)")
        for migration in pending:
            migration.apply(connection)
            connection.execute("INSERT INTO migrations (name) VALUES (?)", (migration.name,))


def _pending(connection: Connection, path: Path, migrations: Sequence[Migration]) -> list[Migration]:
    applied = applied_migrations(connection)
    refuse_newer(applied, path, migrations)
    return [migration for migration in migrations if migration.name not in applied]


def refuse_newer(applied: Sequence[str], path: Path, migrations: Sequence[Migration]) -> None:
    """Raise a StoreError where the store has seen a migration that isn't among these."""
    known = {migration.name for migration in migrations}
    unknown = [name for name in applied if name not in known]
    if unknown:
        raise StoreError(
            f"The answers' database {path} was written by a newer version of rehearse",
            why=f"it holds a change this version doesn't know ({unknown[0]})",
            next_step="Update rehearse, or choose another data folder with REHEARSE_HOME.",
        )


def backup_path(path: Path, migration: Migration) -> Path:
    """Where the copy goes that is made before `migration` touches the store at `path`."""
    return path.with_name(f"{path.stem}-before-{migration.name}{path.suffix}")


def _back_up(path: Path, target: Path) -> None:
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
