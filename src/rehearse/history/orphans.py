"""Rows of our tables among the records of a damaged file: known by their shape, as their tables can't be found."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from rehearse.history.pages import Found, PageFile, Value

_AFFINITIES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "TEXT": (str,), "REAL": (float, int), "BLOB": (bytes,)}
_LOOKS_LIKE_ANOTHER = "migrations"
"""Known only so that its rows aren't taken for those of a table with further columns."""

_ID = re.compile(r"\d{8}T\d{12}-\w+")


@dataclass(frozen=True)
class _Column:
    name: str
    types: tuple[type, ...]
    may_be_null: bool
    may_be_missing: bool
    """It was added later: older rows end before it."""

    def takes(self, value: Value) -> bool:
        return self.may_be_null if value is None else isinstance(value, self.types)


@dataclass(frozen=True)
class _Shape:
    """What a row of a table looks like in the file."""

    table: str
    columns: tuple[_Column, ...]
    """In the order in which the file holds them."""
    key: int | None
    """The column that is the row key, and stands in the record as NULL."""
    has_rowid: bool

    def fits(self, found: Found) -> bool:
        values = found.values
        if self.has_rowid != (found.rowid is not None) or len(values) > len(self.columns):
            return False
        if not all(column.may_be_missing for column in self.columns[len(values) :]):
            return False
        taken = zip(self.columns, values, strict=False)
        return all(
            value is None if index == self.key else column.takes(value) for index, (column, value) in enumerate(taken)
        )


def copy_orphans(damaged: Path, target: Connection, tables: Iterable[str]) -> None:
    """Put every row of these tables that is found anywhere in a damaged file into `target`; none is replaced.

    Args:
        damaged: the file, with its write-ahead log beside it.
        target: a store with the same tables, in a transaction.
        tables: which of them.
    """
    wanted = set(tables)
    shapes = [_shape(target, table) for table in (*wanted, _LOOKS_LIKE_ANOTHER)]
    index = _Index()
    with suppress(OSError):
        for found in PageFile(damaged).records():
            index.note(found)
            fitting = [shape for shape in shapes if shape.fits(found)]
            likeliest = max(fitting, key=lambda shape: len(shape.columns) == len(found.values), default=None)
            if likeliest is not None and likeliest.table in wanted:
                _insert(target, likeliest, found)
    index.stand_in_for_lost_rows(target)


def _shape(connection: Connection, table: str) -> _Shape:
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    columns, keys = [], sorted((row[5], index) for index, row in enumerate(rows) if row[5])
    for _, name, declared, not_null, default, key in rows:
        types = _AFFINITIES.get(declared.upper(), (int, float, str, bytes))
        columns.append(_Column(name, types, not (not_null or key), not key and (not not_null or default is not None)))
    try:
        connection.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.OperationalError:
        order = [index for _, index in keys] + [index for index, row in enumerate(rows) if not row[5]]
        return _Shape(table, tuple(columns[index] for index in order), None, has_rowid=False)
    alone = len(keys) == 1 and rows[keys[0][1]][2].upper() == "INTEGER"
    return _Shape(table, tuple(columns), keys[0][1] if alone else None, has_rowid=True)


def _insert(target: Connection, shape: _Shape, found: Found) -> None:
    values = [found.rowid if index == shape.key else value for index, value in enumerate(found.values)]
    names = ", ".join(column.name for column in shape.columns[: len(values)])
    places = ", ".join("?" * len(values))
    with suppress(sqlite3.Error):
        target.execute(f"INSERT OR IGNORE INTO {shape.table} ({names}) VALUES ({places})", values)


class _Index:
    """What the indexes still know of answers whose own rows are lost: their ids, scenarios and dates."""

    def __init__(self) -> None:
        self._ids: dict[int, str] = {}
        self._scenarios: dict[int, tuple[str, str, str]] = {}

    def note(self, found: Found) -> None:
        """Remember an entry of one of the two indexes that tell them."""
        match found:
            case Found(None, (str(answer_id), int(key))) if _ID.fullmatch(answer_id):
                self._ids[key] = answer_id
            case Found(None, (str(guide), str(scenario), str(created_at), int(key))):
                self._scenarios[key] = (guide, scenario, created_at)
            case _:
                pass

    def stand_in_for_lost_rows(self, target: Connection) -> None:
        """A row for every answer of which the words are there and the row is not."""
        with suppress(sqlite3.Error):
            lost = target.execute("SELECT key FROM details WHERE key NOT IN (SELECT key FROM answers)").fetchall()
            for (key,) in lost:
                answer_id = self._ids.get(key)
                guide, scenario, created_at = self._scenarios.get(key, ("", "", ""))
                if answer_id is not None:
                    target.execute(
                        "INSERT OR IGNORE INTO answers (key, id, guide_id, scenario_id, question, created_at, source, "
                        "mode, status, recording) VALUES (?, ?, ?, ?, '', ?, '', '', 'finished', ?)",
                        [key, answer_id, guide, scenario, created_at, f"{answer_id}.wav"],
                    )
