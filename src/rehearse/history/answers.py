"""The store of answers: begun while speaking, completed at the end, listed, searched, corrected, thrown away."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from threading import Event

from rehearse.claims import is_claimed
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Correction, Coverage
from rehearse.domain.delivery import Delivery
from rehearse.domain.opinions import Opinion, with_opinion, without_opinion
from rehearse.domain.transcript import Transcript
from rehearse.errors import Cancelled, InputError
from rehearse.history import records, search
from rehearse.history.attempts import Attempt, read_attempts
from rehearse.history.database import Database
from rehearse.history.deleting import delete_for_good
from rehearse.history.exact_terms import Spans
from rehearse.history.listing import WHOLE, AnswerFilter, Sort, order, where
from rehearse.history.records import SUMMARY_COLUMNS, AnswerSummary
from rehearse.history.retention import AudioPolicy, StaleRecording, forget_recordings, stale_recordings
from rehearse.history.same_file import copies
from rehearse.history.search import Hit
from rehearse.history.unattached import count_missing, unattached

__all__ = ["AnswerFilter", "AnswerStore", "AnswerSummary", "Attempt", "Hit", "Sort", "Spans", "StaleRecording"]

EVERYTHING_FINISHED = AnswerFilter()
SEARCH_LIMIT = 50
"""Hits that a search gives at first: every excerpt has to be cut out of its answer."""


def random_suffix() -> str:
    """Six hexadecimal digits: two answers begun in the same microsecond still differ."""
    return secrets.token_hex(3)


def in_work(answer: Answer) -> bool:
    """It is being recorded or transcribed just now, here or in another rehearse."""
    return answer.recording is not None and is_claimed(answer.recording)


class AnswerStore:
    """All answers in one database and a folder of recordings. Safe to use from any thread, see `Database`.

    Every method raises `StoreError` where the database fails, and `InputError` for an id that isn't there.
    """

    def __init__(
        self, database: Path | Database, recordings: Path, *, suffix: Callable[[], str] = random_suffix
    ) -> None:
        """Open and migrate the database (made if it isn't there).

        Args:
            database: the file, or a `Database` shared with other stores.
            recordings: the folder of the sound files.
            suffix: the random end of new ids.

        Raises:
            StoreError: written by a newer version, damaged, busy, or out of reach.
        """
        self.database = database if isinstance(database, Database) else Database(database)
        self.recordings = recordings
        self._suffix = suffix

    @property
    def read_only(self) -> str:
        """Why nothing can be written; "" where all is well."""
        return self.database.read_only

    def close(self) -> None:
        """Close the database. No other thread may be using it any more."""
        self.database.close()

    def draft(
        self,
        *,
        guide_id: str,
        scenario_id: str,
        question: str,
        source: Source,
        mode: Mode,
        settings: Mapping[str, str | int | float | bool | None],
        now: datetime,
        follow_up_of: str | None = None,
        follow_up_section: str | None = None,
        series_id: str | None = None,
    ) -> Answer:
        """A new answer that isn't kept yet; its recording is to be written to `answer.recording`, if it has one."""
        moment = now.astimezone(UTC)
        answer_id = f"{moment:%Y%m%dT%H%M%S%f}-{self._suffix()}"
        return Answer(
            id=answer_id,
            guide_id=guide_id,
            scenario_id=scenario_id,
            question=question,
            created_at=moment,
            source=source,
            mode=mode,
            settings=dict(settings),
            follow_up_of=follow_up_of,
            follow_up_section=follow_up_section,
            series_id=series_id,
            recording=None if source is Source.TYPED else self.recordings / f"{answer_id}.wav",
        )

    def complete(self, answer: Answer, *, cancelled: Event | None = None) -> Answer:
        """Keep everything of a finished answer in one transaction; returns it with the status it now has.

        Raises Cancelled, and keeps nothing, if `cancelled` was set before all was written: others may hold that up.
        """
        finished = replace(answer, status=AnswerStatus.FINISHED)
        with self.database.writing() as connection:
            records.write(connection, finished, self.recordings)
            if cancelled is not None and cancelled.is_set():
                raise Cancelled("Keeping the answer was called off")
        self.database.checkpoint()
        return finished

    def save(self, answer: Answer) -> None:
        """Keep an answer as it stands, replacing what was kept under its id."""
        with self.database.writing() as connection:
            records.write(connection, answer, self.recordings)

    def get(self, answer_id: str) -> Answer:
        """One answer, whole."""
        with self.database.reading() as connection:
            return self._read(connection, answer_id)

    def unfinished(self) -> list[Answer]:
        """Answers begun and never completed, oldest first: being given just now, or left over from a crash."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM answers JOIN details USING (key) WHERE status = ? ORDER BY created_at",
                [AnswerStatus.RECORDING.value],
            ).fetchall()
            return [records.answer(row, self.recordings) for row in rows]

    def cut_off(self) -> list[Answer]:
        """The unfinished answers that nobody works on any more, oldest first."""
        return [answer for answer in self.unfinished() if not in_work(answer)]

    def unattached(self) -> list[Path]:
        """Sound files without an answer: what a lost database leaves; `repair` makes answers of them."""
        with self.database.reading() as connection:
            return unattached(connection, self.recordings)

    def count_missing(self) -> int:
        """How many answers have lost their sound file."""
        with self.database.reading() as connection:
            return count_missing(connection, self.recordings)

    def corrected(self, guide_id: str) -> list[Answer]:
        """The finished answers to a guide that the user corrected, oldest first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM answers JOIN details USING (key) "
                "WHERE guide_id = ? AND status = ? AND corrections != '[]' ORDER BY created_at",
                [guide_id, AnswerStatus.FINISHED.value],
            ).fetchall()
            return [records.answer(row, self.recordings) for row in rows]

    def summaries(
        self,
        wanted: AnswerFilter = EVERYTHING_FINISHED,
        sort: Sort = Sort.DATE,
        limit: int | None = None,
        *,
        ascending: bool = False,
    ) -> list[AnswerSummary]:
        """The rows of the history list; the greatest or newest first unless `ascending`."""
        condition, parameters = where(wanted)
        with self.database.reading() as connection:
            rows = connection.execute(
                f"SELECT {SUMMARY_COLUMNS} FROM answers WHERE {condition} {order(sort, ascending=ascending)} LIMIT ?",
                [*parameters, -1 if limit is None else limit],
            )
            return [records.summary(row) for row in rows]

    def count(self, wanted: AnswerFilter = EVERYTHING_FINISHED) -> int:
        """How many answers `summaries` would list without a limit."""
        condition, parameters = where(wanted)
        with self.database.reading() as connection:
            found = connection.execute(f"SELECT count(*) FROM answers WHERE {condition}", parameters).fetchone()
            return int(found[0])

    def latest_by_scenario(self, guide_id: str) -> dict[str, AnswerSummary]:
        """The newest judged answer of each scenario of a guide, by its id, or the newest finished one where none was
        judged; without demos, follow-ups, short rungs.
        """
        with self.database.reading() as connection:
            # SQLite takes the other columns from the row that holds the maximum.
            rows = connection.execute(
                f"SELECT {SUMMARY_COLUMNS}, max((sections_total > 0) || created_at) FROM answers "
                f"WHERE guide_id = ? AND status = ? AND {WHOLE} AND source != ? GROUP BY scenario_id",
                [guide_id, AnswerStatus.FINISHED.value, Source.DEMO.value],
            )
            return {row["scenario_id"]: records.summary(row) for row in rows}

    def search(
        self, query: str, wanted: AnswerFilter = EVERYTHING_FINISHED, limit: int | None = SEARCH_LIMIT
    ) -> list[Hit]:
        """Answers whose transcript or notes hold the query's words, best first; `search.py` says what can be typed."""
        condition, parameters = where(wanted)
        with self.database.reading() as connection:
            return search.search(connection, query, condition, parameters, limit)

    def count_hits(self, query: str, wanted: AnswerFilter = EVERYTHING_FINISHED) -> int:
        """How many answers `search` would find without a limit."""
        condition, parameters = where(wanted)
        with self.database.reading() as connection:
            return search.count(connection, query, condition, parameters)

    def scenarios(self, status: AnswerStatus = AnswerStatus.FINISHED) -> list[tuple[str, str]]:
        """Guide and scenario of every answer there is, each pair once, sorted by their ids."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT guide_id, scenario_id FROM answers WHERE status = ? ORDER BY guide_id, scenario_id",
                [status.value],
            )
            return [(row[0], row[1]) for row in rows]

    def matches(self, answer_id: str, query: str) -> Spans:
        """Character spans of `Transcript.text` that a query finds in one answer."""
        with self.database.reading() as connection:
            return search.matches(connection, records.key_of(connection, answer_id), query)

    def attempts(self, guide_id: str | None = None) -> list[Attempt]:
        """What the finished answers achieved, oldest first, for progress; without demos, follow-ups, short rungs."""
        with self.database.reading() as connection:
            copied = copies(connection, guide_id)
            condition, parameters = where(AnswerFilter(guide_id=guide_id, first_tries=True, own=True, besides=copied))
            return read_attempts(connection, condition, parameters)

    def undo_correction(self, answer_id: str) -> Answer:
        """Take the last correction back; nothing happens where there is none."""
        return self.change(answer_id, lambda old: replace(old, corrections=old.corrections[:-1]))

    def replace_corrections(self, answer_id: str, corrections: Iterable[Correction]) -> Answer:
        """Keep these corrections and no others; returns the answer as it now is."""
        kept = tuple(corrections)
        return self.change(answer_id, lambda old: replace(old, corrections=kept))

    def keep_opinion(self, answer_id: str, opinion: Opinion) -> Answer:
        """Keep what a friend thinks of the marks, in place of what the same friend thought before."""
        return self.change(answer_id, lambda old: replace(old, opinions=with_opinion(old.opinions, opinion)))

    def forget_opinion(self, answer_id: str, friend: str) -> Answer:
        """Forget what a friend thinks; nothing happens where there is nothing."""
        return self.change(answer_id, lambda old: replace(old, opinions=without_opinion(old.opinions, friend)))

    def star(self, answer_id: str, starred: bool = True) -> Answer:
        """Star an answer or take the star away."""
        return self.change(answer_id, lambda old: replace(old, starred=starred))

    def note(self, answer_id: str, notes: str) -> Answer:
        """Replace the user's notes; they are searched too."""
        return self.change(answer_id, lambda old: replace(old, notes=notes))

    def change(self, answer_id: str, to: Callable[[Answer], Answer]) -> Answer:
        """Keep what `to` makes of an answer as it is kept now; nobody else writes meanwhile. Returns that."""
        with self.database.writing() as connection:
            changed = to(self._read(connection, answer_id))
            records.write(connection, changed, self.recordings)
        return changed

    def refine(self, before: Answer, transcript: Transcript, coverage: Coverage, delivery: Delivery) -> Answer | None:
        """Keep better words and their marks in place of those of `before`; returns the answer as it now is.

        None, and nothing is changed, where it was deleted meanwhile, or somebody has worked on its words or marks.
        """
        with self.database.writing() as connection:
            try:
                kept = self._read(connection, before.id)
            except InputError:
                return None
            worked_on = kept.corrections or kept.excused or kept.opinions or kept.transcript != before.transcript
            if worked_on or kept.status is not AnswerStatus.FINISHED:
                return None
            better = replace(kept, transcript=transcript, coverage=coverage, delivery=delivery)
            records.write(connection, better, self.recordings)
        return better

    def redate(self, answer_id: str, moment: datetime) -> Answer:
        """Say when an answer was given; its id keeps the time of the clock that was wrong."""
        return self.change(answer_id, lambda old: replace(old, created_at=moment.astimezone(UTC)))

    def set_guess(self, answer_id: str, section_ids: Iterable[str]) -> Answer:
        """Keep the sections the user believes came up, before the reveal."""
        guess = tuple(section_ids)
        return self.change(answer_id, lambda old: replace(old, guess=guess))

    def audio_to_remove(self, policy: AudioPolicy, now: datetime) -> list[StaleRecording]:
        """The recordings that a policy doesn't keep, oldest first; nothing is deleted.

        Words and marks stay in any case, and so does the sound of answers that aren't transcribed yet. Stars make no
        difference: "never" has to mean never.
        """
        with self.database.reading() as connection:
            return stale_recordings(connection, self.recordings, policy, now)

    def remove_audio(self, policy: AudioPolicy, now: datetime) -> int:
        """Delete what `audio_to_remove` lists; returns how many."""
        stale = self.audio_to_remove(policy, now)
        for recording in stale:
            recording.path.unlink(missing_ok=True)
        with self.database.writing() as connection:
            forget_recordings(connection, [recording.answer.id for recording in stale])
        return len(stale)

    def discard(self, answer_id: str) -> None:
        """Put an answer into the trash; `restore` brings it back as it was."""
        with self.database.writing() as connection:
            connection.execute(
                "UPDATE answers SET status_before = status, status = ? WHERE key = ? AND status <> ?",
                [AnswerStatus.DISCARDED.value, records.key_of(connection, answer_id), AnswerStatus.DISCARDED.value],
            )

    def restore(self, answer_id: str) -> None:
        """Bring an answer back from the trash."""
        with self.database.writing() as connection:
            connection.execute(
                "UPDATE answers SET status = coalesce(status_before, 'finished'), status_before = NULL "
                "WHERE key = ? AND status = ?",
                [records.key_of(connection, answer_id), AnswerStatus.DISCARDED.value],
            )

    def purge(self, answer_ids: Iterable[str] | None = None, *, whatever: bool = False) -> int:
        """Delete answers in the trash for good; returns how many.

        Nothing of them stays: recordings, words, entries of the search index, copies of the store that hold them.
        Those that are still being recorded or transcribed stay.

        Args:
            answer_ids: which; None: all that are in the trash.
            whatever: those named may also be elsewhere than in the trash.
        """
        named = None if answer_ids is None else set(answer_ids)
        return delete_for_good(self.database, self.recordings, named, whatever=whatever)

    def _read(self, connection: Connection, answer_id: str) -> Answer:
        row = connection.execute(
            "SELECT * FROM answers LEFT JOIN details USING (key) WHERE key = ?", [records.key_of(connection, answer_id)]
        ).fetchone()
        return records.answer(row, self.recordings)
