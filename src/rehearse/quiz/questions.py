"""A card as it is asked, and the verdict on what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from rehearse.domain.cards import Card, ChoiceCard, OrderCard, Rating, RecallCard, SpokenCard
from rehearse.domain.coverage import SectionState
from rehearse.quiz.recall_grading import Recall, judge_recall

SHOWN_OPTIONS = 4
"""Of cards whose options have no order of their own."""


@dataclass(frozen=True)
class SpokenAnswer:
    """What was said to a spoken card."""

    text: str
    state: SectionState
    """How the card's section came up in it, by the coverage engine."""


Response = int | str | tuple[str, ...] | SpokenAnswer | None
"""An option's place from 0, typed text, items in order, spoken words, or None for "I don't know"."""


class Outcome(Enum):
    """How an answer turned out."""

    RIGHT = "right"
    ALMOST = "almost"
    WRONG = "wrong"


@dataclass(frozen=True)
class Question:
    """A card with its options laid out."""

    card: Card
    options: tuple[str, ...]
    """Choices, or items to be put in order; () where one types."""
    new: bool
    """Never asked before."""


@dataclass(frozen=True)
class Verdict:
    """What was answered, and how good that was."""

    outcome: Outcome
    rating: Rating
    given: str
    """What was answered; "" for nothing."""
    recall: Recall | None = None
    """Of a typed answer."""


def ask(card: Card, random: Random, *, new: bool) -> Question:
    """Lay out a card: options that have an order keep it, others are shuffled; items never lie in order already."""
    if isinstance(card, ChoiceCard):
        return Question(card, card.order or _shuffled_options(card, random), new)
    if isinstance(card, OrderCard):
        return Question(card, _out_of_order(card.items, random), new)
    return Question(card, (), new)


def _shuffled_options(card: ChoiceCard, random: Random) -> tuple[str, ...]:
    wrong = random.sample(card.distractors, min(SHOWN_OPTIONS - 1, len(card.distractors)))
    options = [card.answer, *wrong]
    random.shuffle(options)
    return tuple(options)


def _out_of_order(items: Sequence[str], random: Random) -> tuple[str, ...]:
    shuffled = list(items)
    while len(set(items)) > 1 and shuffled == list(items):
        random.shuffle(shuffled)
    return tuple(shuffled)


def judge(question: Question, response: Response) -> Verdict:
    """The verdict on a response of the kind the card asks for.

    Raises:
        ValueError: the response is of another kind, or out of range.
    """
    match question.card, response:
        case _, None:
            return Verdict(Outcome.WRONG, Rating.AGAIN, "")
        case ChoiceCard() as card, int() if 0 <= response < len(question.options):
            given = question.options[response]
            return _verdict(Rating.GOOD if given == card.answer else Rating.AGAIN, given)
        case OrderCard() as card, tuple() if sorted(response) == sorted(card.items):
            return _verdict(_order_rating(card.items, response), " → ".join(response))
        case RecallCard() as card, str():
            recall = judge_recall(response, card.expected, card.known)
            return _verdict(recall.rating, response.strip(), recall)
        case SpokenCard(), SpokenAnswer(text, state):
            return _verdict(_SPOKEN_RATINGS.get(state, Rating.AGAIN), text)
    raise ValueError(f"{response!r} is no answer to {question.card.id}")


_SPOKEN_RATINGS = {SectionState.COVERED: Rating.GOOD, SectionState.THIN: Rating.HARD}
"""A section that only was touched is almost right."""


def _order_rating(right: Sequence[str], given: Sequence[str]) -> Rating:
    """In order is Good; two neighbours swapped is Hard, where there are enough items for that to be almost right."""
    places = [right.index(item) for item in given]
    swaps = sum(a > b for index, a in enumerate(places) for b in places[index + 1 :])
    if swaps == 0:
        return Rating.GOOD
    return Rating.HARD if swaps == 1 and len(right) > 3 else Rating.AGAIN


def _verdict(rating: Rating, given: str, recall: Recall | None = None) -> Verdict:
    outcome = {Rating.AGAIN: Outcome.WRONG, Rating.HARD: Outcome.ALMOST}.get(rating, Outcome.RIGHT)
    return Verdict(outcome, rating, given, recall)
