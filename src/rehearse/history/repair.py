"""A damaged store set aside and recovered, and recordings without an answer found again."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rehearse.claims import Claim, claim
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.transcript import Transcript
from rehearse.domain.wording import counted
from rehearse.errors import StoreError
from rehearse.files import real_place
from rehearse.history import records
from rehearse.history.damage import find_damage, parts_by_migration, schema_parts
from rehearse.history.database import (
    MIGRATIONS,
    Database,
    Migration,
    applied_migrations,
    transaction,
)
from rehearse.history.orphans import copy_orphans
from rehearse.history.partial import answer_in_part, mark_rows
from rehearse.history.salvage import copy_tables, open_damaged, tables
from rehearse.history.unattached import count_missing, unattached

UNKNOWN = ""
"""Guide, scenario and question of an answer of which only the recording was found."""


@dataclass(frozen=True)
class RepairReport:
    """What a repair found and did; as text, one sentence a line."""

    set_aside: Path | None = None
    """Where the damaged store was moved; None where the store was whole."""
    answers_kept: int = 0
    """Answers in the store now."""
    answers_in_part: int = 0
    """Those of them whose words were kept and of which something else was lost."""
    answers_stripped: int = 0
    """Answers whose words were lost and whose recording is left: to be transcribed again."""
    answers_lost: int = 0
    """Answers that could be seen but not read, and have no recording."""
    recordings_attached: int = 0
    """Sound files that belonged to no answer and now have one, unfinished."""
    recordings_missing: int = 0
    """Answers whose sound file is gone."""

    def __str__(self) -> str:
        """For the terminal."""
        lines = []
        if self.set_aside is None:
            lines.append(f"The store is whole; it holds {counted(self.answers_kept, 'answer')}.")
        else:
            lines.append(f"The store was damaged and was set aside as {self.set_aside}.")
            lines.append(f"Recovered {counted(self.answers_kept, 'answer')} into a fresh one.")
        again = "transcribe them again from the home screen"
        if self.answers_in_part:
            said = "the words stay; what couldn't be read of the rest (quotes, figures) is left out"
            lines.append(f"{counted(self.answers_in_part, 'answer')} could be read only in part: {said}.")
        if self.answers_stripped:
            lines.append(f"{counted(self.answers_stripped, 'answer')} lost the words but not the sound: {again}.")
        if self.answers_lost:
            lines.append(f"{counted(self.answers_lost, 'answer')} couldn't be read.")
        if self.recordings_attached:
            lines.append(f"Found {counted(self.recordings_attached, 'recording')} without an answer: {again}.")
        if self.recordings_missing:
            lines.append(f"{counted(self.recordings_missing, 'recording')} that belonged to answers can't be found.")
        return "\n".join(lines)


def repair(
    database: Path,
    recordings: Path,
    *,
    now: datetime | None = None,
    migrations: Sequence[Migration] = MIGRATIONS,
    tell: Callable[[str], None] = lambda _: None,
) -> RepairReport:
    """Make the store whole and find the recordings again. No other program may be using the store.

    A damaged store is renamed and never deleted; what can be read of it goes into a fresh one. Recordings that belong
    to no answer become unfinished answers, to be transcribed.

    Args:
        database: the store; made if it isn't there.
        recordings: the folder of the sound files.
        now: for the name of what is set aside; the present by default.
        migrations: the schema.
        tell: hears which step begins; with thousands of answers some take seconds.

    Raises:
        StoreError: written by a newer version, busy, or out of reach.
    """
    set_aside, database = None, real_place(database)
    if database.exists():
        tell("Looking for damage")
        if find_damage(database, migrations):
            tell("Recovering what can be read")
            alone = _alone(database)
            try:
                set_aside = _set_aside(database, now or datetime.now(UTC))
                _recover(set_aside, database, migrations)
            finally:
                alone.release()
        else:
            tell("Checking the search index")
            _mend_index(database)
    tell("Looking for recordings")
    with Database(database, migrations) as store, store.writing() as connection:
        sorted_out = _sort_out(connection, recordings) if set_aside else _SortedOut()
        attached = _attach(connection, recordings)
        missing = count_missing(connection, recordings)
        kept = int(connection.execute("SELECT count(*) FROM answers").fetchone()[0]) - attached.new
    return RepairReport(
        set_aside,
        kept - sorted_out.stripped,
        sorted_out.in_part,
        sorted_out.stripped,
        sorted_out.lost,
        attached.new + attached.again,
        missing,
    )


def _mend_index(database: Path) -> None:
    """Make a search index anew that doesn't fit its texts."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        if not applied_migrations(connection):
            return
        try:
            connection.execute("INSERT INTO answer_search (answer_search, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            connection.execute("INSERT INTO answer_search (answer_search) VALUES ('rebuild')")


def _alone(database: Path) -> Claim:
    """The whole folder, for this repair; raises StoreError where another program has the store open.

    What it wrote after the store was set aside would be lost.
    """
    alone = claim(database.parent)
    if alone is None:
        raise _in_use(database)
    return alone


def _in_use(database: Path) -> StoreError:
    return StoreError(
        f"The answers' database {database} can't be repaired now",
        why="another rehearse has it open",
        next_step="Close the other rehearse and run this again.",
    )


def _set_aside(database: Path, now: datetime) -> Path:
    """Rename the store and its write-ahead log; returns the new place."""
    target = database.with_name(f"{database.stem}-damaged-{now:%Y%m%dT%H%M%S}{database.suffix}")
    try:
        database.rename(target)
    except PermissionError as error:  # an open file, where the system says so itself
        raise _in_use(database) from error
    for end in ("-wal", "-shm"):
        beside = database.with_name(database.name + end)
        if beside.exists():
            beside.rename(target.with_name(target.name + end))
    return target


def _recover(damaged: Path, database: Path, migrations: Sequence[Migration]) -> None:
    """Make a fresh store of the damaged one's schema and copy what can be read: first row by row through SQLite, then
    page by page what it didn't find.
    """

    def make_whole(path: Path) -> None:
        Database(path, migrations, alone=True).close()

    with TemporaryDirectory(dir=database.parent) as work:
        source = open_damaged(damaged, Path(work), make_whole)
        if source is not None:
            with suppress(sqlite3.Error):
                migrations = _seen(source, migrations) or migrations
        with (
            closing(source) if source else nullcontext(),
            Database(database, migrations, alone=True) as fresh,
            fresh.reading() as connection,
        ):
            connection.execute("PRAGMA foreign_keys = OFF")
            with transaction(connection):
                if source is not None:
                    copy_tables(source, connection)
                copy_orphans(damaged, connection, [*tables(connection), "texts"])


def _seen(source: Connection, migrations: Sequence[Migration]) -> list[Migration]:
    """The migrations that a store has recorded, and those whose tables it has all the same."""
    applied, there, made = applied_migrations(source), schema_parts(source), parts_by_migration(migrations)
    return [one for one in migrations if one.name in applied or made[one.name] & there]


class _SortedOut(NamedTuple):
    """How many answers came through with losses."""

    in_part: int = 0
    stripped: int = 0
    lost: int = 0


def _sort_out(connection: Connection, recordings: Path) -> _SortedOut:
    """Write marks and search texts anew; keep of answers that can't be read what can be."""
    in_part = stripped = 0
    lost = connection.execute("DELETE FROM details WHERE key NOT IN (SELECT key FROM answers)").rowcount
    for table in ("marks", "texts"):
        connection.execute(f"DELETE FROM {table} WHERE key NOT IN (SELECT key FROM answers)")
    texts = dict(connection.execute("SELECT key, transcript FROM texts WHERE transcript != ''").fetchall())
    for row in connection.execute("SELECT * FROM answers LEFT JOIN details USING (key)").fetchall():
        try:
            records.write(connection, records.answer(row, recordings), recordings)
            continue
        except StoreError:
            kept = answer_in_part(row, mark_rows(connection, row["key"]), recordings)
            connection.execute("DELETE FROM answers WHERE key = ?", [row["key"]])
        sound = recordings / row["recording"] if row["recording"] else None
        if kept is not None:
            records.write(connection, kept, recordings)
            in_part += 1
        elif sound is not None and sound.is_file():
            records.write(connection, _stripped(row, sound), recordings)
            stripped += 1
        elif row["key"] in texts:
            records.write(connection, _told(row, texts[row["key"]]), recordings)
            in_part += 1
        else:
            lost += 1
    return _SortedOut(in_part, stripped, lost)


def _stripped(row: sqlite3.Row, sound: Path) -> Answer:
    """The answer of a row whose words are lost, to be transcribed again."""
    return Answer(
        id=row["id"],
        guide_id=row["guide_id"],
        scenario_id=row["scenario_id"],
        question=row["question"],
        created_at=_time_of(row["id"], sound),
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        follow_up_of=row["follow_up_of"],
        follow_up_section=row["follow_up_section"],
        series_id=records.later_column(row, "series_id"),
        recording=sound,
        notes=row["notes"],
        starred=bool(row["starred"]),
    )


def _told(row: sqlite3.Row, said: str) -> Answer:
    """The answer of a row whose record and sound are lost, from the words that the search knows."""
    return replace(
        _stripped(row, Path()), status=AnswerStatus.FINISHED, transcript=Transcript.typed(said), recording=None
    )


class _Attached(NamedTuple):
    again: int
    """Recordings given back to their answers."""
    new: int
    """Recordings that became answers of their own."""


def _attach(connection: Connection, recordings: Path) -> _Attached:
    """Give every sound file in the folder an answer: the one of its name, or a new one."""
    again = new = 0
    answers = {row["id"] for row in connection.execute("SELECT id FROM answers")}
    for sound in unattached(connection, recordings):
        if sound.stem in answers:
            connection.execute("UPDATE answers SET recording = ? WHERE id = ?", [sound.name, sound.stem])
            again += 1
        else:
            records.write(connection, _found(sound), recordings)
            new += 1
    return _Attached(again, new)


def _found(sound: Path) -> Answer:
    """An unfinished answer around a recording of which nothing else is known."""
    return Answer(
        id=sound.stem,
        guide_id=UNKNOWN,
        scenario_id=UNKNOWN,
        question=UNKNOWN,
        created_at=_time_of(sound.stem, sound),
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        recording=sound,
    )


def _time_of(answer_id: str, sound: Path) -> datetime:
    """When the answer was begun: from its id, or when its file was last written."""
    try:
        return datetime.strptime(answer_id.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(sound.stat().st_mtime, UTC)
