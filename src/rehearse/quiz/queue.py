"""Which card comes next: what is due first, new ones metered, what was missed once more at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random

from rehearse.domain.cards import Card, CardState, ChoiceCard, Phase
from rehearse.quiz.scheduler import LAST_ROUND_DAYS, Scheduler

NEW_A_DAY = 10
FULL_DAY = 30
"""Repetitions from which on hardly any new cards are added to them."""
FEWEST_BESIDE = 2
"""New cards even on a full day."""
FEWEST_NEW, MOST_NEW = 6, 20
"""New cards a day while an interview is ahead."""
SECTION_ROUND = 12
"""Cards in a round of one section."""
MOST_RETURNS = 3
"""Times a missed card comes back within one session; then it stays due for the next one."""
LOOK_AHEAD = timedelta(minutes=20)
"""What was missed comes back within the session even if its minutes aren't over, once nothing else is left."""
BLITZ_LENGTH = 220
"""Characters that can be read in passing; longer cards stay out of a blitz."""


def new_a_day(unseen: int, days_left: int | None, repeated: int) -> int:
    """New cards today: a steady few, or what it takes to see all of them some days before the interview.

    Args:
        unseen: cards never asked before today.
        days_left: until the interview; None where there is none ahead.
        repeated: cards that were or will be repeated today.
    """
    if days_left is None:
        return min(NEW_A_DAY, max(FEWEST_BESIDE, FULL_DAY - repeated))
    return min(MOST_NEW, max(FEWEST_NEW, ceil(unseen / max(1, days_left - LAST_ROUND_DAYS))))


@dataclass(frozen=True)
class Waiting:
    """What could be asked now, each list in the order in which it is asked."""

    learning: tuple[Card, ...]
    """Missed lately, and their minutes are over."""
    review: tuple[Card, ...]
    new: tuple[Card, ...]
    """As many as are still allowed today."""
    soon: tuple[Card, ...]
    """Missed lately; their minutes aren't over yet."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """All of them."""
        return (*self.learning, *self.review, *self.new, *self.soon)


def waiting(
    cards: Sequence[Card], states: Mapping[str, CardState], scheduler: Scheduler, now: datetime, *, new_allowed: int
) -> Waiting:
    """Sort the cards by what is due when; within a day by `due`."""
    seen = sorted((c for c in cards if c.id in states), key=lambda card: scheduler.due(states[card.id], now))
    due = [card for card in seen if scheduler.is_due(states[card.id], now)]
    learned = {card.id for card in seen if states[card.id].phase is not Phase.REVIEW}
    return Waiting(
        learning=tuple(card for card in due if card.id in learned),
        review=tuple(card for card in due if card.id not in learned),
        new=tuple(card for card in cards if card.id not in states)[: max(0, new_allowed)],
        soon=tuple(
            card for card in seen if card.id in learned and card not in due and states[card.id].due <= now + LOOK_AHEAD
        ),
    )


def next_due(found: Waiting, last: Card | None, shown: set[str]) -> Card | None:
    """The card to ask; not the one just asked, and none whose text was already shown, as long as there are others."""
    everything = found.cards
    for choices in (
        [c for c in everything if c is not last and (not c.statement or c.statement not in shown)],
        [c for c in everything if c is not last],
        everything,
    ):
        if choices:
            return choices[0]
    return None


def section_round(
    cards: Sequence[Card], states: Mapping[str, CardState], scheduler: Scheduler, now: datetime
) -> tuple[Card, ...]:
    """A round of one section's cards: due ones, then new ones, then those that will be forgotten first."""
    found = waiting(cards, states, scheduler, now, new_allowed=SECTION_ROUND)
    rest = sorted(
        (card for card in cards if card.id in states and card not in found.cards),
        key=lambda card: states[card.id].stability,
    )
    return (*found.cards, *rest)[:SECTION_ROUND]


def blitz_cards(cards: Sequence[Card], random: Random) -> list[Card]:
    """Short cards with options, in any order."""
    quick: list[Card] = [
        c for c in cards if isinstance(c, ChoiceCard) and len(c.statement) + len(c.answer) <= BLITZ_LENGTH
    ]
    random.shuffle(quick)
    return quick
