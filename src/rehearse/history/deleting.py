"""Deleting for good: which answers go, and what of them lies outside the database."""

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection

from rehearse.claims import is_claimed
from rehearse.domain.answer import AnswerStatus
from rehearse.errors import DiskFullError, StoreError
from rehearse.history.backups import delete_copies_with
from rehearse.history.database import Database

_QUOTED = re.compile(r"“.*”", re.DOTALL)
"""From the first to the last, for what is quoted may hold quotes itself."""


def delete_for_good(database: Database, recordings: Path, named: Collection[str] | None, *, whatever: bool) -> int:
    """Delete answers and all that tells of them; returns how many. The arguments are those of `AnswerStore.purge`.

    Raises:
        StoreError: the database can't be written to; on a full disk only where no sound was there to make room.
    """
    try:
        return _delete(database, recordings, named, whatever=whatever)
    except DiskFullError:
        with database.reading() as connection:
            going = doomed(connection, recordings, named, whatever=whatever)
        if not any(going.values()):
            raise
        delete_sound(going.values(), recordings)  # makes the room that the rest needs
        return _delete(database, recordings, named, whatever=whatever)


def _delete(database: Database, recordings: Path, named: Collection[str] | None, *, whatever: bool) -> int:
    with database.writing() as connection:
        going = doomed(connection, recordings, named, whatever=whatever)
        known_by = tell_tales(connection, going)
        # The files first: a crash in between must not leave sound that a repair would find again.
        delete_sound(going.values(), recordings)
        _unquote(connection, going)
        connection.executemany("DELETE FROM answers WHERE key = ?", [(key,) for key in going])
    if going:
        delete_copies_with(database.path, known_by)
        with suppress(StoreError):  # busy or full; the next deletion does it
            database.scrub()
    return len(going)


def _unquote(connection: Connection, keys: Iterable[int]) -> None:
    """Take their words out of the follow-up questions that quote them: nothing of a deleted answer stays.

    An interview's later question may also quote what was said to an earlier follow-up; it is left alone if it doesn't.
    """
    for key in keys:
        asked = connection.execute(
            "SELECT later.key, later.question, later.follow_up_of = first.id AS certain, texts.transcript AS said "
            "FROM answers AS first JOIN answers AS later ON later.follow_up_of = first.id OR ("
            "later.follow_up_of = first.follow_up_of AND later.series_id = first.series_id AND later.key <> first.key) "
            "LEFT JOIN texts ON texts.key = first.key WHERE first.key = ?",
            [key],
        ).fetchall()
        connection.executemany(
            "UPDATE answers SET question = ? WHERE key = ?",
            [
                (_QUOTED.sub("“…”", row["question"]), row["key"])
                for row in asked
                if row["certain"] or _quotes(row["question"], row["said"] or "")
            ],
        )


def _quotes(question: str, said: str) -> bool:
    """A question's quote is from what was said."""
    found = _QUOTED.search(question)
    return found is not None and f" {_words(found[0])} " in f" {_words(said)} "


def _words(text: str) -> str:
    """The words alone: a quote is stripped of signs, and cut."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def doomed(
    connection: Connection, recordings: Path, named: Collection[str] | None, *, whatever: bool
) -> dict[int, Path | None]:
    """The sound files of the answers to delete, by the answers' keys; those somebody works on are left out.

    Args:
        connection: the store.
        recordings: the folder of the sound files.
        named: ids; None: all in the trash.
        whatever: those named may also be elsewhere than in the trash.
    """
    rows = connection.execute("SELECT key, id, status, recording FROM answers").fetchall()
    wanted = [
        row
        for row in rows
        if (named is None or row["id"] in named)
        and (row["status"] == AnswerStatus.DISCARDED.value or (whatever and named is not None))
    ]
    paths = {row["key"]: recordings / row["recording"] if row["recording"] else None for row in wanted}
    return {key: path for key, path in paths.items() if path is None or not is_claimed(path)}


def tell_tales(connection: Connection, keys: Iterable[int]) -> list[str]:
    """Ids and first words of answers, by which copies of the store that hold them are known."""
    told: list[str] = []
    for key in keys:
        query = "SELECT id, transcript, texts.notes FROM answers LEFT JOIN texts USING (key) WHERE key = ?"
        told += [text for text in connection.execute(query, [key]).fetchone() if text]
    return told


def delete_sound(paths: Iterable[Path | None], recordings: Path) -> None:
    """Delete sound files of ours; those elsewhere belong to the user."""
    for path in paths:
        if path is not None and path.is_relative_to(recordings):
            path.unlink(missing_ok=True)
