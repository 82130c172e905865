"""What a session can be made of, and what it needs of the store."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from rehearse.domain.cards import CardState, Review, Round


class QuizMode(StrEnum):
    """What a session is made of."""

    DUE = "due"
    """What is due today, then some new cards; no hurry."""
    BLITZ = "blitz"
    """As many as possible in a minute."""
    LONG_BLITZ = "long-blitz"
    """As many as possible in two minutes."""
    SECTION = "section"
    """One section only."""
    SPOKEN = "spoken"
    """Answered aloud, rated by the coverage engine."""

    @property
    def seconds(self) -> int | None:
        """How long it lasts; None: as long as there are cards."""
        return {QuizMode.BLITZ: 60, QuizMode.LONG_BLITZ: 120}.get(self)


class Reviews(Protocol):
    """Where states, answers and scores are kept."""

    def states(self, guide_ids: Collection[str], now: datetime | None = None) -> dict[str, CardState]:
        """All states of these guides' cards, by card id; with `now`, without what a clock that was ahead answered."""

    def rename(self, adopted: Mapping[str, str]) -> None:
        """Move states from old card ids to new ones."""

    def record(self, review: Review, state: CardState | None) -> int:
        """Keep an answer and the state after it (None: unchanged); the key to take it back with."""

    def take_back(self, key: int) -> None:
        """Forget an answer, and put the card's state back as it was before."""

    def new_on(self, day: str, guide_ids: Collection[str]) -> int:
        """How many cards were asked for the first time on a day."""

    def repeated_on(self, day: str, guide_ids: Collection[str]) -> set[str]:
        """Ids of the cards that were asked on a day and had been asked on a day before."""

    def days(self) -> list[str]:
        """Days on which anything was answered, newest first."""

    def best(self, scope: str, seconds: int) -> Round | None:
        """The best blitz of that length."""

    def add_round(self, played: Round) -> None:
        """Keep a blitz that went to its end."""
