"""Days as people type them: “Thursday”, “tomorrow”, “3 Dec”, “Dec 3 2026”, “2026-12-03”."""

import re
from contextlib import suppress
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LIKE = "a day like Thursday, tomorrow, 3 Dec or 2026-12-03"
"""What can be typed, in a sentence."""

_LEAST = 3
"""Letters from which a weekday or a month is known."""
_LONGEST_WAIT = 8
"""Years between two 29ths of February, at most."""
_DAY_AND_MONTH = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? ?(?P<month>[a-z]+)(?: (?P<year>[0-9]{4}))?")
_MONTH_AND_DAY = re.compile(r"(?P<month>[a-z]+) ?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: (?P<year>[0-9]{4}))?")


def day_typed(text: str, today: date) -> date | None:
    """The day that is meant; None where nothing tells.

    A weekday is the next one, never today; a day of a month without its year is the next one, which may be today.
    Only a whole date can be past.
    """
    given = " ".join(re.sub(r"[.,]", " ", text).casefold().split())
    if given in ("today", "tomorrow"):
        return _later(today, int(given == "tomorrow"))
    if (weekday := _named(given, WEEKDAYS)) is not None:
        return _later(today, (weekday - today.weekday() - 1) % len(WEEKDAYS) + 1)
    if found := _DAY_AND_MONTH.fullmatch(given) or _MONTH_AND_DAY.fullmatch(given):
        return _of_month(int(found["day"]), found["month"], found["year"], today)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _of_month(day: int, month: str, year_typed: str | None, today: date) -> date | None:
    index = _named(month, MONTHS)
    if index is None:
        return None
    if year_typed:
        with suppress(ValueError):
            return date(int(year_typed), index + 1, day)
        return None
    for year in range(today.year, min(today.year + _LONGEST_WAIT, date.max.year) + 1):
        with suppress(ValueError):  # there is none in that year
            if (found := date(year, index + 1, day)) >= today:
                return found
    return None


def _later(today: date, days: int) -> date | None:
    return today + timedelta(days=days) if (date.max - today).days >= days else None


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Index of the name that the word is, or the beginning of."""
    if len(word) < _LEAST:
        return None
    return next((index for index, name in enumerate(names) if name.casefold().startswith(word)), None)


def day_text(day: date) -> str:
    """`2026-12-03 (Thursday)`."""
    return f"{day.isoformat()} ({WEEKDAYS[day.weekday()]})"
