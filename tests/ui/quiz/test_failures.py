"""What can't be opened or kept is said, and nothing else is lost."""

import pytest

from rehearse.errors import StoreError
from rehearse.quiz.modes import QuizMode
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.quiz.quiz import QuizScreen
from tests.ui.driving import shown, wait_until
from tests.ui.quiz.asking import card_of, key_of, quiz


async def test_a_store_that_fails_is_said_and_the_card_stays_open(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with quiz(studio) as (pilot, screen, _):
        assert screen.session

        def full(*_: object) -> int:
            raise StoreError("The disk is full", next_step="Make room.")

        monkeypatch.setattr(screen.session._reviews, "record", full)
        await pilot.press("1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        assert "The disk is full" in shown(pilot.app)
        await pilot.press("enter")
        assert screen.session.verdict is None
        monkeypatch.undo()
        await pilot.press(key_of(screen, True))
        assert "✔ Right" in shown(pilot.app)
        monkeypatch.setattr(screen.session._reviews, "take_back", full)
        for key in ("u", "e"):
            await pilot.press(key)
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
            await pilot.press("enter")
        assert screen.session.verdict is not None


async def test_a_section_that_doesn_t_exist_is_said(studio: Studio) -> None:
    app = RehearseApp(studio, lambda: QuizScreen(None, QuizMode.SECTION, "nope"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "There is no section “nope”" in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_the_shell_s_quiz_ends_where_no_card_can_be_laid_out(studio: Studio) -> None:
    app = RehearseApp(studio, lambda: QuizScreen(None, QuizMode.SECTION, "nope", alone=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.return_code is not None)
    assert app.return_code == 2


async def test_a_session_that_can_t_be_opened_leaves_the_one_that_is_on(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with quiz(studio) as (pilot, screen, _):
        card = card_of(screen)

        def newer(*_: object, **__: object) -> None:
            raise StoreError("The answers were written by a newer version", next_step="Upgrade.")

        monkeypatch.setattr(studio, "quiz", newer)
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        assert card_of(screen) is card
        assert screen._mode is QuizMode.DUE
        assert "Quiz · due today" in shown(pilot.app)
