"""Reading what can still be read of a damaged SQLite file, row by row around the damage."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import Connection

from rehearse.history.pages import DEFAULT_PAGE

_FARTHEST = 2**40
"""Keys. Beyond this no row is looked for."""

_DERIVED = {"texts", "migrations"}
"""Tables that aren't copied: they are made again from the rest, and so is the search index."""


def open_damaged(damaged: Path, work: Path, make_whole: Callable[[Path], None]) -> Connection | None:
    """A connection to a copy of a damaged file, None where not even its tables can be found.

    The first page holds the list of tables. Where it is lost it is taken from an empty store: the same migrations put
    the same tables at the same pages, so the rest of the file mostly fits.

    Args:
        damaged: the file, with its write-ahead log beside it; neither is touched.
        work: an empty folder for copies.
        make_whole: makes an empty store at a path.
    """
    copy = _copied(damaged, work / "copy.db")
    if _has_tables(copy):
        return _open(copy)
    fresh = work / "fresh.db"
    make_whole(fresh)
    copy = _copied(damaged, work / "patched.db")
    _replace_first_page(copy, fresh)
    return _open(copy) if _has_tables(copy) else None


def _copied(damaged: Path, target: Path) -> Path:
    shutil.copyfile(damaged, target)
    # A file that ends within a page can't be read at all; the rest of that page may.
    size = target.stat().st_size
    with target.open("r+b") as file:
        file.truncate(-(-size // DEFAULT_PAGE) * DEFAULT_PAGE)
    log = damaged.with_name(damaged.name + "-wal")
    if log.exists():
        shutil.copyfile(log, target.with_name(target.name + "-wal"))
    return target


def _open(path: Path) -> Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    # With it SQLite also reads a file that is shorter than its header says.
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _has_tables(path: Path) -> bool:
    try:
        with closing(_open(path)) as connection:
            return bool(tables(connection))
    except sqlite3.Error:
        return False


def _replace_first_page(path: Path, fresh: Path) -> None:
    """Put the first page of `fresh` in place.

    The offsets are those of "The Database Header", sqlite.org/fileformat2.html.
    """
    page = bytearray(fresh.read_bytes()[: _page_size(fresh)])
    pages = path.stat().st_size // len(page)
    page[28:32] = pages.to_bytes(4, "big")  # size of the file
    page[92:96] = page[24:28]  # which is valid for this change counter
    page[32:40] = bytes(8)  # no free pages
    with path.open("r+b") as file:
        file.write(page)


def _page_size(path: Path) -> int:
    size = int.from_bytes(path.read_bytes()[16:18], "big")
    return 65_536 if size == 1 else size


def tables(connection: Connection) -> list[str]:
    """Names of the tables that hold what can't be made again."""
    names = (row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    return [name for name in names if name not in _DERIVED and not name.startswith(("answer_search", "sqlite_"))]


def copy_tables(source: Connection, target: Connection) -> None:
    """Copy every row that can be read into the tables of the same name, columns both have; none is replaced."""
    found = set(tables(source))
    for table in tables(target):
        if table not in found:
            continue
        with suppress(sqlite3.Error):  # a table whose columns can't be listed is lost
            known = _columns(source, table)
            shared = [column for column in _columns(target, table) if column in known]
            places = ", ".join("?" * len(shared))
            insert = f"INSERT OR IGNORE INTO {table} ({', '.join(shared)}) VALUES ({places})"
            for row in readable_rows(source, table, shared):
                with suppress(sqlite3.IntegrityError):  # a row that was read wrong
                    target.execute(insert, row)


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def readable_rows(source: Connection, table: str, columns: list[str]) -> Iterator[tuple[object, ...]]:
    """The rows of a table that can be read, in the order of their keys, unreadable ones left out.

    A table without row keys is read up to the first damage.
    """
    try:
        source.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.OperationalError:
        with suppress(sqlite3.Error):
            yield from source.execute(f"SELECT {', '.join(columns)} FROM {table}")
        return
    query = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid > ? ORDER BY rowid"

    def can_read_after(key: int) -> bool:
        try:
            source.execute(query + " LIMIT 1", [key]).fetchone()
        except sqlite3.Error:
            return False
        return True

    key = -1
    while True:
        try:
            for row in source.execute(query, [key]):
                key = row[0]
                yield row[1:]
        except sqlite3.Error:
            step = _first_step(lambda step, key=key: can_read_after(key + step))  # type: ignore[misc]  # no type for a default
            if step is None:
                return
            key += step
        else:
            return


def _first_step(can_read: Callable[[int], bool]) -> int | None:
    """The least number of keys to skip until rows can be read again, None if none can.

    Doubles, then halves: a damaged page holds neighbouring keys.
    """
    high = 1
    while not can_read(high):
        high *= 2
        if high > _FARTHEST:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if can_read(middle) else (middle, high)
    return high
