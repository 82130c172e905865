"""Cards whose wording was edited find what was remembered of them again."""

from collections.abc import Iterable, Mapping

from rehearse.domain.cards import Card, CardState

ALIKE = 70
"""Least similarity (0 to 100) of two wordings of the same thing: more than half of a sentence may not change."""


def adoptions(cards: Iterable[Card], states: Mapping[str, CardState]) -> dict[str, str]:
    """New ids by old ones: states whose card is gone, and the card that now asks the same in other words.

    A card takes over from one of the same guide, kind and subject whose wording was most alike.
    """
    from rapidfuzz.fuzz import ratio

    cards = tuple(cards)
    ids = {card.id for card in cards}
    orphans = [state for state in states.values() if state.card_id not in ids and state.wording]
    if not orphans:
        return {}
    free = [card for card in cards if card.id not in states]
    pairs = sorted(
        (
            (ratio(state.wording, card.wording, score_cutoff=ALIKE), state.card_id, card.id)
            for state in orphans
            for card in free
            if _stem(state.card_id) == _stem(card.id)
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    for score, old, new in pairs:
        if score >= ALIKE and old not in found and new not in found.values():
            found[old] = new
    return found


def _stem(card_id: str) -> str:
    """The id without the hash of its wording."""
    return ":".join(card_id.split(":")[:2])
