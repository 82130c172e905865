"""What is shown after a session."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rehearse.domain.cards import Card, CardState, Round
from rehearse.quiz.questions import Outcome, Question, Verdict
from rehearse.quiz.retrievability import SectionName, SectionOutlook, day_looked_at, day_words, look_ahead, outlook_line
from rehearse.quiz.scheduler import Scheduler

LEAST_BEST = 3
"""Right answers that a personal best has at least: one lucky guess is none."""


@dataclass(frozen=True)
class Asked:
    """A question and how it was answered."""

    question: Question
    verdict: Verdict
    seconds: float
    first: bool
    """The card had never been asked."""

    @property
    def card(self) -> Card:
        """What was asked."""
        return self.question.card


@dataclass(frozen=True)
class Summary:
    """How a session went, and how things stand after it."""

    asked: int
    right: int
    missed: tuple[Asked, ...]
    """What wasn't right at the first try, each card once."""
    seconds: float
    streak: int
    """Days in a row with at least one answer, today or yesterday being the last."""
    best: int | None
    """The personal best before this session; None where there was none or it was no blitz."""
    beaten: bool
    """This session is the new personal best."""
    sections: tuple[SectionOutlook, ...]
    """Weakest first."""
    outlook: str
    """How much would be remembered, in a sentence; "" where nothing was asked yet."""
    ahead: str
    """When the next cards come; "" where none are planned."""


def summarise(
    *,
    asked: Sequence[Asked],
    best: Round | None,
    over: bool,
    days: Iterable[str],
    cards: Sequence[Card],
    states: Mapping[str, CardState],
    sections: Iterable[SectionName],
    scheduler: Scheduler,
    now: datetime,
) -> Summary:
    """Put a summary together; `over` says that a blitz went to its end."""
    right = sum(one.verdict.outcome is Outcome.RIGHT for one in asked)
    missed = {one.card.id: one for one in reversed(asked) if one.verdict.outcome is not Outcome.RIGHT}
    at, day = day_looked_at(scheduler, now)
    outlook = look_ahead(sections, cards, states, scheduler, at)
    today = scheduler.today(now)
    return Summary(
        asked=len(asked),
        right=right,
        missed=tuple(missed.values())[::-1],
        seconds=sum(one.seconds for one in asked),
        streak=streak(days, today),
        best=best.right if best else None,
        beaten=over and right >= LEAST_BEST and right > (best.right if best else 0),
        sections=outlook,
        outlook=outlook_line(outlook, day, today),
        ahead=_ahead(cards, states, scheduler, now),
    )


def streak(days: Iterable[str], today: date) -> int:
    """Days in a row, up to today, or to yesterday where today nothing was answered yet."""
    played = set(days)
    day = today if str(today) in played else today - timedelta(days=1)
    length = 0
    while str(day) in played:
        length += 1
        day -= timedelta(days=1)
    return length


def _ahead(cards: Sequence[Card], states: Mapping[str, CardState], scheduler: Scheduler, now: datetime) -> str:
    planned = [scheduler.today(scheduler.due(states[card.id], now)) for card in cards if card.id in states]
    if not planned:
        return ""
    today = scheduler.today(now)
    day = max(today, min(planned))
    count = sum(one <= day for one in planned)
    when = day_words(day, today)
    return f"{count} {'card comes' if count == 1 else 'cards come'} again {when[0].lower()}{when[1:]}."
