"""Cards about the framework as a whole: its order, its parts from memory, what interviewers are after."""

from collections.abc import Iterator, Sequence

from rehearse.domain.cards import Card, CardKind, ChoiceCard, Expected, OrderCard, RecallCard
from rehearse.domain.guide import Guide, Intent, Scenario, Section
from rehearse.quiz.card_parts import ARROW, GAP, card_id, distinct, section_choice, section_line, shortened
from rehearse.quiz.giveaways import title_names

LONGEST_ITEM = 90
"""Characters of an item that is to be put in order."""


def order_cards(guide: Guide) -> Iterator[Card]:
    """Put the framework in order; put the sentences of a sample answer in order."""
    yield _order(
        guide, "framework", "Put the parts of a good answer in order.", [section.title for section in guide.sections]
    )
    for scenario in guide.scenarios:
        items = [_shown(scenario, section) for section in guide.sections]
        told = distinct(item for item in items if item)
        if len(told) >= 3 and _follows(guide, scenario):
            yield _order(guide, scenario.id, f"“{scenario.question}” Put this answer in order.", told)


def _order(guide: Guide, subject: str, question: str, items: Sequence[str]) -> OrderCard:
    return OrderCard(
        id=card_id(guide, CardKind.ORDER, subject),
        guide_id=guide.id,
        kind=CardKind.ORDER,
        question=question,
        why="An answer that goes this way is easy to follow.",
        explanation="\n".join(f"{number}. {section_line(s)}" for number, s in enumerate(guide.sections, 1)),
        items=tuple(items),
    )


def _follows(guide: Guide, scenario: Scenario) -> bool:
    """The sample goes through its sections in the framework's order."""
    position = {section.id: index for index, section in enumerate(guide.sections)}
    order = [position[sentence.section] for sentence in scenario.sample if sentence.section in position]
    return order == sorted(order)


def _shown(scenario: Scenario, section: Section) -> str:
    text = next((sentence.text for sentence in scenario.sample if sentence.section == section.id), "")
    return shortened(text, LONGEST_ITEM)


def neighbour_cards(guide: Guide) -> Iterator[Card]:
    """Which section comes right after, or right before, this one?"""
    pairs = list(zip(guide.sections, guide.sections[1:], strict=False))
    for before, after in pairs:
        for asked, right, word in ((before, after, "after"), (after, before, "before")):
            others = [section for section in guide.sections if section is not asked]
            if len(others) > 1:
                yield section_choice(
                    guide,
                    right,
                    kind=CardKind.NEIGHBOUR,
                    card=card_id(guide, CardKind.NEIGHBOUR, f"{word}.{asked.id}"),
                    question=f"What comes right {word} “{asked.title}”?",
                    statement="",
                    options=others,
                    shuffled=True,  # in the framework's order the list itself would tell
                )


def expected(section: Section) -> Expected:
    """A section as something to type."""
    return Expected(section.title, (section.title, *section.synonyms))


def recall_cards(guide: Guide) -> Iterator[Card]:
    """Type all sections of the framework."""
    yield RecallCard(
        id=card_id(guide, CardKind.RECALL, "framework"),
        guide_id=guide.id,
        kind=CardKind.RECALL,
        question=f"Name the {len(guide.sections)} parts of a good answer, with commas between them.",
        statement=f"“{guide.question}”",
        why=ARROW.join(section.title for section in guide.sections),
        explanation="\n".join(f"{number}. {section_line(s)}" for number, s in enumerate(guide.sections, 1)),
        expected=tuple(expected(section) for section in guide.sections),
    )


def gap_cards(guide: Guide) -> Iterator[Card]:
    """Type the section that is left out."""
    for section in guide.sections:
        yield RecallCard(
            id=card_id(guide, CardKind.GAP, section.id),
            guide_id=guide.id,
            kind=CardKind.GAP,
            question="Which part is left out here? Type it.",
            statement=ARROW.join(GAP if one is section else one.title for one in guide.sections),
            why=section_line(section),
            explanation=section.advice,
            section_id=section.id,
            expected=(expected(section),),
            known=tuple(expected(one) for one in guide.sections if one is not section),
        )


def intent_cards(guide: Guide) -> Iterator[Card]:
    """What is behind this question? The interviewer's silent ones, and those of the scenarios."""
    titles = distinct(intent.title for intent in guide.intents)
    for intent in guide.intents:
        if len(titles) > 2 and not title_names(intent.title).inside(intent.asks):
            yield ChoiceCard(
                id=card_id(guide, CardKind.INTENT, intent.id),
                guide_id=guide.id,
                kind=CardKind.INTENT,
                question="The interviewer wonders this. What are they after?",
                statement=intent.asks,
                why=_asked_by(guide, intent),
                explanation=f"{intent.title}: {intent.asks}",
                answer=intent.title,
                distractors=distinct(titles, but=[intent.title]),
            )
    for scenario in guide.scenarios:
        yield from _scenario_intents(guide, scenario)


def _asked_by(guide: Guide, intent: Intent) -> str:
    """A question that it is chiefly behind, as the guide has it."""
    for scenario in guide.scenarios:
        if intent.id in scenario.intents:
            return f"{intent.title}. It is chiefly behind “{scenario.question}”"
    return f"That is about “{intent.title}”."


def _scenario_intents(guide: Guide, scenario: Scenario) -> Iterator[Card]:
    """One card: its chief intent, or, where it has several, one that isn't among them.

    To ask for each of several chief ones would be the same question with one right answer this time, another the next.
    """
    chief = [intent for intent in guide.intents if intent.id in scenario.intents]
    others = [intent for intent in guide.intents if intent.id not in scenario.intents]
    # Three options at least; the odd one out changes from scenario to scenario.
    right, wrong = (chief, others) if len(chief) == 1 else (others, chief)
    if not chief or not others or len(wrong) < 2:
        return
    answer = right[guide.scenarios.index(scenario) % len(right)]
    names = " and ".join(f"“{intent.title}”" for intent in chief)
    yield ChoiceCard(
        id=card_id(guide, CardKind.INTENT, f"{scenario.id}.{answer.id}"),
        guide_id=guide.id,
        kind=CardKind.INTENT,
        question=f"Which of these is {'' if len(chief) == 1 else 'NOT '}chiefly behind this question?",
        statement=scenario.question,
        why=f"It is about {names}. {scenario.why}",
        explanation="\n".join(f"{intent.title}: {intent.asks}" for intent in chief),
        answer=answer.title,
        distractors=distinct((intent.title for intent in wrong), but=[answer.title]),
    )


def written_cards(guide: Guide) -> Iterator[Card]:
    """The cards written by hand in the guide."""
    for card in guide.cards:
        section = next((one for one in guide.sections if one.id == card.section), None)
        yield ChoiceCard(
            id=card_id(guide, CardKind.WRITTEN, card.id),
            guide_id=guide.id,
            kind=CardKind.WRITTEN,
            question=card.question,
            why=card.explanation,
            explanation=section.advice if section else card.explanation,
            section_id=card.section,
            answer=card.answer,
            distractors=distinct(card.distractors, but=[card.answer]),
        )


GENERATORS = (order_cards, intent_cards, neighbour_cards, written_cards, gap_cards, recall_cards)
