"""Short sentences made of facts: when, how long, how it went."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from rehearse.domain.moments import days_until, is_ahead
from rehearse.domain.wording import counted
from rehearse.ui.unbroken import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.domain.answer import Answer
    from rehearse.domain.delivery import Delivery
    from rehearse.domain.guide import Scenario
    from rehearse.settings import Settings


LETTERS_A_SECOND = 20
"""How fast somebody reads who was about to do something else."""


class Result(Protocol):
    """What a list shows of an answer."""

    @property
    def sections_covered(self) -> int:
        """How many sections came up."""

    @property
    def sections_total(self) -> int:
        """How many the guide has; 0 where too little was said to judge."""

    @property
    def mistakes_made(self) -> int:
        """How many common mistakes were made."""


def result_line(result: Result, when: str, *, short: bool = False) -> str:
    """`5/6 · 1 mistake · 2 days ago`, or `5/6 · 1 ✘ · 2 days ago` with the panel's sign for a mistake."""
    if not result.sections_total:
        return f"not judged · {when}"
    mistakes = f"{result.mistakes_made} ✘" if short else counted(result.mistakes_made, "mistake")
    return f"{result.sections_covered}/{result.sections_total} · {mistakes} · {when}"


def reading_seconds(text: str) -> float:
    """How long a sentence that comes up by itself stays: to be noticed, and to be read."""
    return 2 + len(text) / LETTERS_A_SECOND


def ago(then: datetime, now: datetime) -> str:
    """How long ago, as people say it."""
    if is_ahead(then, now):
        return "future date"  # the clock was wrong then, or is now
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    days = (now.astimezone().date() - then.astimezone().date()).days
    if days == 0:
        return f"{int(seconds // 3600)} h ago"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 60 else then.astimezone().strftime("%Y-%m-%d")


def days_left(interview: date | None, today: date) -> str:
    """What the interview's date means today; "" where there is none."""
    if interview is None:
        return ""
    if (days := days_until(interview, today)) is None:
        return f"The interview's date has {joined('passed (s).')}"
    return "The interview is today. Breathe." if days == 0 else f"The interview is in {counted(days, 'day')}."


def times_line(scenario: "Scenario", settings: "Settings") -> str:
    """`0:30 to think, 2:00 to answer, coached  (e: exam)`."""
    from rehearse.domain.kinds import Mode
    from rehearse.domain.rehearsal import Clock, clock_text

    other = Mode.EXAM.value if settings.mode is Mode.COACHED else Mode.COACHED.value
    clock = Clock.of(scenario, settings.think_seconds, settings.answer_seconds)
    return (
        f"{clock_text(clock.think)} to think, {clock_text(clock.answer)} to answer, "
        f"{settings.mode.value}{', hands-free' if settings.hands_free else ''}  (e: {other})"
    )


def delivery_line(delivery: "Delivery | None") -> str:
    """Pace, fillers, pauses on one line."""
    from rehearse.delivery import USUAL_PACE

    if delivery is None:
        return "Typed: no pace, no pauses, and nothing to replay."
    pace = delivery.words_per_minute
    if not pace:
        return "No words: no pace, fillers or pauses."
    low, high = USUAL_PACE
    verdict = "slow" if pace < low else "fast" if pace > high else "good"
    return (
        f"{pace:.0f} wpm, {verdict} (usual {low}–{high}) · {counted(len(delivery.fillers), 'filler')} · "
        f"{counted(len(delivery.pauses), 'pause')} · began after {delivery.time_to_first_word:.1f} s"
    )


def facts(answer: "Answer", *, refining: bool) -> str:
    """What an answer lacks, and how it was spoken; while it is heard once more, that instead."""
    from rehearse.domain.missing import missing_line

    spoken = delivery_line(answer.delivery)
    if refining:
        spoken = "Being heard once more, with all care: words and marks may still change."
    return "\n".join(filter(None, (missing_line(answer), spoken)))


def review_line(answer: "Answer", now: datetime) -> str:
    """`★ 5/6 · 1 mistake · 1:12 · guessed 4/6 · 2 days ago`."""
    from rehearse.domain.rehearsal import clock_text

    marks = answer.marks
    star = "★ " if answer.starred else ""
    when = ago(answer.created_at, now)
    if marks is None:
        return f"{star}{when}"
    length = f" · {clock_text(answer.duration)}" if answer.transcript.timed else " · typed"
    score = f"{len(marks.covered)}/{len(marks.sections)} · {counted(len(marks.made), 'mistake')}"
    if not marks.judged:
        score = "not judged"
    elif answer.follow_up_of:
        asked = answer.follow_up_section
        told = asked in marks.covered if asked else bool(marks.covered)
        score = f"follow-up · {'covered' if told else 'not covered'}"
    return f"{star}{score}{length}{_guess(answer)} · {when}"


def _guess(answer: "Answer") -> str:
    """How well an exam's own guess agrees with the marks."""
    marks, guess = answer.marks, answer.guess
    if guess is None or marks is None:
        return ""
    right = sum((mark.section_id in guess) == (mark.section_id in marks.covered) for mark in marks.sections)
    return f" · guessed {right}/{len(marks.sections)}"


def offer_line(section: str, told: "Sequence[str]", *, low: bool = False) -> str:
    """What to do besides the advice: be asked about a section; `told` are titles of those one was asked about.

    In a `low` window the advice itself needs the room, and the keys are enough.
    """
    offer = f" {joined('f: the')} interviewer asks about {section}; {joined('s drills')} a section." if section else ""
    if section and low:
        offer = f" {joined('f: be asked')} · {joined('s: drill')}"
    return f" You told it when asked: {', '.join(told)}.{offer}" if told else offer
