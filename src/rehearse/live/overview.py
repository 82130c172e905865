"""What the home screen shows, in one value."""

from dataclasses import dataclass
from datetime import datetime

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.history.records import AnswerSummary


@dataclass(frozen=True)
class Overview:
    """What the home screen shows."""

    now: datetime
    guides: tuple[Guide, ...]
    latest: dict[str, AnswerSummary]
    """The last finished answer by `guide/scenario`."""
    latest_key: str | None
    """The scenario answered last."""
    unfinished: tuple[Answer, ...]
    answers: int
    cards_due: int
    stale_recordings: int
    """How many recordings the settings don't keep any longer."""
    problems: tuple[str, ...]
    """Guides that can't be read, a sentence each."""
