"""What all card generators share: ids, and the options made of sections."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rehearse.domain.cards import CardKind, ChoiceCard
from rehearse.domain.guide import Guide, Section
from rehearse.quiz.giveaways import words

MOST_OPTIONS = 9
"""Number keys answer, so there are no more options than these."""

ARROW = " → "
"""Between the parts of a row."""
GAP = "______"
"""In the place of a part that is left out."""


def card_id(guide: Guide, kind: CardKind, subject: str, text: str = "") -> str:
    """A stable id. With `text`, case and punctuation of which don't matter, one subject can have several cards."""
    stem = f"{guide.id}/{kind}:{subject}"
    if not text:
        return stem
    return f"{stem}:{hashlib.sha256(plain(text).encode()).hexdigest()[:10]}"


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The words alone, in lower case: two texts that are plainly the same have the same."""
    return " ".join(words(text))


def lot(text: str) -> bytes:
    """What a text is drawn by: its own, so that another text rarely changes who is drawn."""
    return hashlib.sha256(plain(text).encode()).digest()


def shortened(text: str, most: int) -> str:
    """At most that many characters of `text`, in whole words."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,.;:')} …"


def distinct(texts: Iterable[str], *, but: Iterable[str] = ()) -> tuple[str, ...]:
    """The texts without repetitions and without those in `but`; case and punctuation don't make a difference."""
    seen = set(map(plain, but))
    kept = []
    for text in texts:
        key = plain(text)
        if key not in seen:
            seen.add(key)
            kept.append(text)
    return tuple(kept)


def section_choice(
    guide: Guide,
    section: Section,
    *,
    kind: CardKind,
    card: str,
    question: str,
    statement: str,
    options: Sequence[Section] = (),
    shuffled: bool = False,
) -> ChoiceCard:
    """A card whose right answer is a section.

    Args:
        guide: whose section it is.
        section: the right one.
        kind: what is asked.
        card: the card's id.
        question: the question.
        statement: what it is about.
        options: sections to choose from; none: all. The right one is added.
        shuffled: the options have no order of their own; else they stand as in the framework.
    """
    among = [one for one in guide.sections if not options or one in options or one is section]
    others = [one.title for one in among if one is not section]
    if len(among) > MOST_OPTIONS:
        at = min(max(0, among.index(section) - MOST_OPTIONS // 2), len(among) - MOST_OPTIONS)
        among = among[at : at + MOST_OPTIONS]
    return ChoiceCard(
        id=card,
        guide_id=guide.id,
        kind=kind,
        question=question,
        statement=statement,
        why=section_line(section),
        explanation=section.advice,
        section_id=section.id,
        answer=section.title,
        distractors=distinct(others, but=[section.title]),
        order=() if shuffled else tuple(one.title for one in among),
    )


def section_line(section: Section) -> str:
    """The title and what belongs there."""
    return f"{section.title}: {section.summary[0].lower()}{section.summary[1:]}"
