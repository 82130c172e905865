"""The store of interviews and drills: which answers belong together, and how far they are."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Any

from rehearse.domain.answer import Answer, AnswerStatus
from rehearse.domain.series import Series, SeriesKind
from rehearse.errors import InputError, StoreError
from rehearse.history import records
from rehearse.history.answers import AnswerStore, random_suffix
from rehearse.history.records import time_text


class SeriesStore:
    """In the answers' database. Safe to use from any thread.

    Every method raises `StoreError` where the database fails, and `InputError` for an id that isn't there.
    """

    def __init__(self, answers: AnswerStore) -> None:
        """Beside the answers of that store."""
        self._answers = answers
        self._database = answers.database

    def begin(self, kind: SeriesKind, record: Mapping[str, Any], now: datetime) -> Series:
        """Keep a new one; `now` is UTC."""
        moment = now.astimezone(UTC)
        series = Series(f"{moment:%Y%m%dT%H%M%S%f}-{random_suffix()}", kind, moment, None, dict(record))
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO series (id, kind, begun_at, record) VALUES (?, ?, ?, ?)",
                [series.id, kind.value, time_text(moment), json.dumps(dict(record))],
            )
        return series

    def keep(self, series_id: str, record: Mapping[str, Any], ended_at: datetime | None = None) -> None:
        """Replace what is kept of it; `ended_at` (UTC) says that it is over, None that it goes on."""
        with self._database.writing() as connection:
            changed = connection.execute(
                "UPDATE series SET record = ?, ended_at = ? WHERE id = ?",
                [json.dumps(dict(record)), time_text(ended_at) if ended_at else None, series_id],
            )
            if not changed.rowcount:
                raise _unknown(series_id)

    def get(self, series_id: str) -> Series:
        """One of them."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT * FROM series WHERE id = ?", [series_id]).fetchone()
        if row is None:
            raise _unknown(series_id)
        return _series(row)

    def of_kind(self, kind: SeriesKind, *, unfinished: bool = False, limit: int | None = None) -> list[Series]:
        """Those of a kind, the newest first; `unfinished` leaves out what is over."""
        condition = "AND ended_at IS NULL" if unfinished else ""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT * FROM series WHERE kind = ? {condition} ORDER BY begun_at DESC LIMIT ?",
                [kind.value, -1 if limit is None else limit],
            ).fetchall()
        readable: list[Series] = []
        for row in rows:
            with suppress(StoreError):  # one damaged record isn't in the way of the others
                readable.append(_series(row))
        return readable

    def kinds(self) -> dict[str, SeriesKind]:
        """The kind of every one, by its id; kinds of a newer version are left out."""
        known = {kind.value: kind for kind in SeriesKind}
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, kind FROM series").fetchall()
        return {row["id"]: known[row["kind"]] for row in rows if row["kind"] in known}

    def answers(self, series_id: str) -> list[Answer]:
        """Its finished answers, oldest first; those in the trash are left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM answers JOIN details USING (key) WHERE series_id = ? AND status = ? ORDER BY created_at",
                [series_id, AnswerStatus.FINISHED.value],
            ).fetchall()
            return [records.answer(row, self._answers.recordings) for row in rows]

    def delete(self, series_id: str) -> None:
        """Forget it; its answers stay, each on its own."""
        with self._database.writing() as connection:
            connection.execute("UPDATE answers SET series_id = NULL WHERE series_id = ?", [series_id])
            if not connection.execute("DELETE FROM series WHERE id = ?", [series_id]).rowcount:
                raise _unknown(series_id)


def _unknown(series_id: str) -> InputError:
    return InputError(
        f"There is no interview or drill {series_id}", next_step="`rehearse interview --list` shows them."
    )


def _series(row: Row) -> Series:
    try:
        return Series(
            row["id"],
            SeriesKind(row["kind"]),
            datetime.fromisoformat(row["begun_at"]),
            datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None,
            dict(json.loads(row["record"])),
        )
    except records.UNREADABLE as error:
        raise StoreError(
            f"The record of the interview or drill {row['id']} can't be read",
            why=f"it is damaged ({error})",
            next_step="Its answers are whole: the history lists them.",
        ) from error
