"""All cards of a guide, in the order in which new ones are introduced."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from rehearse.domain.cards import Card, ChoiceCard
from rehearse.domain.guide import Guide
from rehearse.quiz import frame_cards, mistake_cards, pick_cards, section_cards

Generator = Callable[[Guide], Iterator[Card]]

GENERATORS: tuple[Generator, ...] = (
    section_cards.statement_cards,
    pick_cards.pick_cards,
    *section_cards.GENERATORS,
    *mistake_cards.GENERATORS,
    *frame_cards.GENERATORS,
)
"""The first card of each comes in this order: what is to be recalled comes after the cards that show it."""


def build_deck(guide: Guide) -> tuple[Card, ...]:
    """Every card of a guide once. Kinds and sections take turns, so that the first days already have some of each."""
    placed: list[tuple[float, int, Card]] = []
    for rank, generate in enumerate(GENERATORS):
        cards = _take_turns([card for card in generate(guide) if _can_be_asked(card)], rank)
        placed += [(index / len(cards), rank, card) for index, card in enumerate(cards)]
    placed.sort(key=lambda one: one[:2])
    return tuple({card.id: card for _, _, card in placed}.values())


def _can_be_asked(card: Card) -> bool:
    return not isinstance(card, ChoiceCard) or bool(card.distractors)


def _take_turns(cards: Sequence[Card], start: int) -> list[Card]:
    """One card of each subject, then the second of each, and so on; other kinds start at other subjects."""
    by_subject: dict[str, list[Card]] = {}
    for card in cards:
        by_subject.setdefault(card.section_id or card.mistake_id or "", []).append(card)
    groups = deque(by_subject.values())
    groups.rotate(-start)
    longest = max(map(len, groups), default=0)
    return [group[index] for index in range(longest) for group in groups if index < len(group)]
