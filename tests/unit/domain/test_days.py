"""Days as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.days import MONTHS, WEEKDAYS, day_text, day_typed

FRIDAY = date(2026, 11, 27)
DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2990, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-03", date(2026, 12, 3)),
        (" 2020-02-01 ", date(2020, 2, 1)),
        ("today", FRIDAY),
        ("Tomorrow", date(2026, 11, 28)),
        ("Thursday", date(2026, 12, 3)),
        ("thu", date(2026, 12, 3)),
        ("Thurs.", date(2026, 12, 3)),
        ("SAT", date(2026, 11, 28)),
        ("Friday", date(2026, 12, 4)),
        ("3 Dec", date(2026, 12, 3)),
        ("Dec 3", date(2026, 12, 3)),
        ("december 3rd", date(2026, 12, 3)),
        ("3. Dec.", date(2026, 12, 3)),
        ("3dec", date(2026, 12, 3)),
        ("3 Dec 2027", date(2027, 12, 3)),
        ("Dec 3, 2026", date(2026, 12, 3)),
        ("29 Feb 2027", None),
        ("27 Nov", FRIDAY),
        ("26 Nov", date(2027, 11, 26)),
        ("1 Sept", date(2027, 9, 1)),
        ("29 Feb", date(2028, 2, 29)),
        *((text, None) for text in ("", "soon", "th", "3", "31 Feb", "0 Dec", "3 Dec Jan", "2026-02-30", "3 De", "²")),
        *((text, None) for text in ("Dec", "3/12", "Thursdays", "tomorrow tomorrow", "٣ Dec", "\x00")),
    ],
)
def test_what_is_typed_is_a_day_or_nothing(typed: str, meant: date | None) -> None:
    assert day_typed(typed, FRIDAY) == meant


@given(DAYS, st.sampled_from(WEEKDAYS), st.integers(3, 9))
def test_a_weekday_is_within_the_next_seven_days(today: date, name: str, letters: int) -> None:
    meant = day_typed(name[:letters], today)
    assert meant is not None
    assert today < meant <= today + timedelta(days=7)
    assert WEEKDAYS[meant.weekday()] == name


@given(DAYS, st.integers(0, 364))
def test_a_day_of_a_month_is_the_next_one(today: date, ahead: int) -> None:
    wanted = today + timedelta(days=ahead)
    name = MONTHS[wanted.month - 1]
    for typed in (f"{wanted.day} {name[:3]}", f"{name} {wanted.day}"):
        assert day_typed(typed, today) == wanted


@given(DAYS, DAYS)
def test_a_whole_date_is_itself(today: date, day: date) -> None:
    assert day_typed(day.isoformat(), today) == day


@given(st.text(), DAYS)
def test_nothing_typed_breaks_it(typed: str, today: date) -> None:
    assert day_typed(typed, today) is None or isinstance(day_typed(typed, today), date)


def test_the_last_day_there_is_has_no_morrow() -> None:
    assert day_typed("tomorrow", date.max) is None
    assert day_typed("1 Jan", date.max) is None


def test_a_day_is_shown_with_its_weekday() -> None:
    assert day_text(date(2026, 12, 3)) == "2026-12-03 (Thursday)"
