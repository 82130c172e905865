"""How the quiz looks, at 80x24 and at 60x20. `pytest --snapshot-update` accepts a change that was meant."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from rehearse.domain.cards import Card, CardKind
from rehearse.domain.guide import Guide
from rehearse.guides.library import GuideLibrary
from rehearse.quiz.deck import build_deck
from rehearse.quiz.modes import QuizMode
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.quiz.quiz import QuizScreen
from tests.fakes import ask_from, mark_by_keyword
from tests.ui.driving import fake_studio, wait_until

SIZES = [(80, 24), (60, 20)]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
sizes = pytest.mark.parametrize("size", SIZES)


@pytest.fixture(scope="module")
def guide() -> Guide:
    return GuideLibrary().load("model-deployment")


@pytest.fixture
def studio(own_home: Path, guide: Guide) -> Studio:
    made = fake_studio(own_home)
    ask_from(made.equipment, guide)
    mark_by_keyword(made.equipment, guide)
    return made


def asking(studio: Studio, guide: Guide, *kinds: CardKind) -> list[Card]:
    """Only the first card of each kind is in the deck."""
    cards = build_deck(guide)
    chosen = [next(card for card in cards if card.kind is kind) for kind in kinds]
    studio.equipment.quizzes._decks[guide.id] = (guide, tuple(chosen))
    return chosen


def looks(
    snap_compare: Any,
    studio: Studio,
    keys: Sequence[str],
    size: tuple[int, int] = (80, 24),
    mode: QuizMode = QuizMode.DUE,
) -> bool:
    screen = QuizScreen(None, mode, now=lambda: NOW, seed=4)

    async def run(pilot: Pilot[Any]) -> None:
        await wait_until(pilot, lambda: screen.session is not None)
        await pilot.pause(0.1)
        for key in keys:
            await pilot.press(key)
        for cursor in screen.query(Input):
            cursor.cursor_blink = False
        await pilot.pause(0.3)

    return bool(snap_compare(RehearseApp(studio, lambda: screen), terminal_size=size, run_before=run))


@sizes
def test_a_statement(snap_compare: Any, studio: Studio, guide: Guide, size: tuple[int, int]) -> None:
    asking(studio, guide, CardKind.STATEMENT)
    assert looks(snap_compare, studio, [], size)


@sizes
def test_wrong_and_explained(snap_compare: Any, studio: Studio, guide: Guide, size: tuple[int, int]) -> None:
    asking(studio, guide, CardKind.REPAIR)
    assert looks(snap_compare, studio, ["1", "question_mark"], size)


def test_right(snap_compare: Any, studio: Studio, guide: Guide) -> None:
    asking(studio, guide, CardKind.STATEMENT)
    assert looks(snap_compare, studio, ["1"])


@sizes
def test_a_card_that_is_long(snap_compare: Any, studio: Studio, guide: Guide, size: tuple[int, int]) -> None:
    asking(studio, guide, CardKind.MISSING)
    assert looks(snap_compare, studio, [], size)


@sizes
def test_ordering(snap_compare: Any, studio: Studio, guide: Guide, size: tuple[int, int]) -> None:
    asking(studio, guide, CardKind.ORDER)
    assert looks(snap_compare, studio, ["j", "space", "j"], size)


@sizes
def test_typed(snap_compare: Any, studio: Studio, guide: Guide, size: tuple[int, int]) -> None:
    asking(studio, guide, CardKind.RECALL)
    assert looks(snap_compare, studio, [*"goal, dev, deploiment, coffee", "enter"], size)


def test_typing_the_part_left_out(snap_compare: Any, studio: Studio, guide: Guide) -> None:
    asking(studio, guide, CardKind.GAP)
    assert looks(snap_compare, studio, ["x"])


@sizes
def test_the_end(snap_compare: Any, studio: Studio, guide: Guide, size: tuple[int, int]) -> None:
    asking(studio, guide, CardKind.STATEMENT, CardKind.SUMMARY, CardKind.FOLLOW_UP)
    assert looks(snap_compare, studio, ["2", "space", "5", "space", "1", "space", "1", "space"], size)


def test_choosing_a_section(snap_compare: Any, studio: Studio, guide: Guide) -> None:
    asking(studio, guide, CardKind.STATEMENT, CardKind.SUMMARY)
    assert looks(snap_compare, studio, ["1", "s"], (60, 20))


def test_a_blitz(snap_compare: Any, studio: Studio, guide: Guide) -> None:
    assert looks(snap_compare, studio, ["0"], mode=QuizMode.BLITZ)


@sizes
def test_without_colour(
    snap_compare: Any, studio: Studio, guide: Guide, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    asking(studio, guide, CardKind.STATEMENT)
    assert looks(snap_compare, studio, ["2"], size)
