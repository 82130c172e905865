"""What was practised, as far as the next drill depends on it: quick with ten thousand answers."""

from collections.abc import Collection, Iterable
from datetime import datetime
from sqlite3 import Connection

from rehearse.domain.guide import Guide
from rehearse.history.attempts import Tried, read_attempts
from rehearse.history.database import Database
from rehearse.history.listing import AnswerFilter, where
from rehearse.history.same_file import copies
from rehearse.history.suggestion import Practice

LATEST = 30
"""Attempts that are read of each guide: many more than the last five in which each of its sections was judged."""


def read_practices(database: Database, guides: Iterable[Guide]) -> list[Practice]:
    """Of the guides that were practised, the one practised last first; raises StoreError."""
    with database.reading() as connection:
        copied = copies(connection)
        tried = _tried(connection, copied)
        practised = [_practice(connection, guide, copied, tried[guide.id]) for guide in guides if guide.id in tried]
    return sorted(practised, key=lambda one: max(scenario.last for scenario in one.tried.values()), reverse=True)


def read_practice(database: Database, guide: Guide) -> Practice:
    """Of one guide, practised or not; raises StoreError."""
    with database.reading() as connection:
        copied = copies(connection, guide.id)
        return _practice(connection, guide, copied, _tried(connection, copied, guide.id).get(guide.id, {}))


def _practice(connection: Connection, guide: Guide, copied: Collection[int], tried: dict[str, Tried]) -> Practice:
    condition, parameters = where(_attempts(copied, guide.id))
    latest = f"answers.key IN (SELECT key FROM answers WHERE {condition} ORDER BY created_at DESC, id DESC LIMIT ?)"
    return Practice(guide, read_attempts(connection, latest, [*parameters, LATEST]), tried)


def _tried(connection: Connection, copied: Collection[int], guide_id: str | None = None) -> dict[str, dict[str, Tried]]:
    """By the ids of guide and scenario; without demos and follow-ups."""
    condition, parameters = where(_attempts(copied, guide_id))
    rows = connection.execute(
        "SELECT guide_id, scenario_id, max(created_at), sum(sections_total > 0) FROM answers "
        f"WHERE {condition} GROUP BY guide_id, scenario_id",
        parameters,
    )
    found: dict[str, dict[str, Tried]] = {}
    for guide, scenario_id, last, times in rows:
        found.setdefault(guide, {})[scenario_id] = Tried(datetime.fromisoformat(last), times)
    return found


def _attempts(copied: Collection[int], guide_id: str | None) -> AnswerFilter:
    return AnswerFilter(guide_id=guide_id, first_tries=True, own=True, besides=copied)
