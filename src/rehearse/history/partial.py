"""What can still be read of an answer whose record is damaged in places."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Any, TypeVar

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Correction, Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.delivery import Delivery
from rehearse.domain.opinions import Opinion
from rehearse.domain.sound import SpeechSpan
from rehearse.history.plain_json import from_plain
from rehearse.history.records import UNREADABLE, later_column, transcript

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
MarkRow = tuple[str, str, str]
"""Kind, id and state of a row of `marks`."""


def mark_rows(connection: Connection, key: int) -> list[MarkRow]:
    """The marks of an answer as lists know them, in order."""
    found = connection.execute("SELECT kind, mark_id, state FROM marks WHERE key = ? ORDER BY kind, position", [key])
    return [(row[0], row[1], row[2]) for row in found]


def answer_in_part(row: Row, marks: Sequence[MarkRow], recordings: Path) -> Answer | None:
    """The answer of a row of `answers` joined with `details`, what can't be read left out.

    Marks without a readable record are taken from `marks`, where their quotes don't stand. None where not even the
    words can be read.
    """
    said = _json(row, "transcript", transcript, None)
    if said is None:
        return None
    return Answer(
        id=row["id"],
        guide_id=row["guide_id"],
        scenario_id=row["scenario_id"],
        question=row["question"],
        created_at=_time(row["created_at"]),
        source=_member(Source, row["source"], Source.MICROPHONE if said.timed else Source.TYPED),
        mode=_member(Mode, row["mode"], Mode.COACHED),
        status=_member(AnswerStatus, row["status"], AnswerStatus.FINISHED),
        transcript=said,
        coverage=_json(row, "coverage", _coverage, None) or _coverage_of(marks),
        delivery=_json(row, "delivery", lambda plain: from_plain(Delivery, plain), None),
        speech=_json(row, "speech", lambda plain: from_plain(tuple[SpeechSpan, ...], plain), ()),
        corrections=_json(row, "corrections", lambda plain: from_plain(tuple[Correction, ...], plain), ()),
        opinions=_json(row, "opinions", lambda plain: from_plain(tuple[Opinion, ...], plain), ()),
        guess=_json(row, "guess", lambda plain: None if plain is None else tuple(plain), None),
        excused=_json(row, "excused", tuple, ()),
        follow_up_of=row["follow_up_of"],
        follow_up_section=row["follow_up_section"],
        series_id=later_column(row, "series_id"),
        recording=recordings / row["recording"] if row["recording"] else None,
        notes=row["notes"],
        starred=bool(row["starred"]),
        settings=_json(row, "settings", _settings, {}),
    )


def _json(row: Row, column: str, make: Callable[[Any], T], otherwise: T) -> T:
    with suppress(*UNREADABLE):
        return make(json.loads(row[column]))
    return otherwise


def _coverage(plain: Any) -> Coverage | None:
    return None if plain is None else from_plain(Coverage, plain)


def _coverage_of(marks: Sequence[MarkRow]) -> Coverage | None:
    if not marks:
        return None
    sections = tuple(SectionMark(name, SectionState(state)) for kind, name, state in marks if kind == "section")
    mistakes = tuple(MistakeMark(name, MistakeState(state)) for kind, name, state in marks if kind == "mistake")
    return Coverage(sections, mistakes, final=True)


def _settings(plain: Any) -> Mapping[str, str | int | float | bool | None]:
    return dict(plain)


def _member(kind: type[E], value: object, otherwise: E) -> E:
    with suppress(ValueError):
        return kind(value)
    return otherwise


def _time(text: object) -> datetime:
    with suppress(*UNREADABLE):
        return datetime.fromisoformat(str(text))
    return datetime.fromtimestamp(0, UTC)
