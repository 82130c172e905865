"""What the home screen says of what is kept and due."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

from rehearse.domain.answer import Source
from rehearse.history.answers import AnswerStore, AnswerSummary
from rehearse.services.overview import Overview
from rehearse.settings import Places, Settings
from rehearse.ui.screens.home.lines import news_lines, scenario_rows, today_line
from rehearse.ui.screens.home.listing import Choice
from rehearse.ui.unbroken import JOINT
from tests.fakes import small_guide
from tests.house.answers import begin_answer

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
NOTHING = Overview(NOW, (small_guide(),), {}, None, (), 0, 0, 0, ())


@dataclass(frozen=True)
class Last:
    sections_covered: int = 5
    sections_total: int = 6
    mistakes_made: int = 2
    created_at: datetime = NOW - timedelta(days=2)


def rows(title: str, width: int) -> str:
    guide = small_guide()
    choice = Choice(guide, replace(guide.scenarios[0], title=title))
    overview = replace(NOTHING, latest={"a": cast("AnswerSummary", Last())})
    return scenario_rows({"a": choice}, overview, width)["a"].plain


def test_a_row_has_the_result_in_words_where_there_is_room() -> None:
    assert "beginner" in rows("Something small", 74)
    assert rows("Something small", 74).endswith(" 5/6 · 2 mistakes · 2 days ago")
    assert len(rows("Something small", 74)) == 74


def test_a_long_title_keeps_its_words_and_the_result_is_short() -> None:
    title = "Something that is rather small"
    assert title in rows(title, 74)
    assert "5/6 · 2 ✘ · 2 days ago" in rows(title, 74)
    assert "…" in rows(title * 2, 74)
    assert len(rows(title * 2, 74)) == 74


def test_news_are_said_with_what_to_press() -> None:
    assert news_lines(NOTHING, Settings()) == []
    stale = replace(NOTHING, stale_recordings=1, problems=("mine.yaml:3: no title",))
    assert news_lines(stale, Settings(keep_audio="never"), "Look here.") == [
        "Look here.",
        "1 recording to delete by your settings (never). R does.",
        "mine.yaml:3: no title",
    ]


def test_today_says_what_is_due_and_what_to_do_when_there_is_nothing() -> None:
    assert today_line(NOTHING, Settings()).startswith("No answers yet. Press enter")
    busy = replace(NOTHING, answers=3, cards_due=1)
    said = today_line(busy, Settings(interview_date=date(2026, 11, 27))).replace(JOINT, " ")
    assert said.startswith("1 quiz card is due (k).  3 answers kept (h)")
    assert "2 days" in said
    over = today_line(busy, Settings(interview_date=date(2026, 11, 20))).replace(JOINT, " ")
    assert over.endswith("  The interview's date has passed (s).")


def test_every_answer_that_was_cut_off_is_counted(own_home: Path) -> None:
    left = begin_answer(AnswerStore(Places(own_home).create().database, own_home / "recordings"), Source.MICROPHONE)
    assert news_lines(replace(NOTHING, unfinished=(left,)), Settings()) == [
        "An answer from 2024-03-01 was cut off; its recording is safe. u transcribes it."
    ]
    (twelve,) = news_lines(replace(NOTHING, unfinished=(left,) * 12), Settings())
    assert twelve.startswith("12 answers were cut off")


def test_recordings_without_an_answer_and_the_other_rehearse_are_told() -> None:
    found, elsewhere = news_lines(replace(NOTHING, unattached=2, recorded_elsewhere=True), Settings())
    assert found == "2 recordings without an answer. `rehearse doctor --repair` brings them back."
    assert "Another rehearse is recording" in elsewhere
