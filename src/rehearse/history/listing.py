"""What the history list can be narrowed to and sorted by, as SQL."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from rehearse.domain.answer import SHORTENED, AnswerStatus, Mode, Source
from rehearse.history.records import time_text


@dataclass(frozen=True)
class AnswerFilter:
    """Which answers to list; None asks for nothing."""

    status: AnswerStatus | None = AnswerStatus.FINISHED
    """DISCARDED lists the trash, None everything."""
    guide_id: str | None = None
    scenario_id: str | None = None
    source: Source | None = None
    mode: Mode | None = None
    starred: bool | None = None
    missing_section: str | None = None
    """Id of a section that isn't covered (missing, thin or unclear)."""
    made_mistake: str | None = None
    """Id of a mistake that was made."""
    since: datetime | None = None
    """Made at this moment or later."""
    until: datetime | None = None
    """Made before this moment."""
    first_tries: bool = False
    """Leave out what answers no question as a whole: follow-ups, and answers in shortened time."""
    own: bool = False
    """Leave demos out: somebody else spoke."""
    besides: Collection[int] = ()
    """Keys of answers to leave out, such as those that `copies` finds."""


WHOLE = (
    "answers.follow_up_of IS NULL AND (answers.series_id IS NULL OR NOT EXISTS (SELECT 1 FROM details "
    "WHERE details.key = answers.key AND "
    f"CASE WHEN json_valid(settings) THEN json_extract(settings, '$.{SHORTENED}') END = 1))"
)
"""SQL: the answer is an attempt at its whole question. Only a drill's answers are looked at more closely."""


class Sort(Enum):
    """What to sort by; the value is an SQL expression over `answers`. Ties come newest first."""

    DATE = "created_at"
    GUIDE = "guide_id"
    SCENARIO = "scenario_id"
    COVERED = "sections_covered * 1.0 / max(sections_total, 1)"
    MISTAKES = "mistakes_made"
    LENGTH = "duration"
    PACE = "words_per_minute"
    STARRED = "starred"


def where(wanted: AnswerFilter) -> tuple[str, list[object]]:
    """An SQL condition over `answers` and its parameters."""
    conditions: list[str] = []
    parameters: list[object] = []
    for condition, values in _conditions(wanted):
        conditions.append(condition)
        parameters.extend(values)
    return " AND ".join(conditions) or "1", parameters


def _conditions(wanted: AnswerFilter) -> Iterator[tuple[str, list[object]]]:
    equal = {
        "status": wanted.status and wanted.status.value,
        "guide_id": wanted.guide_id,
        "scenario_id": wanted.scenario_id,
        "source": wanted.source and wanted.source.value,
        "mode": wanted.mode and wanted.mode.value,
        "starred": None if wanted.starred is None else int(wanted.starred),
    }
    for column, value in equal.items():
        if value is not None:
            yield f"answers.{column} = ?", [value]
    marked = "EXISTS (SELECT 1 FROM marks WHERE marks.key = answers.key AND kind = ? AND mark_id = ? AND state {} ?)"
    if wanted.missing_section is not None:
        yield marked.format("<>"), ["section", wanted.missing_section, "covered"]
    if wanted.made_mistake is not None:
        yield marked.format("="), ["mistake", wanted.made_mistake, "made"]
    if wanted.since is not None:
        yield "answers.created_at >= ?", [time_text(wanted.since)]
    if wanted.until is not None:
        yield "answers.created_at < ?", [time_text(wanted.until)]
    if wanted.first_tries:
        yield WHOLE, []
    if wanted.besides:
        yield "answers.key NOT IN (SELECT value FROM json_each(?))", [json.dumps(sorted(wanted.besides))]
    if wanted.own:
        yield "answers.source <> ?", [Source.DEMO.value]


def order(sort: Sort, *, ascending: bool) -> str:
    """An SQL ORDER BY clause; answers without a value come last either way."""
    direction = "ASC" if ascending else "DESC"
    if sort is Sort.DATE:
        return f"ORDER BY created_at {direction}, id {direction}"
    return f"ORDER BY {sort.value} {direction} NULLS LAST, created_at DESC, id DESC"
