"""The SQLite file: connections, transactions, migrations, and errors in words."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection

from rehearse.claims import Claim, claim
from rehearse.errors import StoreError
from rehearse.files import real_place
from rehearse.history.backups import back_up, backup_path
from rehearse.history.migrations import MIGRATIONS, Migration, statements
from rehearse.history.read_only import ReadableStore, is_full
from rehearse.history.sqlite_errors import BUSY, cant_write, disk_full, store_error

__all__ = ["MIGRATIONS", "Database", "Migration", "backup_path", "connect", "statements", "store_error"]

BUSY_SECONDS = 5.0
"""How long a writer waits for another program that is writing."""

OVERWRITES = 1
"""The `user_version` of a store that never held anything deleted without overwriting it."""

_BUSY_STEP = 0.02
"""Seconds between two tries where SQLite itself doesn't wait."""

_MAKING = threading.Lock()
"""Held while a new file is made, so that no thread connects to it before its first descriptor is closed."""


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
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
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
            if error.sqlite_errorcode & 0xFF not in BUSY:
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
    with suppress(OSError):  # somebody else's: then it is read at most
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


def _share(path: Path) -> Claim:
    """Hold off a repair, which would set the file aside while it is in use; raises StoreError while one is going on."""
    shared = claim(path.parent, shared=True)
    if shared is None:
        raise StoreError(
            f"The answers' database {path} is being repaired",
            why="`rehearse doctor --repair` is at work",
            next_step="Try again in a moment.",
        )
    return shared


class Database:
    """One SQLite file, migrated on construction, safe to use from any thread.

    Every thread gets a connection of its own, so a long read in one never holds up another (WAL); writers take turns.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS, *, alone: bool = False) -> None:
        """Open or make the file and bring its schema up to date; an existing one is backed up first.

        Args:
            path: the file.
            migrations: the schema.
            alone: a repair has claimed the folder for this.

        Raises:
            StoreError: written by a newer version, damaged, busy, or out of reach.
        """
        path = real_place(path)  # where it is a link, the copies and logs of it belong beside what it points at
        self.path = path
        self._local = threading.local()
        self._open: list[tuple[threading.Thread, Connection]] = []
        self._lock = threading.Lock()
        self._migrations = migrations
        self._readable: ReadableStore | None = None
        self.read_only = ""
        """Why nothing can be written; "" where all is well."""
        self._claim = Claim(None) if alone else _share(path)
        try:
            self._open_or_read()
        except sqlite3.Error as error:
            self.close()
            raise store_error(error, path) from error
        except StoreError:
            self.close()
            raise

    def _open_or_read(self) -> None:
        """Open the file; where it can't be written to, for reading."""
        try:
            migrate(self._connection(), self.path, self._migrations)
            self.checkpoint()
        except (sqlite3.Error, StoreError) as error:
            if isinstance(error, sqlite3.Error) and not cant_write(error):
                raise
            if isinstance(error, StoreError) and (not isinstance(error.__cause__, OSError) or not self.path.is_file()):
                raise
            self._forget_connections()
            try:
                self._readable = ReadableStore(self.path)
                behind = _pending(self._connection(), self.path, self._migrations)
            except (sqlite3.Error, OSError):
                behind = list(self._migrations)
            if behind:
                raise
            full = is_full(self.path.parent)
            self.read_only = "the disk is full" if full else f"{self.path.parent} can't be written to"

    def _want_to_write(self) -> None:
        """Open the file anew if it could only be read so far: there may be room now. Raises StoreError if not."""
        with self._lock:
            if not self.read_only:
                return
            try:
                connection = connect(self.path)
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except (sqlite3.Error, StoreError) as error:
                if is_full(self.path.parent):
                    raise disk_full(self.path) from error
                raise StoreError(
                    f"Nothing can be changed in {self.path.parent}",
                    why="the folder can't be written to",
                    next_step="Change its rights, or choose another with REHEARSE_HOME.",
                ) from error
            connection.close()
            self.read_only, self._readable = "", None
            self._local = threading.local()  # other threads finish what they read

    def _forget_connections(self) -> None:
        with self._lock:
            self._close_where(lambda _thread: True)
        self._local = threading.local()

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._readable.connect() if self._readable else connect(self.path)
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
        self._want_to_write()
        with self.reading() as connection, transaction(connection):
            yield connection

    def scrub(self) -> None:
        """Leave nothing of what was deleted: in the search index, in free pages of older versions, in the log."""
        with self.writing() as connection:
            # Words of deleted answers stay in the index until its parts are merged.
            connection.execute("INSERT INTO answer_search (answer_search) VALUES ('optimize')")
        with self.reading() as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] < OVERWRITES:
                connection.execute("VACUUM")
                connection.execute(f"PRAGMA user_version = {OVERWRITES}")
        self.checkpoint()

    def checkpoint(self) -> None:
        """Move what the write-ahead log holds into the file itself, so that losing the log loses nothing.

        What can't be done now, because somebody is reading or there is no room, is done another time.
        """
        with suppress(sqlite3.Error):
            if self.read_only:
                return
            connection = self._connection()
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")

    def close(self) -> None:
        """Close every thread's connection. No other thread may be using the database any more."""
        self._forget_connections()
        if self._readable is not None:
            self._readable.close()
        self._claim.release()

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
            back_up(path, backup_path(path, pending[0]))
        if not applied_migrations(connection):
            connection.execute(f"PRAGMA user_version = {OVERWRITES}")
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
