"""Moments: kept in UTC, shown on the reader's own clock; and what a clock that was wrong leaves behind."""

from datetime import date, datetime, timedelta

CLOCK_SKEW = timedelta(minutes=10)
"""Clocks that are set right now and then differ by less; a date further ahead than this is from one that was wrong."""


def local(moment: datetime) -> datetime:
    """The same moment on this machine's clock, with its offset from UTC."""
    return moment.astimezone()


def local_text(moment: datetime) -> str:
    """`2026-11-23 14:20`, on this machine's clock."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def is_ahead(moment: datetime, now: datetime) -> bool:
    """The moment is still to come, although something is said to have happened then."""
    return moment - now > CLOCK_SKEW


def days_until(day: date | None, today: date) -> int | None:
    """Days until a day; None where there is none, or it has passed."""
    return None if day is None or day < today else (day - today).days
