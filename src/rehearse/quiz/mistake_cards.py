"""Cards about common mistakes: seen in a short answer, repaired, advised against."""

from collections.abc import Iterator

from rehearse.domain.cards import Card, CardKind, ChoiceCard
from rehearse.domain.guide import Guide, Mistake
from rehearse.quiz.making import MOST_OPTIONS, card_id, distinct
from rehearse.quiz.names import title_names

CONCRETENESS = frozenset({"unreasoned-list", "vague", "over-engineered"})
"""Detectors of mistakes that lie close together: a reasoned, modest, concrete sentence repairs any of the three, so
their repairs are no wrong answers to each other's cards."""


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
    """Which statement would repair this short answer?"""
    for mistake in guide.mistakes:
        wrong = _other_repairs(guide, mistake)
        repairs = distinct(mistake.repairs)
        if not repairs or len(wrong) < 2:
            continue
        for index, text in enumerate(distinct(mistake.short_answers)):
            yield ChoiceCard(
                id=card_id(guide, CardKind.REPAIR, mistake.id, text),
                guide_id=guide.id,
                kind=CardKind.REPAIR,
                question="Which sentence, added to this answer, would repair it?",
                statement=text,
                why=f"The mistake is “{mistake.title}”.",
                explanation=mistake.instead,
                section_id=_section(mistake),
                mistake_id=mistake.id,
                answer=repairs[index % len(repairs)],
                distractors=distinct(wrong, but=repairs),
            )


def _other_repairs(guide: Guide, mistake: Mistake) -> tuple[str, ...]:
    close = mistake.detector in CONCRETENESS
    others = [m for m in guide.mistakes if m is not mistake and not (close and m.detector in CONCRETENESS)]
    # One of each mistake first, so that three options rarely come from the same one.
    longest = max((len(other.repairs) for other in others), default=0)
    return tuple(other.repairs[i] for i in range(longest) for other in others if i < len(other.repairs))


def _section(mistake: Mistake) -> str | None:
    return mistake.sections[0] if len(mistake.sections) == 1 else None


def _which(guide: Guide, mistake: Mistake, kind: CardKind, question: str, statement: str) -> ChoiceCard:
    titles = distinct(one.title for one in guide.mistakes)
    return ChoiceCard(
        id=card_id(guide, kind, mistake.id, statement if kind is CardKind.MISTAKE else ""),
        guide_id=guide.id,
        kind=kind,
        question=question,
        statement=statement,
        why=f"The mistake is “{mistake.title}”.",
        explanation=mistake.instead,
        section_id=_section(mistake),
        mistake_id=mistake.id,
        answer=mistake.title,
        distractors=distinct(titles, but=[mistake.title]),
        order=titles if len(titles) <= MOST_OPTIONS else (),
    )


GENERATORS = (mistake_cards, repair_cards, remedy_cards)
