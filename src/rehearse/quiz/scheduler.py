"""When a card comes again: FSRS, bounded by the date of the interview. The only place that imports fsrs."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from rehearse.domain.cards import Card, CardState, Phase, Rating
from rehearse.domain.moments import days_until, is_ahead

if TYPE_CHECKING:
    import fsrs

DESIRED_RETENTION = 0.9
LEARNING_STEPS = (timedelta(minutes=10),)
"""A card answered rightly at once needs no second look on the same day; one that wasn't comes back in ten minutes or
at the end of the session."""
LONGEST_INTERVAL = 365
"""Days. Nobody prepares for longer."""
LAST_ROUND_DAYS = 3
"""The last look at the cards is spread over so many days before the interview."""
SITTING = timedelta(hours=4)
"""A step of learning within it is of one sitting, midnight or not."""


@dataclass(frozen=True)
class Scheduler:
    """Plans cards; holds no state of its own and no clock."""

    interview: date | None = None
    """No card is planned for later than the eve of this day; None where no interview is near."""
    zone: tzinfo | None = None
    """Where days begin and end; None is the machine's own zone."""
    learning_steps: tuple[timedelta, ...] = LEARNING_STEPS
    relearning_steps: tuple[timedelta, ...] = LEARNING_STEPS
    desired_retention: float = DESIRED_RETENTION

    def today(self, now: datetime) -> date:
        """The local day of a moment."""
        return now.astimezone(self.zone).date()

    def review(self, card: Card, state: CardState | None, rating: Rating, now: datetime) -> CardState:
        """How the card is known after an answer; `state` is None for a card that was never asked."""
        import fsrs

        moment = _utc(now)
        scheduler = self._fsrs(self._longest(card.id, moment))
        reviewed, _ = scheduler.review_card(self._card(state, moment), fsrs.Rating(int(rating)), moment)
        return CardState(
            card_id=card.id,
            phase=_PHASES[reviewed.state.name],
            step=reviewed.step,
            stability=reviewed.stability or 0.0,
            difficulty=reviewed.difficulty or 0.0,
            due=reviewed.due,
            last_review=moment,
            section_id=card.section_id,
            wording=card.wording,
        )

    def retrievability(self, state: CardState, at: datetime) -> float:
        """Probability that the card is remembered at a moment, from 0 to 1. FSRS counts whole days: here local ones."""
        moment = _utc(at)
        return float(self._fsrs(LONGEST_INTERVAL).get_card_retrievability(self._card(state, moment), moment))

    def due(self, state: CardState, now: datetime) -> datetime:
        """When the card is to be asked: as planned, or earlier for an interview whose date became known later.

        A card whose last answer is still to come was planned by a clock that was wrong: it is due now, and that answer
        plans it anew.
        """
        if is_ahead(state.last_review, now):
            return now
        seen, planned = self.today(state.last_review), self.today(state.due)
        last = self._last_day(state.card_id, seen) if self.days_left(now) is not None else None
        return state.due if last is None or planned <= last else state.due - (planned - last)

    def is_due(self, state: CardState, now: datetime) -> bool:
        """To be asked now.

        A card in review is due from the beginning of its day on, one that is being learned to the minute.
        """
        due = self.due(state, now)
        if state.phase is Phase.REVIEW:
            return self.today(due) <= self.today(now)
        return due <= now

    def days_left(self, now: datetime) -> int | None:
        """Days until the interview; None where there is none ahead."""
        return days_until(self.interview, self.today(now))

    def _longest(self, card_id: str, now: datetime) -> int:
        today = self.today(now)
        last = self._last_day(card_id, today)
        return LONGEST_INTERVAL if last is None else max(1, min(LONGEST_INTERVAL, (last - today).days))

    def _last_day(self, card_id: str, seen: date) -> date | None:
        """The last day on which a card seen on `seen` may come again; None without an interview ahead."""
        if self.interview is None or self.interview <= seen:
            return None
        spread = min(LAST_ROUND_DAYS, (self.interview - seen).days)
        share = hashlib.sha256(card_id.encode()).digest()[0] % spread
        return max(seen + timedelta(days=1), self.interview - timedelta(days=1 + share))

    def _fsrs(self, longest: int) -> "fsrs.Scheduler":
        import fsrs

        # Without fuzzing: it would draw from the global random numbers, and the same answers would give other dates.
        return fsrs.Scheduler(
            desired_retention=self.desired_retention,
            learning_steps=self.learning_steps,
            relearning_steps=self.relearning_steps,
            maximum_interval=longest,
            enable_fuzzing=False,
        )

    def _card(self, state: CardState | None, now: datetime) -> Any:
        import fsrs

        if state is None:
            return fsrs.Card(card_id=0, due=now)  # an id of our own: without one fsrs sleeps to make one
        name = next(name for name, phase in _PHASES.items() if phase is state.phase)
        return fsrs.Card(
            card_id=0,
            state=fsrs.State[name],
            step=state.step,
            stability=state.stability,
            difficulty=state.difficulty,
            due=_utc(state.due),
            last_review=self._last_review(state, now),
        )

    def _last_review(self, state: CardState, now: datetime) -> datetime:
        """When fsrs is to believe that a card was answered last: as many times 24 hours ago as local days have passed.

        It counts spans of 24 hours, and what is due at the beginning of a day comes after 23 of them or 25.
        """
        last = min(_utc(state.last_review), now)  # a clock may have been wrong, see `due`
        days = (self.today(now) - self.today(last)).days
        if days < 1 or (state.phase is not Phase.REVIEW and now - last < SITTING):
            return last
        return now - timedelta(days=days)


_PHASES = {"Learning": Phase.LEARNING, "Review": Phase.REVIEW, "Relearning": Phase.RELEARNING}


def _utc(moment: datetime) -> datetime:
    """The same moment in UTC: fsrs takes `timezone.utc` itself and nothing that equals it."""
    return moment.astimezone(UTC)
