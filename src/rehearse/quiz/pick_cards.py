"""Cards that ask which of some statements really serves a section. Neither length nor a name tells which it is."""

from collections.abc import Iterator

from rehearse.domain.cards import Card, CardKind, ChoiceCard
from rehearse.domain.guide import Guide, Section
from rehearse.quiz.card_parts import card_id, distinct, lot, plain, section_line
from rehearse.quiz.giveaways import names_of
from rehearse.quiz.section_cards import drawn_examples, telling_examples

PICKS = 3
"""Statements of each section that are to be picked out among others."""
FOREIGN = 24
"""Statements of each other section that wrong options are chosen from."""
WRONG = 6
"""Wrong options of a card; some of them are shown."""
LEAST_LIKENESS = 0.5
"""Length of a near miss by that of the right answer; shorter ones are seen through without being read."""


def pick_cards(guide: Guide) -> Iterator[Card]:
    """Which of these really serves the section? The others sound like it, or serve another."""
    foreign = telling_examples(guide, FOREIGN)
    for section, texts in drawn_examples(guide, PICKS).items():
        near, far = _near_misses(guide, section), _of_others(section, foreign)
        for number, text in enumerate(texts):
            yield ChoiceCard(
                id=card_id(guide, CardKind.PICK, section.id, text),
                guide_id=guide.id,
                kind=CardKind.PICK,
                question=f"Which of these would earn you “{section.title}”?",
                why=f"It says something a listener could repeat. {section_line(section)}",
                explanation=section.advice,
                section_id=section.id,
                answer=text,
                distractors=_wrong(text, near, far, longer=1 + number % PICKS),
            )


def _near_misses(guide: Guide, section: Section) -> tuple[str, ...]:
    """What sounds like the section: without its name (right answers never have it), and no small talk."""
    names = names_of(section)
    found = distinct(section.near_misses, but=[*section.examples, *guide.small_talk])
    return tuple(text for text in found if not names.inside(text))


def _of_others(section: Section, examples: dict[Section, list[str]]) -> tuple[str, ...]:
    """What serves another section alone and doesn't name this one."""
    names = names_of(section)
    return tuple(
        text for other, own in examples.items() if other is not section for text in own if not names.inside(text)
    )


def _wrong(right: str, near: tuple[str, ...], far: tuple[str, ...], *, longer: int) -> tuple[str, ...]:
    """As many wrong options as are wanted, `longer` of them longer than the right one, near misses before others.

    Which near misses these are is drawn by the right answer's lot: the same few would soon be known by heart.
    """

    def by_lot(text: str) -> bytes:
        return lot(f"{right} {text}")

    def by_length(text: str) -> int:
        return abs(len(text) - len(right))

    alike = [text for text in distinct(near, but=[right]) if len(text) >= LEAST_LIKENESS * len(right)]
    others = [text for text in distinct(far, but=[right, *near]) if len(text) >= LEAST_LIKENESS * len(right)]
    ranked = [*sorted(alike, key=by_lot), *sorted(sorted(others, key=by_length)[: 2 * WRONG], key=by_lot)]
    over = [text for text in ranked if len(text) > len(right)][:longer]
    under = [text for text in ranked if len(text) <= len(right)][: WRONG - len(over)]
    return tuple(sorted((*over, *under), key=plain))
