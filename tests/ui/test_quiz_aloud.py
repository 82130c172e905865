"""The quiz aloud, by keys alone, with a microphone and a model of our own making."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
from textual.pilot import Pilot

from rehearse.audio.sources import SamplesSource
from rehearse.domain.cards import CardKind, Rating
from rehearse.domain.guide import Guide
from rehearse.domain.sound import AudioBlock
from rehearse.errors import DeviceError
from rehearse.live.studio import Studio
from rehearse.quiz.questions import Outcome
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.home import HomeScreen
from rehearse.ui.screens.quiz import QuizScreen
from rehearse.ui.screens.quiz_spoken import SpokenQuizScreen
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio, hum, shown, wait_until


class Endless(SamplesSource):
    """Somebody who never stops, some sixty times as fast as people."""

    def __init__(self) -> None:
        super().__init__(np.zeros(1, np.float32))

    def read(self, timeout: float) -> AudioBlock | None:
        if self._closed:
            return None
        threading.Event().wait(0.003)
        return AudioBlock(hum(3200), 0)

    @property
    def ended(self) -> bool:
        return self._closed


async def opened(pilot: Pilot[Any], app: RehearseApp) -> SpokenQuizScreen:
    await wait_until(pilot, lambda: isinstance(app.screen, SpokenQuizScreen) and app.screen.session is not None)
    assert isinstance(app.screen, SpokenQuizScreen)
    return app.screen


def aloud(studio: Studio) -> RehearseApp:
    return RehearseApp(studio, lambda: SpokenQuizScreen(None, alone=True))


async def test_an_answer_aloud_is_judged_by_the_engine_and_planned(own_home: Path) -> None:
    studio = fake_studio(own_home, texts=(ANSWER,))
    studio._make_source = lambda _: Endless()
    app = aloud(studio)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, app)
        assert screen.session is not None
        assert screen.session.current is not None
        first = screen.session.current.card
        assert first.kind is CardKind.SPOKEN
        await wait_until(pilot, lambda: "speak" in shown(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: screen.session is not None and screen.session.verdict is not None)
        verdict = screen.session.verdict
        assert verdict is not None
        assert verdict.outcome is Outcome.RIGHT
        assert verdict.given == ANSWER.strip()
        await wait_until(pilot, lambda: "✔ Right" in shown(app))
        assert studio.reviews.reviews(first.id)[0].rating is Rating.GOOD
        assert studio.reviews.new_on(studio.reviews.reviews(first.id)[0].day, [first.guide_id]) == 0
        await pilot.press("space")
        await wait_until(pilot, lambda: screen.session is not None and screen.session.verdict is None)
        assert screen.session.current is not None
        assert screen.session.current.card is not first


async def test_what_left_the_section_out_comes_again(own_home: Path) -> None:
    studio = fake_studio(
        own_home, texts=("We talked about the weather and about this and that for quite a long while.",)
    )
    studio._make_source = lambda _: Endless()
    app = aloud(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await wait_until(pilot, lambda: "speak" in shown(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: screen.session is not None and screen.session.verdict is not None)
        assert screen.session is not None
        assert screen.session.verdict is not None
        assert screen.session.verdict.rating is Rating.AGAIN
        guide: Guide = small_guide()
        assert screen.session.left(screen._now()) == len(guide.sections)


async def test_too_little_leaves_the_card_open(own_home: Path) -> None:
    studio = fake_studio(own_home, texts=("Well, yes.",))
    studio._make_source = lambda _: Endless()
    app = aloud(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await wait_until(pilot, lambda: "speak" in shown(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "too little to judge" in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is screen)
        assert screen.session is not None
        assert screen.session.verdict is None
        assert not screen.session.asked


async def test_without_a_microphone_it_says_so_and_the_answer_can_be_seen(own_home: Path) -> None:
    studio = fake_studio(own_home)

    def none(_: str | None) -> SamplesSource:
        raise DeviceError("There is no microphone", next_step="Plug one in.")

    studio._make_source = none
    app = aloud(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await wait_until(pilot, lambda: "speak" in shown(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter", "0")
        await wait_until(pilot, lambda: "Here it is" in shown(app))
        assert screen.session is not None
        assert screen.session.verdict is not None


async def test_it_is_reached_from_the_quiz_and_leads_back(own_home: Path) -> None:
    app = RehearseApp(fake_studio(own_home), lambda: QuizScreen(None))
    async with app.run_test(size=(60, 20)) as pilot:
        quiz = app.screen
        await wait_until(pilot, lambda: isinstance(app.screen, QuizScreen) and app.screen.session is not None)
        quiz = app.screen
        await wait_until(pilot, lambda: quiz.check_action("switch_aloud", ()) is True)
        await pilot.press("m")
        await opened(pilot, app)
        await pilot.press("q")
        await wait_until(pilot, lambda: app.screen is quiz)
        assert not isinstance(app.screen, HomeScreen)
