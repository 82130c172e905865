"""Cards, a clock and a store for the tests of this folder."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from random import Random

from rehearse.domain.cards import Card, CardKind, ChoiceCard, OrderCard, RecallCard
from rehearse.domain.guide import Guide
from rehearse.guides.library import GuideLibrary
from rehearse.history.reviews import ReviewStore
from rehearse.quiz.deck import build_deck
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.questions import Question, Response
from rehearse.quiz.retrievability import SectionName
from rehearse.quiz.scheduler import Scheduler
from rehearse.quiz.session import QuizSession

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday."""
SHIPPED = tuple(GuideLibrary().ids())


@cache
def shipped(guide_id: str) -> Guide:
    """Read once: guides are frozen, and so are their cards."""
    return GuideLibrary().load(guide_id)


def card(name: str = "a", *, section: str | None = "goal", guide: str = "small", **changes: str) -> ChoiceCard:
    return ChoiceCard(
        id=f"{guide}/statement:{section}:{name}",
        guide_id=guide,
        kind=CardKind.STATEMENT,
        question="Which part does this serve?",
        statement=changes.get("statement", f"Statement {name} on {section}."),
        why="It is the goal.",
        explanation="Say what it was for.",
        section_id=section,
        answer="Goal",
        distractors=("Steps", "Lesson"),
        order=("Goal", "Steps", "Lesson"),
    )


def store(folder: Path) -> ReviewStore:
    return ReviewStore(folder / "rehearse.db")


def session(
    cards: Sequence[Card],
    reviews: ReviewStore,
    *,
    now: datetime = NOW,
    mode: QuizMode = QuizMode.DUE,
    section_id: str | None = None,
    interview: date | None = None,
) -> QuizSession:
    sections = dict.fromkeys((card.guide_id, card.section_id) for card in cards if card.section_id)
    return QuizSession(
        cards,
        [SectionName(guide, section, section.capitalize()) for guide, section in sections],
        reviews,
        Scheduler(interview, UTC),
        now=now,
        random=Random(1),
        mode=mode,
        section_id=section_id,
    )


def right(question: Question) -> Response:
    """The right response."""
    match question.card:
        case ChoiceCard() as card:
            return question.options.index(card.answer)
        case OrderCard() as card:
            return card.items
        case RecallCard() as card:
            return ", ".join(item.text for item in card.expected)
    raise AssertionError(question)


@cache
def deck(guide_id: str) -> tuple[Card, ...]:
    return build_deck(shipped(guide_id))
