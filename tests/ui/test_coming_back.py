"""Back to the review that a new answer took the place of, where none was given."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.domain.answer import Answer, AnswerStatus, Source
from rehearse.history.answers import AnswerFilter
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until

GUIDE = small_guide()


def answered(studio: Studio, source: Source) -> Answer:
    answer = replace(studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER), source=source)
    studio.equipment.store.save(answer)
    return answer


async def at_review(pilot: Pilot[Any], app: RehearseApp, answer: Answer) -> AnswerScreen:
    await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "(N)" in shown(app))
    assert isinstance(app.screen, AnswerScreen)
    assert app.screen.answer.id == answer.id
    return app.screen


@pytest.mark.parametrize(
    ("source", "leads_to", "leave"),
    [(Source.MICROPHONE, RehearsalScreen, "q"), (Source.TYPED, TypedScreen, "escape")],
)
async def test_a_review_that_one_comes_back_to_shows_what_was_corrected_meanwhile(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, source: Source, leads_to: type[Any], leave: str
) -> None:
    studio, store_is_free, correct = fake_studio(own_home), Event(), Studio.correct
    answer, store = answered(studio, source), studio.equipment.store

    def correct_late(self: Studio, *args: Any) -> Answer:
        store_is_free.wait(20)
        return correct(self, *args)

    monkeypatch.setattr(Studio, "correct", correct_late)
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot, app, answer)
        await pilot.press("c", "r")
        await wait_until(pilot, lambda: isinstance(app.screen, leads_to))
        store_is_free.set()
        await wait_until(pilot, lambda: bool(store.get(answer.id).corrections))
        await pilot.press(leave)
        review = await at_review(pilot, app, answer)
        await wait_until(pilot, lambda: len(review.answer.corrections) == 1)
        await pilot.press("u")
        await wait_until(pilot, lambda: not review.answer.corrections)
        assert not store.get(answer.id).corrections


async def test_who_discards_the_new_answer_comes_back_and_the_home_screen_brings_it_back(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer, store = answered(studio, Source.MICROPHONE), studio.equipment.store
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot, app, answer)
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and "microphone open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await pilot.pause(0.3)
        await pilot.press("x")
        await at_review(pilot, app, answer)
        told = "In the trash. U on the home screen brings it back."
        await wait_until(pilot, lambda: told in [note.message for note in app._notifications])
        (thrown,) = store.summaries(AnswerFilter(status=AnswerStatus.DISCARDED))
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen) and "U undo" in shown(app))
        await pilot.press("U")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        assert isinstance(app.screen, AnswerScreen)
        assert app.screen.answer.id == thrown.id
        assert store.get(thrown.id).status is AnswerStatus.FINISHED
