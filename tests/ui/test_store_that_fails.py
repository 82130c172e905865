"""What is kept can't be written or read for once: it is said, nothing changes, and the app goes on."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.domain.answer import Answer, Mode
from rehearse.domain.delivery import Delivery, Stretch
from rehearse.errors import StoreError
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.destinations import Destination
from rehearse.ui.screens.dialogs import ConfirmDialog, ErrorDialog
from rehearse.ui.screens.drills.board import DrillScreen
from rehearse.ui.screens.rehearse.guess import GuessScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.widgets.transcript_view import TranscriptView
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until
from tests.unit.history.support import spoken

GUIDE = small_guide()
BUSY = "Another program holds the answers"
WRITES = ("undo_correction", "change", "note", "star", "discard", "restore", "set_guess", "purge")


class Store:
    """Lets a studio's store fail, and work again."""

    def __init__(self, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
        self._store, self._monkeypatch = studio.equipment.store, monkeypatch

    def fail(self, *methods: str) -> None:
        def busy(*_: object, **__: object) -> None:
            raise StoreError(BUSY, next_step="Try again.")

        for method in methods:
            self._monkeypatch.setattr(self._store, method, busy)

    def work_again(self) -> None:
        self._monkeypatch.undo()


@pytest.fixture
def store(studio: Studio) -> Any:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield Store(studio, monkeypatch)


def typed(studio: Studio) -> Answer:
    return studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)


@asynccontextmanager
async def showing(studio: Studio, first: Destination, text: str) -> AsyncIterator[tuple[Pilot[Any], RehearseApp]]:
    app = RehearseApp(studio, first)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: text in shown(app))
        yield pilot, app


async def is_said(pilot: Pilot[Any], app: RehearseApp, back_on: type[Any]) -> None:
    """The failure is said in a dialog; closed, the screen is there as before."""
    await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog) and BUSY in shown(app))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(app.screen, back_on))


@pytest.mark.parametrize(
    ("keys", "change"),
    [
        (["asterisk"], lambda answer: answer.starred),
        (["n", "x", "enter"], lambda answer: answer.notes == "x"),
        (["c"], lambda answer: answer.corrections),
    ],
)
async def test_what_a_review_cannot_keep_is_said_and_not_shown_as_kept(
    studio: Studio, store: Store, keys: list[str], change: Callable[[Answer], object]
) -> None:
    answer = typed(studio)
    async with showing(studio, to.Review(GUIDE, answer), "fewer wrong") as (pilot, app):
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        store.fail(*WRITES)
        await pilot.press(*keys)
        await is_said(pilot, app, AnswerScreen)
        assert screen.answer == answer
        store.work_again()
        await pilot.press(*keys)
        await wait_until(pilot, lambda: bool(change(screen.answer)) and bool(change(kept(studio, answer))))


def kept(studio: Studio, answer: Answer) -> Answer:
    return studio.equipment.store.get(answer.id)


async def test_a_correction_that_cannot_be_taken_back_stands(studio: Studio, store: Store) -> None:
    async with showing(studio, to.Review(GUIDE, typed(studio)), "fewer wrong") as (pilot, app):
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        await pilot.press("c")
        await wait_until(pilot, lambda: bool(screen.answer.corrections))
        corrected = screen.answer
        store.fail(*WRITES)
        await pilot.press("u")
        await is_said(pilot, app, AnswerScreen)
        assert screen.answer == corrected


async def test_a_filler_that_cannot_be_excused_stays_one(studio: Studio, store: Store) -> None:
    delivery = Delivery(148, (), 0, (), 0, 9, (), (Stretch("goal", 0, 9),), ())
    answer = replace(typed(studio), transcript=spoken(ANSWER), delivery=delivery)
    studio.equipment.store.save(answer)
    async with showing(studio, to.Review(GUIDE, answer), "fewer wrong") as (pilot, app):
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        screen.query_one(TranscriptView).focus()
        await pilot.press("right")
        store.fail(*WRITES)
        await pilot.press("i")
        await is_said(pilot, app, AnswerScreen)
        assert screen.answer == answer
        store.work_again()
        await pilot.press("i")
        await wait_until(pilot, lambda: bool(kept(studio, answer).excused) and bool(screen.answer.excused))


async def test_a_review_stays_open_whose_answer_cannot_be_deleted(studio: Studio, store: Store) -> None:
    async with showing(studio, to.Review(GUIDE, typed(studio)), "fewer wrong") as (pilot, app):
        store.fail(*WRITES)
        await pilot.press("delete")
        await is_said(pilot, app, AnswerScreen)
    store.work_again()
    assert studio.equipment.store.count() == 1


async def test_the_history_says_what_cannot_be_deleted_brought_back_or_purged(studio: Studio, store: Store) -> None:
    typed(studio)
    async with showing(studio, to.History(), "1 answer") as (pilot, app):
        store.fail(*WRITES)
        await pilot.press("d")
        await is_said(pilot, app, HistoryScreen)
        store.work_again()
        await pilot.press("d")
        await wait_until(pilot, lambda: "No answers yet" in shown(app))
        store.fail(*WRITES)
        await pilot.press("U")
        await is_said(pilot, app, HistoryScreen)
        await pilot.press("P")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await is_said(pilot, app, HistoryScreen)
        store.fail("count")
        await pilot.press("P")
        await is_said(pilot, app, HistoryScreen)
        store.work_again()
        await pilot.press("U")
        await wait_until(pilot, lambda: "1 answer" in shown(app))


async def test_the_history_says_what_cannot_be_read(studio: Studio, store: Store) -> None:
    typed(studio), typed(studio)
    async with showing(studio, to.History(), "2 answers") as (pilot, app):
        store.fail("get")
        await pilot.press("space", "v")
        await is_said(pilot, app, HistoryScreen)
        store.work_again()
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, CompareScreen))
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        store.fail("get")
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HistoryScreen) and "2 answers" in shown(app))


async def test_a_guess_that_cannot_be_kept_is_asked_for_once_more(own_home: Path) -> None:
    studio = fake_studio(own_home, mode=Mode.EXAM)
    answer = typed(studio)
    with pytest.MonkeyPatch.context() as monkeypatch:
        store = Store(studio, monkeypatch)
        app = RehearseApp(studio, lambda: GuessScreen(GUIDE, answer))
        async with app.run_test(size=(80, 24)) as pilot:
            await wait_until(pilot, lambda: "What came up?" in shown(app))
            store.fail(*WRITES)
            await pilot.press("1", "enter")
            await is_said(pilot, app, GuessScreen)
            assert "the marks" not in shown(app)
            store.work_again()
            await pilot.press("enter")
            await wait_until(pilot, lambda: "You judged" in shown(app))
    assert kept(studio, answer).guess == ("goal",)


async def test_a_drill_says_what_cannot_be_discarded(studio: Studio, store: Store) -> None:
    first = typed(studio)
    async with showing(studio, to.SectionDrill(GUIDE, "goal", first), "Goal") as (pilot, app):
        board = app.screen
        assert isinstance(board, DrillScreen)
        drill: DrillScreen = board
        await pilot.press("t")
        await wait_until(pilot, lambda: bool(app.screen.query("#text")))
        await pilot.press(*"The goal was a box.", "ctrl+s")
        await wait_until(pilot, lambda: app.screen is drill and drill.shown_answer is not None)
        store.fail(*WRITES)
        await pilot.press("x")
        await is_said(pilot, app, DrillScreen)
        assert not drill._discarded
