"""What the screens of an interview say, line by line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from textual.content import Content

from rehearse.domain.interview import Interview, Question
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import counted
from rehearse.reports.fates import Fate, Standing
from rehearse.services.kept_interview import KeptInterview
from rehearse.ui.glyphs import shortened
from rehearse.ui.unbroken import joined
from rehearse.ui.widgets.hanging import hung
from rehearse.ui.wording import ago

KEYS_SAID = {
    "go_on": "**enter** goes on with the question it stopped at",
    "type": "**t** lets you type your answers from here on",
    "aloud": "**a** lets you answer aloud from here on",
    "skip": "**s** skips the question",
    "unskip": "**u** brings back the one that was skipped last",
    "end": "**e** ends the interview with the report of what was answered",
}
"""What the keys do while an interview stands still, by their action."""
NUMBER = 4
"""Columns before a question's title."""
BETWEEN = 3
"""Columns between a title and what is said about it."""
LEAST_TITLE = 12
"""Columns that a title keeps beside what became of its question."""
LEAST_REASON = 16
"""Columns under which a reason says nothing any more."""


def length_line(interview: Interview) -> str:
    """`20 minutes · up to 2 questions after each answer`."""
    further = interview.most_follow_ups
    after = f"up to {counted(further, 'question')} after each answer" if further else "no questions after an answer"
    return f"{interview.minutes} minutes · {after}"


def planned_lines(asked: Sequence[tuple[str, Question]], width: int, room: int) -> list[Content]:
    """The questions that will be asked, and why, in `width` columns.

    A title is whole, its reason in the line below where both don't fit into one. Where that takes more than `room`
    lines, a reason has what its title leaves of the last one; where the titles alone take more, one line is all.
    """
    for lay_out in (_in_full, _with_what_is_left):
        lines = [
            line for number, (title, one) in enumerate(asked, 1) for line in lay_out(number, title, one.why, width)
        ]
        if len(lines) <= room:
            return lines
    titles = [title if NUMBER + len(title) <= width else _cut_within(title, width - NUMBER) for title, _ in asked]
    return [
        line
        for number, (title, (_, one)) in enumerate(zip(titles, asked, strict=True), 1)
        for line in _with_what_is_left(number, title, one.why, width)
    ]


def _in_full(number: int, title: str, why: str, width: int) -> list[Content]:
    if NUMBER + len(title) + BETWEEN + len(why) <= width:
        return _with_what_is_left(number, title, why, width)
    reason = hung(Content(" " * NUMBER), Content.styled(why, "dim"), width) if why else []
    return [*hung(_numbered(number), Content(title), width), *reason]


def _with_what_is_left(number: int, title: str, why: str, width: int) -> list[Content]:
    *before, last = hung(_numbered(number), Content(title), width)
    left = width - last.cell_length - BETWEEN
    said = shortened(why, left) if left >= min(LEAST_REASON, len(why)) else ""
    return [*before, Content.assemble(last, " " * (left - len(said) + BETWEEN), (said, "dim"))]


def _numbered(number: int) -> Content:
    return Content(f"{number:>2}  ")


def _cut_within(title: str, width: int) -> str:
    """With both its ends: the guides' names at the front may be the same, or the scenarios begin alike."""
    front = (width - 1) // 2
    return f"{title[:front].rstrip()}…{title[len(title) - (width - 1 - front) :].lstrip()}"


def standing_line(number: int, title: str, question: Question, fate: Fate | None, *, now: bool, width: int) -> Content:
    """A question of a running interview and what became of it; `fate` is None while its answer is still counted."""
    glyph, told, more = _standing(question, fate, now=now)
    style = "bold" if now else "dim" if question.left_out else ""
    most = width - NUMBER - 2 - LEAST_TITLE - 2
    said = told + more if len(told + more) <= most else shortened(told, most)
    room = width - NUMBER - 2 - len(said) - 2
    named = shortened(title, room)
    return Content.assemble(f"{number:>2}  ", (f"{glyph} {named}", style), " " * (room - len(named) + 2), (said, "dim"))


def _standing(question: Question, fate: Fate | None, *, now: bool) -> tuple[str, str, str]:
    """A sign, what became of it, and what else was asked about it."""
    if question.left_out:
        return "–", "skipped" if question.skipped else "not asked", ""
    if question.answer_id is None:
        return ("▸", "now", "") if now else ("○", "", "")
    further = sum(one.answer_id is not None for one in question.further)
    more = f", and {counted(further, 'follow-up')}" if further else ""
    why = "" if fate is None else fate.value.rstrip(".")
    return "▸" if now else "●", why[:1].lower() + why[1:] or "answered", more


def left_line(interview: Interview, running: float = 0.0) -> str:
    """How much of its time is left, `running` seconds into the present turn."""
    left = interview.minutes * 60 - interview.spent - running
    return f"{clock_text(left)} left" if left > 0 else "time is up"


def standing_help(offered: Iterable[str], *, stands: bool) -> str:
    """What one can do where an interview stands still, or while the interviewer thinks or takes leave."""
    leaving = "**q** leaves it: it can be taken up again later"
    if not stands:
        return f"The interview goes on by itself. {leaving}."
    return f"The interview stands still. {', '.join([*(KEYS_SAID[action] for action in offered), leaving])}."


def stopped_line(interview: Interview) -> str:
    """What is said where one has stopped, and what becomes of it."""
    if interview.answered:
        return "Stopped. What you have answered is kept."
    return "Stopped. Nothing is answered yet: q leaves, and the interview waits."


def broken_off_line(kept: KeptInterview, now: datetime) -> str:
    """When it was begun, where it stopped, and the key that goes on."""
    at = (kept.interview.at or 0) + 1
    stopped = (
        f"An interview from {ago(kept.begun_at, now)} stopped at question {at} of {len(kept.interview.questions)}."
    )
    how = "typing" if kept.interview.typed else "with it"
    return f"{stopped} {joined('c goes on')} {how}."


def past_line(kept: KeptInterview, standing: Standing, titles: Mapping[str, str], now: datetime, width: int) -> Content:
    """A past interview: when, how far and why not all its answers count, which guides."""
    when = f"{ago(kept.begun_at, now):<16}"
    far = f"{standing.answered}/{len(standing.fates)} answered"
    state = standing.told(far, broken_off=kept.ended_at is None)
    front = f"{when}{state:<24}  "
    guides = ", ".join(dict.fromkeys(titles.get(one.guide_id, one.guide_id) for one in kept.interview.questions))
    return Content.assemble(front, (shortened(guides, max(10, width - len(front))), "dim"))
