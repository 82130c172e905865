"""Answers that belong together: those of an interview, the rounds of a drill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class SeriesKind(StrEnum):
    """What the answers were given for."""

    INTERVIEW = "interview"
    SECTION_DRILL = "section-drill"
    """One section in three rounds."""
    LADDER = "ladder"
    """One question in less and less time."""
    SAID_ANEW = "said-anew"
    """The same answer in other words."""


SERIES_WORDS = {
    SeriesKind.INTERVIEW: "interview",
    SeriesKind.SECTION_DRILL: "drill",
    SeriesKind.LADDER: "ladder",
    SeriesKind.SAID_ANEW: "anew",
}
"""What stands before an answer in a list, in a word."""


@dataclass(frozen=True)
class Series:
    """One interview or drill as kept. Its answers name it by `Answer.series_id`."""

    id: str
    """Sortable by time, unique; made by the store."""
    kind: SeriesKind
    begun_at: datetime
    """UTC."""
    ended_at: datetime | None = None
    """UTC; None while it can go on."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """What its kind keeps, as plain JSON values; never a word of what was said: that stands in the answers alone."""
