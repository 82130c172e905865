"""What the home screen says: a row for each scenario, news, and what there is to do today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from rehearse.domain.wording import counted
from rehearse.services.next_drill import NEXT
from rehearse.ui.glyphs import shortened
from rehearse.ui.screens.home.listing import Choice, FieldRow, GuideRow, NextRow, Row, ScenarioRow
from rehearse.ui.unbroken import joined
from rehearse.ui.wording import ago, days_left, result_line, times_line

if TYPE_CHECKING:
    from rehearse.services.overview import Overview
    from rehearse.settings import Settings

LEVEL_COLUMN = 14
TITLE_MARGIN = 4
"""Cells."""
LEVELS = {1: "beginner", 2: "intermediate", 3: "advanced"}


def scenario_rows(choices: Mapping[str, Choice], overview: Overview, width: int) -> dict[str, Content]:
    """Title, level and last result of each scenario, by key.

    The results are in short where titles wouldn't fit beside them.

    Args:
        choices: the scenarios by key.
        overview: holds the last results.
        width: cells of a row.
    """
    longest = max((len(choice.scenario.title) for choice in choices.values()), default=0)
    for short in (False, True):
        results = {key: _result(key, overview, short=short) for key in choices}
        column = max((len(text) for text, _ in results.values()), default=0)
        room = width - column - LEVEL_COLUMN
        if longest <= room - TITLE_MARGIN:
            break
    return {
        key: Content.assemble(
            f"{'  ' + shortened(choice.scenario.title, room - TITLE_MARGIN):<{room}}",
            (f"{LEVELS[choice.scenario.level]:<{LEVEL_COLUMN}}", "dim"),
            (f"{results[key][0]:>{column}}", results[key][1]),
        )
        for key, choice in choices.items()
    }


def row_text(row: Row, scenarios: Mapping[str, Content], width: int) -> Content:
    """A row of the list, `width` cells; those of the scenarios are given by key."""
    match row:
        case FieldRow(field):
            return Content(field.upper())
        case NextRow(drill):
            title, reason = drill.parts(width)
            return Content.assemble((NEXT + title, "bold"), reason)
        case ScenarioRow():
            return scenarios[row.id]
        case GuideRow():
            return _guide_row(row, width)


def _guide_row(row: GuideRow, width: int) -> Content:
    guide = row.guide
    fold = "▾ " if row.unfolded else "▸ "
    title = guide.title + (" (yours)" if row.own else "")
    tried = f"  {row.tried} of {len(guide.scenarios)} tried" if row.tried and not row.unfolded else ""
    room = width - len(fold) - len(title) - len("  “”") - len(tried)
    question = f"  “{shortened(guide.question, room)}”" if room > 12 else ""
    gap = " " * max(0, width - len(fold) - len(title) - len(question) - len(tried))
    return Content.assemble(fold, (title, "bold"), (question, "dim"), gap, (tried, "dim"))


def about_text(row: Row | None, choice: Choice, settings: Settings) -> Content:
    """What is under the cursor: a guide with what it checks, or a scenario with its question and times."""
    match row:
        case GuideRow(guide):
            lines = (guide.question, guide.summary, f"{counted(len(guide.scenarios), 'scenario')}; g reads the guide")
        case NextRow(drill):
            lines = (choice.scenario.question, drill.suggestion.why, times_line(choice.scenario, settings))
        case _:
            lines = (choice.scenario.question, choice.scenario.why, times_line(choice.scenario, settings))
    question, text, last = lines
    return Content.assemble((f"“{question}”", "bold"), "\n", text, "\n", (last, "dim"))


def _result(key: str, overview: Overview, *, short: bool) -> tuple[str, str]:
    """How a scenario went last, and the style to say it in."""
    last = overview.latest.get(key)
    if last is None:
        return "not tried yet", "dim"
    return result_line(last, ago(last.created_at, overview.now), short=short), ""


def news_lines(overview: Overview, settings: Settings, notice: str = "") -> list[str]:
    """What has happened meanwhile and what can be done about it, a line each; `notice` comes first."""
    news = [notice] if notice else []
    if overview.read_only:
        news.append(f"{overview.read_only[0].upper()}{overview.read_only[1:]}: answers can be read, but not kept.")
    if overview.unfinished:
        when, number = ago(overview.unfinished[0].created_at, overview.now), len(overview.unfinished)
        if number == 1:
            news.append(f"An answer from {when} was cut off; its recording is safe. u transcribes it.")
        else:
            news.append(
                f"{number} answers were cut off, the first {when}; their recordings are safe. u transcribes one."
            )
    if overview.unattached:
        found = counted(overview.unattached, "recording")
        news.append(f"{found} without an answer. `rehearse doctor --repair` brings them back.")
    if overview.recorded_elsewhere:
        news.append("Another rehearse is recording an answer just now; it is listed here once it is marked.")
    if overview.stale_recordings:
        stale = counted(overview.stale_recordings, "recording")
        news.append(f"{stale} to delete by your settings ({settings.keep_audio}). R does.")
    return [*news, *overview.problems]


def today_line(overview: Overview, settings: Settings) -> str:
    """What is due, what is kept, how long is left."""
    today = []
    if overview.cards_due:
        are = "is" if overview.cards_due == 1 else "are"
        today.append(f"{counted(overview.cards_due, 'quiz card')} {are} {joined('due (k).')}")
    if overview.answers:
        kept, others = joined("kept (h),"), f"{joined('progress (p),')} {joined('microphone check (m).')}"
        today.append(f"{counted(overview.answers, 'answer')} {kept} {others}")
    else:
        today.append(f"No answers yet. Press enter for your first, or {joined('d to')} watch how it works.")
    if left := days_left(settings.interview_date, overview.now.astimezone().date()):
        today.append(left)
    return "  ".join(today)
