"""Finished answers as light records: all that progress needs, without opening transcripts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from rehearse.domain.coverage import MistakeState, SectionState

_SECTION_STATES = {state.value: state for state in SectionState}
_MISTAKE_STATES = {state.value: state for state in MistakeState}


@dataclass(frozen=True)
class Attempt:
    """What one answer achieved; the user's corrections are applied."""

    id: str
    guide_id: str
    scenario_id: str
    created_at: datetime
    """UTC."""
    sections: Mapping[str, SectionState]
    mistakes: Mapping[str, MistakeState]
    duration: float
    """Seconds; 0 for typed answers."""
    words_per_minute: float | None = None
    """None for typed answers, and where too little was said to judge: what three words take says nothing."""
    fillers_per_minute: float | None = None
    guess: tuple[str, ...] | None = None
    """Exam mode: the sections the user believed had come up."""


@dataclass(frozen=True)
class Tried:
    """How a scenario was practised."""

    last: datetime
    """When it was answered last, UTC."""
    times: int
    """How many answers were judged."""


def read_attempts(connection: Connection, condition: str, parameters: list[object]) -> list[Attempt]:
    """The answers that meet an SQL condition over `answers`, oldest first."""
    sections: dict[int, dict[str, SectionState]] = {}
    mistakes: dict[int, dict[str, MistakeState]] = {}
    marks = connection.execute(
        f"SELECT marks.key, kind, mark_id, state FROM marks JOIN answers USING (key) WHERE {condition} "
        "ORDER BY marks.key, kind, position",
        parameters,
    )
    for key, kind, mark_id, state in marks:
        if kind == "section":
            sections.setdefault(key, {})[mark_id] = _SECTION_STATES[state]
        else:
            mistakes.setdefault(key, {})[mark_id] = _MISTAKE_STATES[state]
    rows = connection.execute(
        "SELECT key, id, guide_id, scenario_id, created_at, duration, words_per_minute, fillers_per_minute, guess "
        f"FROM answers WHERE {condition} ORDER BY created_at",
        parameters,
    )
    return [
        Attempt(
            row["id"],
            row["guide_id"],
            row["scenario_id"],
            datetime.fromisoformat(row["created_at"]),
            sections.get(row["key"], {}),
            mistakes.get(row["key"], {}),
            row["duration"],
            row["words_per_minute"] if row["key"] in sections else None,
            row["fillers_per_minute"] if row["key"] in sections else None,
            None if (guess := json.loads(row["guess"])) is None else tuple(guess),
        )
        for row in rows
    ]
