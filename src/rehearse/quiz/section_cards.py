"""Cards about sections: what belongs where, what only sounds like it, what is missing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from rehearse.domain.cards import Card, CardKind
from rehearse.domain.guide import Guide, Scenario, Section
from rehearse.quiz.card_parts import card_id, distinct, lot, plain, section_choice
from rehearse.quiz.giveaways import Names, names_of, section_names

STATEMENTS = 8
"""Statements of each section that are asked."""
LONGEST_PART = 170
"""Characters of one section's part in an answer from which something is missing."""


def telling_examples(guide: Guide, most: int) -> dict[Section, list[str]]:
    """Of each section, examples that serve it alone and name no section, in the guide's order.

    Where that leaves too few, those that name another section are taken too; never those that name their own.
    """
    names = section_names(guide)
    return {section: _silent(names, section, own, most) for section, own in _own_examples(guide).items()}


def drawn_examples(guide: Guide, most: int) -> dict[Section, list[str]]:
    """Others than `statement_cards` asks about where there are enough, drawn by lot.

    The lot is the text's own: an example added to the guide rarely puts another one out.
    """
    asked, names = telling_examples(guide, STATEMENTS), section_names(guide)
    drawn = {}
    for section, own in _own_examples(guide).items():
        others = [text for text in own if text not in asked[section]]
        found = _silent(names, section, sorted(others, key=lot), most)
        drawn[section] = found if len(found) == most else asked[section][:most]
    return drawn


def _own_examples(guide: Guide) -> dict[Section, tuple[str, ...]]:
    """The examples that no other section has."""
    owners = Counter(text for section in guide.sections for text in {plain(text) for text in section.examples})
    return {s: distinct(text for text in s.examples if owners[plain(text)] == 1) for s in guide.sections}


def _silent(names: Mapping[str, Names], section: Section, texts: Iterable[str], most: int) -> list[str]:
    """The first texts that don't name their section, those that name no other one before those that do."""
    others = [name for key, name in names.items() if key != section.id]
    clean: list[str] = []
    misleading: list[str] = []
    for text in texts:
        if names[section.id].inside(text):
            continue
        (misleading if any(one.inside(text) for one in others) else clean).append(text)
        if len(clean) == most:
            break
    return [*clean, *misleading][:most]


def statement_cards(guide: Guide) -> Iterator[Card]:
    """Which section does this statement belong to?"""
    for section, texts in telling_examples(guide, STATEMENTS).items():
        for text in texts:
            yield section_choice(
                guide,
                section,
                kind=CardKind.STATEMENT,
                card=card_id(guide, CardKind.STATEMENT, section.id, text),
                question="Which part does this serve?",
                statement=text,
            )


def summary_cards(guide: Guide) -> Iterator[Card]:
    """Which section is described here?"""
    return _told_of(guide, CardKind.SUMMARY, "Which part is described here?", lambda section: section.summary)


def follow_up_cards(guide: Guide) -> Iterator[Card]:
    """Which section did an answer leave out if the interviewer asks this?"""
    asked = "The interviewer asks this afterwards. What did you leave out?"
    return _told_of(guide, CardKind.FOLLOW_UP, asked, lambda section: section.follow_up)


def _told_of(guide: Guide, kind: CardKind, question: str, text: Callable[[Section], str]) -> Iterator[Card]:
    """A card for each section whose text doesn't name it."""
    for section in guide.sections:
        if not names_of(section).inside(text(section)):
            yield section_choice(
                guide,
                section,
                kind=kind,
                card=card_id(guide, kind, section.id),
                question=question,
                statement=text(section),
            )


def missing_cards(guide: Guide) -> Iterator[Card]:
    """What is missing from this answer? A scenario's sample answer without one of its sections."""
    for scenario in guide.scenarios:
        parts = _parts(guide, scenario)
        if len(parts) < 3:
            continue
        for section in parts:
            rest = " ".join(text for other, text in parts.items() if other is not section)
            yield section_choice(
                guide,
                section,
                kind=CardKind.MISSING,
                card=card_id(guide, CardKind.MISSING, f"{scenario.id}.{section.id}"),
                question="What is missing from this answer?",
                statement=rest,
                options=list(parts),
            )


def _parts(guide: Guide, scenario: Scenario) -> dict[Section, str]:
    """The sections of a sample answer, each with its most telling stretch, in the framework's order."""
    found = {}
    for section in guide.sections:
        stretches = [sentence.text for sentence in scenario.sample if sentence.section == section.id]
        if stretches:
            found[section] = max(map(_core, stretches), key=len)
    return found


def _core(text: str) -> str:
    """The longest sentence of `text`, and the one before or after it where both fit.

    A short one may say next to nothing, and then its section would be missing as well.
    """
    sentences = text.replace("! ", "!\n").replace("? ", "?\n").replace(". ", ".\n").split("\n")
    at = max(range(len(sentences)), key=lambda index: len(sentences[index]))
    for pair in (sentences[max(0, at - 1) : at + 1], sentences[at : at + 2]):
        both = " ".join(pair)
        if len(pair) > 1 and len(both) <= LONGEST_PART:
            return both
    return sentences[at]


GENERATORS = (missing_cards, follow_up_cards, summary_cards)
"""Those but `statement_cards`, which come before all others."""
