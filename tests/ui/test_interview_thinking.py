"""Between two turns: an answer that was just given is part of its interview, and is shown as such, whatever fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.errors import StoreError
from rehearse.services.interviews import Interviews
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.interview.interview import InterviewScreen
from tests.ui.driving import at_home, shown, wait_until
from tests.ui.interview_driving import at_turn, begin, give_answer, stop, two_questions

BUSY = "Another program holds the answers"


@pytest.fixture
def studio(own_home: Path) -> Studio:
    return two_questions(own_home, interview_follow_ups=0)


@contextmanager
def failing(method: str) -> Iterator[None]:
    """What is kept can't be read or written there."""

    def busy(*_: object, **__: object) -> None:
        raise StoreError(BUSY, next_step="Try again.")

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Interviews, method, busy)
        yield


def answers(studio: Studio) -> list[str | None]:
    kept = studio.interviews.unfinished()
    assert kept is not None
    return [one.answer_id for one in kept.interview.questions]


def skip_is_offered(app: RehearseApp) -> bool:
    return any(key.binding.action == "skip" and key.enabled for key in app.screen.active_bindings.values())


async def stands_still(pilot: Pilot[Any], app: RehearseApp) -> None:
    """After what failed was said."""
    await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog) and BUSY in shown(app))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(app.screen, InterviewScreen))


async def test_it_goes_on_where_what_became_of_its_questions_cannot_be_read(studio: Studio) -> None:
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        with failing("standings"):
            give_answer(app)
            await at_turn(pilot, app, "And the biggest thing?")
        await stop(pilot, app)
        assert "● Something small" in shown(app)
        assert "answered" in shown(app)


@pytest.mark.parametrize("what", ["next_turn", "answered"])
async def test_an_answer_cannot_be_skipped_where_the_next_question_cannot_be_found(studio: Studio, what: str) -> None:
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        with failing(what):
            give_answer(app)
            await stands_still(pilot, app)
        assert not skip_is_offered(app)
        await pilot.press("s", "y", "enter")
        await at_turn(pilot, app, "And the biggest thing?")
        first, second = answers(studio)
        assert first is not None
        assert second is None


async def test_an_answer_that_is_still_counted_isnt_called_not_asked(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, next_turn = Event(), Interviews.next_turn

    def slow(self: Interviews, *args: Any, **chosen: Any) -> Any:
        found.wait(20)
        return next_turn(self, *args, **chosen)

    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        monkeypatch.setattr(Interviews, "next_turn", slow)
        give_answer(app)
        try:
            await wait_until(pilot, lambda: "thinks about what to ask" in shown(app) and "● Something" in shown(app))
            assert "not asked" not in shown(app)
            assert "answered" in shown(app)
        finally:
            found.set()
        await at_turn(pilot, app, "And the biggest thing?")
