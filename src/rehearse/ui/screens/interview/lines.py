"""What the screens of an interview say, line by line."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from textual.content import Content

from rehearse.domain.interview import Interview, Question
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import counted
from rehearse.reports.fates import Fate, Standing
from rehearse.services.kept_interview import KeptInterview
from rehearse.ui.glyphs import shortened
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


def length_line(interview: Interview) -> str:
    """`20 minutes · up to 2 questions after each answer`."""
    further = interview.most_follow_ups
    after = f"up to {counted(further, 'question')} after each answer" if further else "no questions after an answer"
    return f"{interview.minutes} minutes · {after}"


def planned_line(number: int, title: str, question: Question, width: int) -> Content:
    """A question that will be asked, and why, in `width` columns."""
    why = question.why
    room = width - NUMBER - len(why) - 3
    if room < 20:
        why = shortened(why, max(0, width - NUMBER - 23))
        room = width - NUMBER - len(why) - 3
    named = shortened(title, room)
    return Content.assemble(f"{number:>2}  ", named, " " * (room - len(named) + 3), (why, "dim"))


def standing_line(number: int, title: str, question: Question, fate: Fate | None, *, now: bool, width: int) -> Content:
    """A question of a running interview and what became of it; `fate` is None while its answer is still counted."""
    glyph, said = _standing(question, fate, now=now)
    style = "bold" if now else "dim" if question.left_out else ""
    room = width - NUMBER - 2 - len(said) - 2
    named = shortened(title, room)
    return Content.assemble(f"{number:>2}  ", (f"{glyph} {named}", style), " " * (room - len(named) + 2), (said, "dim"))


def _standing(question: Question, fate: Fate | None, *, now: bool) -> tuple[str, str]:
    if question.left_out:
        return "–", "skipped" if question.skipped else "not asked"
    if question.answer_id is None:
        return ("▸", "now") if now else ("○", "")
    further = sum(one.answer_id is not None for one in question.further)
    more = f", and {counted(further, 'follow-up')}" if further else ""
    told = "answered" if fate is None or fate is Fate.JUDGED else fate.value.rstrip(".").lower()
    return "▸" if now else "●", f"{told}{more}"


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
    """When it was begun and where it stopped."""
    at = (kept.interview.at or 0) + 1
    return f"An interview from {ago(kept.begun_at, now)} stopped at question {at} of {len(kept.interview.questions)}."


def past_line(kept: KeptInterview, standing: Standing, titles: Mapping[str, str], now: datetime, width: int) -> Content:
    """A past interview: when, how far and why not all its answers count, which guides."""
    when = f"{ago(kept.begun_at, now):<16}"
    far = f"{standing.answered}/{len(standing.fates)} answered"
    state = ", ".join(filter(None, (far, standing.uncounted, "" if kept.ended_at else "broken off")))
    front = f"{when}{state:<24}  "
    guides = ", ".join(dict.fromkeys(titles.get(one.guide_id, one.guide_id) for one in kept.interview.questions))
    return Content.assemble(front, (shortened(guides, max(10, width - len(front))), "dim"))
