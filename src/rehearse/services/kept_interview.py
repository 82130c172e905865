"""An interview and where it is kept."""

from dataclasses import dataclass
from datetime import datetime

from rehearse.domain.interview import Interview
from rehearse.domain.series import Series
from rehearse.errors import StoreError
from rehearse.history.plain_json import from_plain
from rehearse.history.records import UNREADABLE


@dataclass(frozen=True)
class KeptInterview:
    """An interview and where it is kept."""

    id: str
    begun_at: datetime
    """UTC."""
    ended_at: datetime | None
    interview: Interview


def kept_interview(series: Series) -> KeptInterview:
    """As its record has it; raises StoreError where that is damaged."""
    try:
        interview = from_plain(Interview, series.record)
    except UNREADABLE as error:
        raise StoreError(
            f"The record of the interview {series.id} can't be read",
            why=f"it is damaged ({error})",
            next_step="Its answers are whole: the history lists them.",
        ) from error
    return KeptInterview(series.id, series.begun_at, series.ended_at, interview)
