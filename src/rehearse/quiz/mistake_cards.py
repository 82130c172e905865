"""Cards about common mistakes: seen in a short answer, repaired, advised against."""

import re
from collections.abc import Iterator

from rehearse.domain.cards import Card, CardKind, ChoiceCard
from rehearse.domain.guide import Guide, Mistake
from rehearse.quiz.card_parts import MOST_OPTIONS, card_id, distinct
from rehearse.quiz.giveaways import title_names
from rehearse.quiz.shared_repairs import HOLLOWNESS, SharedRepairs

_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def mistake_cards(guide: Guide) -> Iterator[Card]:
    """Which mistake does this short answer make?"""
    for mistake in guide.mistakes:
        for text in distinct(mistake.short_answers):
            if not title_names(mistake.title).inside(text):
                yield _which(guide, mistake, CardKind.MISTAKE, "Which mistake does this answer make?", text)


def remedy_cards(guide: Guide) -> Iterator[Card]:
    """Which mistake is this advice against?"""
    for mistake in guide.mistakes:
        if not title_names(mistake.title).inside(mistake.instead):
            yield _which(guide, mistake, CardKind.REMEDY, "Which mistake is this advice against?", mistake.instead)


def repair_cards(guide: Guide) -> Iterator[Card]:
    """Which statement would repair this short answer? Too much machinery isn't repaired by a further sentence."""
    for mistake in guide.mistakes:
        wrong = _other_repairs(guide, mistake)
        repairs = distinct(mistake.repairs)
        if not repairs or len(wrong) < 3 or mistake.detector == "over-engineered":
            continue
        for index, text in enumerate(distinct(mistake.short_answers)):
            yield ChoiceCard(
                id=card_id(guide, CardKind.REPAIR, mistake.id, text),
                guide_id=guide.id,
                kind=CardKind.REPAIR,
                question="Which sentence, added to this answer, would repair it?",
                statement=text,
                why=_why(mistake),
                explanation=mistake.instead,
                section_id=_section(mistake),
                mistake_id=mistake.id,
                answer=repairs[index % len(repairs)],
                distractors=distinct(wrong, but=repairs),
            )


def _other_repairs(guide: Guide, mistake: Mistake) -> tuple[str, ...]:
    """Repairs of other mistakes that don't mend this one too, one of each mistake first, so that options vary."""
    shared = SharedRepairs(guide, mistake)
    groups = [
        [text for text in other.repairs if not shared.by(text, other)]
        for other in guide.mistakes
        if other is not mistake
    ]
    longest = max(map(len, groups), default=0)
    return tuple(group[index] for index in range(longest) for group in groups if index < len(group))


def _section(mistake: Mistake) -> str | None:
    return mistake.sections[0] if len(mistake.sections) == 1 else None


def _which(guide: Guide, mistake: Mistake, kind: CardKind, question: str, statement: str) -> ChoiceCard:
    hollow = mistake.detector in HOLLOWNESS
    titles = distinct(
        one.title for one in guide.mistakes if one is mistake or not (hollow and one.detector in HOLLOWNESS)
    )
    return ChoiceCard(
        id=card_id(guide, kind, mistake.id, statement if kind is CardKind.MISTAKE else ""),
        guide_id=guide.id,
        kind=kind,
        question=question,
        statement=statement,
        why=_why(mistake) if kind is CardKind.MISTAKE else f"The mistake is “{mistake.title}”.",
        explanation=mistake.instead,
        section_id=_section(mistake),
        mistake_id=mistake.id,
        answer=mistake.title,
        distractors=distinct(titles, but=[mistake.title]),
        order=titles if len(titles) <= MOST_OPTIONS else (),
    )


def _why(mistake: Mistake) -> str:
    """Its name, and what one does instead in the guide's words; the explanation has all of them."""
    return f"{mistake.title}. {_SENTENCE_END.split(mistake.instead)[0]}"


GENERATORS = (mistake_cards, repair_cards, remedy_cards)
