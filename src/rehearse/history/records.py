"""Answers as rows: what is written to the columns of `answers` and `details`, and read back unchanged."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Any

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Correction, Coverage
from rehearse.domain.delivery import Delivery
from rehearse.domain.opinions import Opinion
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Absence, Transcript, Utterance, Word
from rehearse.errors import DamagedAnswerError, InputError
from rehearse.history.plain_json import from_plain, to_plain

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What reading a damaged column raises."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """One row of the history list."""

    id: str
    guide_id: str
    scenario_id: str
    created_at: datetime
    """UTC."""
    source: Source
    mode: Mode
    status: AnswerStatus
    sections_covered: int
    """With the user's corrections applied."""
    sections_total: int
    """0 until finished, and where too little was said to judge."""
    mistakes_made: int
    duration: float
    """Seconds; 0 for typed answers."""
    words_per_minute: float | None
    """None for typed answers and until finished."""
    starred: bool
    has_recording: bool
    """A recording is on record; whether the file still exists is only known by looking."""
    follow_up_of: str | None
    series_id: str | None = None
    """Of the interview or drill that it belongs to."""

    @property
    def judged(self) -> bool:
        """There are marks: it is finished, and enough was said."""
        return self.sections_total > 0


SUMMARY_COLUMNS = (
    "answers.id, guide_id, scenario_id, created_at, source, mode, status, sections_covered, sections_total, "
    "mistakes_made, duration, words_per_minute, starred, recording IS NOT NULL AS has_recording, follow_up_of, "
    "series_id"
)
_SOURCES = {source.value: source for source in Source}
_MODES = {mode.value: mode for mode in Mode}
_STATES = {status.value: status for status in AnswerStatus}


def summary(row: Row) -> AnswerSummary:
    """The list's row of a query for `SUMMARY_COLUMNS`, which may bring further columns behind them."""
    return AnswerSummary(
        row[0],
        row[1],
        row[2],
        datetime.fromisoformat(row[3]),
        _SOURCES[row[4]],
        _MODES[row[5]],
        _STATES[row[6]],
        row[7],
        row[8],
        row[9],
        row[10],
        row[11],
        bool(row[12]),
        bool(row[13]),
        row[14],
        row[15],
    )


def time_text(moment: datetime) -> str:
    """UTC, to the microsecond, always of the same length: sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def answer_columns(answer: Answer, recordings: Path) -> dict[str, Any]:
    """The columns of `answers`, `key` and `status_before` left out."""
    marks, delivery = _judged(answer.marks), answer.delivery
    return {
        "id": answer.id,
        "guide_id": answer.guide_id,
        "scenario_id": answer.scenario_id,
        "question": answer.question,
        "created_at": time_text(answer.created_at),
        "source": answer.source.value,
        "mode": answer.mode.value,
        "status": answer.status.value,
        "follow_up_of": answer.follow_up_of,
        "follow_up_section": answer.follow_up_section,
        "series_id": answer.series_id,
        "recording": _stored_path(answer.recording, recordings),
        "notes": answer.notes,
        "starred": int(answer.starred),
        "duration": answer.duration,
        "sections_covered": len(marks.covered) if marks else 0,
        "sections_total": len(marks.sections) if marks else 0,
        "mistakes_made": len(marks.made) if marks else 0,
        "words_per_minute": delivery.words_per_minute if delivery else None,
        "fillers_per_minute": delivery.fillers_per_minute if delivery else None,
        "guess": json.dumps(answer.guess),
    }


def detail_columns(answer: Answer) -> dict[str, str]:
    """The columns of `details`, `key` left out; every one is JSON."""
    values = {
        "transcript": _plain_transcript(answer.transcript),
        "coverage": to_plain(answer.coverage),
        "delivery": to_plain(answer.delivery),
        "speech": to_plain(answer.speech),
        "corrections": to_plain(answer.corrections),
        "opinions": to_plain(answer.opinions),
        "excused": answer.excused,
        "settings": dict(answer.settings),
    }
    return {name: json.dumps(value, separators=(",", ":")) for name, value in values.items()}


def _judged(coverage: Coverage | None) -> Coverage | None:
    """The coverage where enough was said to judge: the rest is neither listed nor counted."""
    return coverage if coverage and coverage.judged else None


def mark_rows(coverage: Coverage | None) -> list[tuple[str, int, str, str]]:
    """Kind, position, id and state of every mark that counts, for the table `marks`."""
    coverage = _judged(coverage)
    if coverage is None:
        return []
    sections = [("section", i, mark.section_id, mark.state.value) for i, mark in enumerate(coverage.sections)]
    mistakes = [("mistake", i, mark.mistake_id, mark.state.value) for i, mark in enumerate(coverage.mistakes)]
    return sections + mistakes


def search_text(text: str) -> str:
    """`text` as it is indexed: control characters become spaces, so that offsets stay and markers can't be forged."""
    return _CONTROL.sub(" ", text)


def answer(row: Row, recordings: Path) -> Answer:
    """The answer of a row of `answers` joined with `details`.

    Raises:
        DamagedAnswerError: a column doesn't hold what it should.
    """
    try:
        return _answer(row, recordings)
    except UNREADABLE as error:
        raise DamagedAnswerError(
            f"The answer {row['id']} can't be read",
            why=f"its record is damaged ({error})",
            next_step="Run `rehearse doctor --repair`.",
        ) from error


def _answer(row: Row, recordings: Path) -> Answer:
    detail = {
        name: json.loads(row[name])
        for name in ("transcript", "coverage", "delivery", "speech", "corrections", "guess", "excused", "settings")
    }
    opinions = json.loads(later_column(row, "opinions") or "[]")
    return Answer(
        id=row["id"],
        guide_id=row["guide_id"],
        scenario_id=row["scenario_id"],
        question=row["question"],
        created_at=datetime.fromisoformat(row["created_at"]),
        source=Source(row["source"]),
        mode=Mode(row["mode"]),
        status=AnswerStatus(row["status"]),
        transcript=transcript(detail["transcript"]),
        coverage=None if detail["coverage"] is None else from_plain(Coverage, detail["coverage"]),
        delivery=None if detail["delivery"] is None else from_plain(Delivery, detail["delivery"]),
        speech=from_plain(tuple[SpeechSpan, ...], detail["speech"]),
        corrections=from_plain(tuple[Correction, ...], detail["corrections"]),
        opinions=from_plain(tuple[Opinion, ...], opinions),
        guess=None if detail["guess"] is None else tuple(detail["guess"]),
        excused=tuple(detail["excused"]),
        follow_up_of=row["follow_up_of"],
        follow_up_section=row["follow_up_section"],
        series_id=later_column(row, "series_id"),
        recording=recordings / row["recording"] if row["recording"] else None,
        notes=row["notes"],
        starred=bool(row["starred"]),
        settings=detail["settings"],
    )


def later_column(row: Row, name: str) -> Any:
    """A column that came with a later schema: a store that is looked at before it was brought up to date has none."""
    return row[name] if name in row.keys() else None  # noqa: SIM118 - a row's own `in` asks for values


def _stored_path(recording: Path | None, recordings: Path) -> str | None:
    """Relative to the recordings' folder, so that the data folder can be moved; absolute where it lies elsewhere."""
    if recording is None:
        return None
    return recording.relative_to(recordings).as_posix() if recording.is_relative_to(recordings) else str(recording)


def _plain_transcript(transcript: Transcript) -> dict[str, Any]:
    """Words as arrays: an answer has hundreds, and the names of their fields would be most of the file."""
    return {
        "timed": transcript.timed,
        "duration": transcript.duration,
        "model": transcript.model,
        "utterances": [
            [
                utterance.start,
                utterance.end,
                [[word.text, word.start, word.end, word.probability, word.term] for word in utterance.words],
                *([utterance.language] if utterance.language else []),
            ]
            for utterance in transcript.utterances
        ],
        **({"absences": to_plain(transcript.absences)} if transcript.absences else {}),
    }


def transcript(plain: Mapping[str, Any]) -> Transcript:
    """The transcript of the JSON in `details`."""
    utterances = tuple(
        Utterance(tuple(Word(*word) for word in words), start, end, *language)
        for start, end, words, *language in plain["utterances"]
    )
    absences = from_plain(tuple[Absence, ...], plain.get("absences", ()))
    return Transcript(utterances, plain["timed"], plain["duration"], plain["model"], absences)


def key_of(connection: Connection, answer_id: str) -> int:
    """The key of an answer's rows; raises InputError for an id that isn't there."""
    row = connection.execute("SELECT key FROM answers WHERE id = ?", [answer_id]).fetchone()
    if row is None:
        raise InputError(f"There is no answer {answer_id}", next_step="`rehearse history list` shows what there is.")
    return int(row[0])


def write(connection: Connection, kept: Answer, recordings: Path) -> None:
    """Insert or replace every row of one answer; the caller's transaction holds them together."""
    columns = answer_columns(kept, recordings)
    key = _upsert(connection, "answers", columns, "id")
    _upsert(connection, "details", {"key": key, **detail_columns(kept)}, "key")
    texts = {"transcript": search_text(kept.transcript.text), "notes": search_text(kept.notes)}
    _upsert(connection, "texts", {"key": key, **texts}, "key")
    connection.execute("DELETE FROM marks WHERE key = ?", [key])
    connection.executemany(
        "INSERT INTO marks (key, kind, position, mark_id, state) VALUES (?, ?, ?, ?, ?)",
        [(key, *row) for row in mark_rows(kept.marks)],
    )


def _upsert(connection: Connection, table: str, columns: Mapping[str, object], unique: str) -> int:
    """Insert a row, or update the one with the same `unique` column; returns its key."""
    names = ", ".join(columns)
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != unique)
    row = connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({unique}) DO UPDATE SET {updates} RETURNING key",
        list(columns.values()),
    ).fetchone()
    return int(row[0])
