"""Quiz cards, how well they are known, and what is kept of an answer to one."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, StrEnum


class CardKind(StrEnum):
    """What a card asks."""

    STATEMENT = "statement"
    """Which section does this statement belong to?"""
    PICK = "pick"
    """Which of these statements really serves the section?"""
    MISTAKE = "mistake"
    """Which mistake does this short answer make?"""
    REPAIR = "repair"
    """Which statement would repair this short answer?"""
    REMEDY = "remedy"
    """Which mistake is this advice against?"""
    ORDER = "order"
    """Put the framework, or an answer, in order."""
    NEIGHBOUR = "neighbour"
    """Which section comes right after, or before, this one?"""
    RECALL = "recall"
    """Type all sections."""
    GAP = "gap"
    """Type the section that is left out."""
    INTENT = "intent"
    """What is behind this question?"""
    MISSING = "missing"
    """What is missing from this answer?"""
    FOLLOW_UP = "follow-up"
    """Which section does the interviewer ask about here?"""
    SUMMARY = "summary"
    """Which section is described?"""
    WRITTEN = "written"
    """Written by hand in the guide."""
    SPOKEN = "spoken"
    """Answer a follow-up question aloud."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One thing to ask. Its subclasses say how it is answered."""

    id: str
    """`guide/kind:subject` or `guide/kind:subject:hash`. Where the thing asked is the same, the id is the same,
    however the guide words it; the hash stands where the wording is the thing asked."""
    guide_id: str
    kind: CardKind
    question: str
    statement: str = ""
    """What the question is about; "" where the question says it all."""
    why: str
    """One sentence that says why the right answer is right."""
    explanation: str
    """The guide's own words about it."""
    section_id: str | None = None
    """The section it practises, if it is one."""
    mistake_id: str | None = None

    @property
    def wording(self) -> str:
        """The text that tells this card from others of its kind: by it a card is found again when it was reworded."""
        return self.statement or self.question

    @property
    def right(self) -> str:
        """The right answer, as it is shown."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ChoiceCard(Card):
    """Answered by picking one option."""

    answer: str
    distractors: tuple[str, ...]
    """Wrong options, none of them twice. Some or all are shown."""
    order: tuple[str, ...] = ()
    """The options in an order that never changes (sections as the framework has them); () shuffles them."""

    @property
    def wording(self) -> str:
        """The answer tells cards apart that ask the same about different statements."""
        return self.statement or f"{self.question} {self.answer}"

    @property
    def right(self) -> str:
        """The one right option."""
        return self.answer


@dataclass(frozen=True, kw_only=True)
class OrderCard(Card):
    """Answered by putting items in order."""

    items: tuple[str, ...]
    """In the right order."""

    @property
    def right(self) -> str:
        """The items in order."""
        return " → ".join(self.items)


@dataclass(frozen=True)
class Expected:
    """One thing to recall."""

    text: str
    """As it is shown."""
    names: tuple[str, ...]
    """Everything that counts for it, `text` included."""


@dataclass(frozen=True, kw_only=True)
class RecallCard(Card):
    """Answered by typing."""

    expected: tuple[Expected, ...]
    known: tuple[Expected, ...] = ()
    """Things that the card itself names and that aren't asked for."""

    @property
    def right(self) -> str:
        """Everything expected."""
        return ", ".join(item.text for item in self.expected)


SPOKEN_SECONDS = 15
"""Time for an answer said aloud."""


@dataclass(frozen=True, kw_only=True)
class SpokenCard(Card):
    """Answered aloud in `SPOKEN_SECONDS`; rated by the coverage engine."""

    title: str
    """Of the section that the answer should serve."""

    @property
    def right(self) -> str:
        """The section's title."""
        return self.title


class Rating(IntEnum):
    """How well a card was known; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(Enum):
    """Where a card stands."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True)
class CardState:
    """What the scheduler remembers of a card that has been asked."""

    card_id: str
    phase: Phase
    step: int | None
    """Place among the (re)learning steps; None in review."""
    stability: float
    """Days until the probability of recall has fallen to 0.9."""
    difficulty: float
    """1 to 10."""
    due: datetime
    """UTC."""
    last_review: datetime
    """UTC."""
    section_id: str | None = None
    wording: str = ""
    """The card's wording when it was last asked."""


@dataclass(frozen=True)
class Review:
    """One answer to a card."""

    card_id: str
    guide_id: str
    rating: Rating
    reviewed_at: datetime
    """UTC."""
    day: str
    """The local day it counts for, `2026-03-01`."""
    seconds: float
    """From the question to the answer."""
    mode: str
    first: bool
    """The card had never been asked."""


@dataclass(frozen=True)
class Round:
    """One finished blitz."""

    scope: str
    """Id of the guide, or "" for all guides together."""
    seconds: int
    """Its length: scores of different lengths aren't compared."""
    right: int
    asked: int
    played_at: datetime
    """UTC."""
