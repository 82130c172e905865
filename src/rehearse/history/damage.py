"""What is wrong inside a store: pages, missing tables, records that can't be read."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection

from rehearse.errors import StoreError
from rehearse.history import records
from rehearse.history.database import (
    MIGRATIONS,
    Migration,
    applied_migrations,
    refuse_newer,
)
from rehearse.history.read_only import ReadableStore, is_full
from rehearse.history.sqlite_errors import cant_write, is_damaged, store_error

_JSON_COLUMNS = ("transcript", "coverage", "delivery", "speech", "corrections", "excused", "settings", "opinions")


def find_damage(database: Path, migrations: Sequence[Migration] = MIGRATIONS, *, every_record: bool = True) -> str:
    """What is wrong with a store, for people; "" where nothing is. Nothing is changed.

    Args:
        database: an existing file.
        migrations: the schema.
        every_record: read every answer whole, which takes a while with thousands; else only see that its columns hold
            JSON.

    Raises:
        StoreError: written by a newer version, busy, or out of reach.
    """
    try:
        with _opened(database) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if found != "ok":
                return found
            if wrong := _write_damage(connection, database):
                return wrong
            applied = applied_migrations(connection)
            refuse_newer(applied, database, migrations)
            if wrong := _schema_damage(connection, applied, migrations):
                return wrong
            number = _unreadable(connection, whole=every_record) if applied else 0
            return f"{number} of its answers can't be read" if number else ""
    except sqlite3.Error as error:
        if is_damaged(error):
            return str(error)
        raise store_error(error, database) from error


@contextmanager
def _opened(database: Path) -> Iterator[Connection]:
    """A connection; to what can be read where nothing can be written, not even what SQLite wants beside the file."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.row_factory = sqlite3.Row
    readable = None
    try:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            if not cant_write(error):
                raise
            connection.close()
            readable = ReadableStore(database)
            connection = readable.connect()
        yield connection
    finally:
        connection.close()
        if readable is not None:
            readable.close()


def _write_damage(connection: Connection, database: Path) -> str:
    """A header that calls the file read-only, although the system lets it be written to."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("PRAGMA user_version = 0")  # writes, and is taken back
        finally:
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        may_write = os.access(database, os.W_OK) and os.access(database.parent, os.W_OK)
        may_write &= not is_full(database.parent)
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY and may_write:
            return "its header says that it can't be written to"
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
    return ""


def schema_parts(connection: Connection) -> set[str]:
    """Names of all tables, indexes and triggers, and of the tables' columns: `details.opinions`."""
    rows = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    tables = [row[1] for row in rows if row[0] == "table"]
    columns = {f"{table}.{row[1]}" for table in tables for row in connection.execute(f"PRAGMA table_info({table})")}
    return {row[1] for row in rows} | columns


def parts_by_migration(migrations: Sequence[Migration]) -> dict[str, set[str]]:
    """The tables, columns, indexes and triggers that each migration makes, by its name."""
    made: dict[str, set[str]] = {}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for migration in migrations:
            before = schema_parts(fresh)
            migration.apply(fresh)
            made[migration.name] = schema_parts(fresh) - before
    return made


def _schema_damage(connection: Connection, applied: Sequence[str], migrations: Sequence[Migration]) -> str:
    """What a store whose pages are whole lacks of the schema it says it has, or has without saying so."""
    there, made = schema_parts(connection), parts_by_migration(migrations)
    missing = set().union(*(parts for name, parts in made.items() if name in applied)) - there
    if missing:
        return f"{_listed(missing)} missing"
    forgotten = set().union(*(parts for name, parts in made.items() if name not in applied)) & there
    return f"its list of migrations doesn't know of {_listed(forgotten)}" if forgotten else ""


def _listed(names: set[str]) -> str:
    """The first few; of a table its columns, indexes, triggers and parts are passed over."""
    bare = sorted(name for name in names if not any(name.startswith((f"{other}_", f"{other}.")) for other in names))
    return ", ".join(bare[:4]) + (f" and {len(bare) - 4} more" if len(bare) > 4 else "")


def _unreadable(connection: Connection, *, whole: bool) -> int:
    """How many answers can't be read."""
    if not whole:
        there = schema_parts(connection)  # an older store lacks what was added since
        columns = [column for column in _JSON_COLUMNS if f"details.{column}" in there]
        holds_json = " AND ".join(f"coalesce(json_valid({column}), 0)" for column in columns)
        bad = connection.execute(f"SELECT count(*) FROM answers LEFT JOIN details USING (key) WHERE NOT ({holds_json})")
        return int(bad.fetchone()[0])
    return sum(not _readable(row) for row in connection.execute("SELECT * FROM answers LEFT JOIN details USING (key)"))


def _readable(row: sqlite3.Row) -> bool:
    try:
        records.answer(row, Path())
    except StoreError:
        return False
    return True
