"""A quiz with cards of one's choice and a clock that stands still."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from textual.pilot import Pilot

from rehearse.domain.cards import Card, CardKind, ChoiceCard
from rehearse.quiz.modes import QuizMode
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.quiz.quiz import QuizScreen
from tests.ui.driving import wait_until

CHOICES = [kind for kind in CardKind if kind not in (CardKind.ORDER, CardKind.RECALL, CardKind.GAP, CardKind.SPOKEN)]

Cards = dict[CardKind, list[Card]]
"""A guide's cards by their kind."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **later: float) -> None:
        self.now += timedelta(**later)


@asynccontextmanager
async def quiz(
    studio: Studio,
    cards: Sequence[Card] | None = None,
    *,
    mode: QuizMode = QuizMode.DUE,
    size: tuple[int, int] = (80, 24),
    **options: Any,
) -> AsyncIterator[tuple[Pilot[Any], QuizScreen, Clock]]:
    """The quiz of the studio's guide, with all its cards or only some."""
    if cards is not None:
        guide = studio.equipment.library.load(studio.equipment.library.ids()[0])
        studio.equipment.quizzes._decks[guide.id] = (guide, tuple(cards))
    clock = Clock()
    screen = QuizScreen(None, mode, now=clock, seed=4, **options)
    app = RehearseApp(studio, lambda: screen)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: screen.session is not None)
        await pilot.pause()
        yield pilot, screen, clock


def card_of(screen: QuizScreen) -> Card:
    assert screen.session
    assert screen.session.current
    return screen.session.current.card


def key_of(screen: QuizScreen, right: bool) -> str:
    """The number key of the right option, or of a wrong one."""
    assert screen.session
    assert screen.session.current
    question = screen.session.current
    assert isinstance(question.card, ChoiceCard)
    place = question.options.index(question.card.answer)
    return str((place if right else (place + 1) % len(question.options)) + 1)
