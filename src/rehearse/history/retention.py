"""How long recordings are kept: what a policy would delete, shown first, then deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Literal

from rehearse.history.records import SUMMARY_COLUMNS, AnswerSummary, summary, time_text

AudioPolicy = Literal["always", "30 days", "never"]

KEEP_FOR = timedelta(days=30)


@dataclass(frozen=True)
class StaleRecording:
    """A sound file that a policy doesn't keep."""

    answer: AnswerSummary
    path: Path
    size: int
    """Bytes."""


def stale_recordings(
    connection: Connection, recordings: Path, policy: AudioPolicy, now: datetime
) -> list[StaleRecording]:
    """What a policy doesn't keep, oldest first: see `AnswerStore.audio_to_remove`."""
    if policy == "always":
        return []
    before = time_text(now - KEEP_FOR if policy == "30 days" else now)
    rows = connection.execute(
        f"SELECT {SUMMARY_COLUMNS}, recording FROM answers WHERE recording IS NOT NULL "
        "AND coalesce(status_before, status) = 'finished' AND created_at < ? ORDER BY created_at",
        [before],
    )
    candidates = ((summary(row), recordings / row["recording"]) for row in rows)
    return [
        StaleRecording(answer, path, path.stat().st_size)
        for answer, path in candidates
        if path.is_relative_to(recordings) and path.is_file()
    ]


def forget_recordings(connection: Connection, answer_ids: Iterable[str]) -> None:
    """Take the recordings off the answers' records."""
    connection.executemany("UPDATE answers SET recording = NULL WHERE id = ?", [(one,) for one in answer_ids])
