"""Back to the review that a new answer took the place of, where none was given."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.domain.answer import Answer, Source
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
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
