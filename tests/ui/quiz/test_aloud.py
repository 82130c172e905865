"""The quiz aloud, by keys alone, with a microphone and a model of our own making."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
from textual.pilot import Pilot
from textual.widgets import Input

from rehearse.audio.sources import SamplesSource
from rehearse.domain.cards import CardKind, Rating
from rehearse.domain.sound import AudioBlock
from rehearse.errors import DeviceError
from rehearse.quiz.questions import Outcome, Verdict
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog, LineDialog
from rehearse.ui.screens.drills.section import SectionDrillScreen
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.quiz.quiz import QuizScreen
from rehearse.ui.screens.quiz.spoken import SpokenQuizScreen
from tests.fakes import ScriptedTranscriber, small_guide
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


@asynccontextmanager
async def aloud(
    home: Path,
    *said: str,
    microphone: Callable[[str | None], SamplesSource] = lambda _: Endless(),
    size: tuple[int, int] = (80, 24),
    alone: bool = True,
) -> AsyncIterator[tuple[Pilot[Any], SpokenQuizScreen]]:
    """The quiz aloud of the small guide, its first card asked, and `said` begun to be said to it."""
    studio = fake_studio(home, texts=said)
    studio.equipment._make_source = microphone
    app = RehearseApp(studio, lambda: SpokenQuizScreen(None, alone=alone))
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, app)
        await wait_until(pilot, lambda: "speak" in shown(app))
        await pilot.press("space")
        yield pilot, screen


async def judged(pilot: Pilot[Any], screen: SpokenQuizScreen) -> Verdict:
    """The verdict, once it is there."""
    await wait_until(pilot, lambda: screen.session is not None and screen.session.verdict is not None)
    assert screen.session
    assert screen.session.verdict
    return screen.session.verdict


async def test_an_answer_aloud_is_judged_by_the_engine_and_planned(own_home: Path) -> None:
    async with aloud(own_home, ANSWER, size=(60, 20)) as (pilot, screen):
        assert screen.session is not None
        assert screen.session.current is not None
        first = screen.session.current.card
        assert first.kind is CardKind.SPOKEN
        verdict = await judged(pilot, screen)
        assert verdict.outcome is Outcome.RIGHT
        assert verdict.given == ANSWER.strip()
        await wait_until(pilot, lambda: "✔ Right" in shown(pilot.app))
        reviews = screen.rehearse.equipment.reviews
        assert reviews.reviews(first.id)[0].rating is Rating.GOOD
        assert reviews.new_on(reviews.reviews(first.id)[0].day, [first.guide_id]) == 0
        await pilot.press("space")
        await wait_until(pilot, lambda: screen.session is not None and screen.session.verdict is None)
        assert screen.check_action("drill_it", ()) is False, "first the answer"
        assert screen.session.current is not None
        assert screen.session.current.card is not first


async def test_what_left_the_section_out_comes_again(own_home: Path) -> None:
    said = "We talked about the weather and about this and that for quite a long while."
    async with aloud(own_home, said) as (pilot, screen):
        assert (await judged(pilot, screen)).rating is Rating.AGAIN
        assert screen.session is not None
        assert screen.session.left(screen._now()) == len(small_guide().sections)


async def test_too_little_leaves_the_card_open(own_home: Path) -> None:
    async with aloud(own_home, "Well, yes.") as (pilot, screen):
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        assert "too little to judge" in shown(pilot.app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        assert screen.session is not None
        assert screen.session.verdict is None
        assert not screen.session.asked


async def test_without_a_microphone_it_says_so_and_the_answer_can_be_seen(own_home: Path) -> None:
    def none(_: str | None) -> SamplesSource:
        raise DeviceError("There is no microphone", next_step="Plug one in.")

    async with aloud(own_home, microphone=none) as (pilot, screen):
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        await pilot.press("enter", "0")
        await wait_until(pilot, lambda: "Here it is" in shown(pilot.app))
        assert await judged(pilot, screen)


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


async def test_a_section_that_was_asked_about_is_drilled_in_rounds(own_home: Path) -> None:
    async with aloud(own_home, ANSWER) as (pilot, screen):
        await judged(pilot, screen)
        await wait_until(pilot, lambda: screen.check_action("drill_it", ()) is True)
        assert screen.session is not None
        assert screen.session.current is not None
        section_id = screen.session.current.card.section_id
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SectionDrillScreen))
        assert isinstance(pilot.app.screen, SectionDrillScreen)
        assert pilot.app.screen.section.id == section_id
        await pilot.press("q")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("space")
        await wait_until(pilot, lambda: screen.session is not None and screen.session.verdict is None)
        assert screen.check_action("drill_it", ()) is False, "first the answer"


async def test_it_can_be_typed_where_there_is_no_microphone(own_home: Path) -> None:
    def none(_: str | None) -> SamplesSource:
        raise DeviceError("There is no microphone", next_step="Plug one in.")

    async with aloud(own_home, microphone=none) as (pilot, screen):
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: " t type" in shown(pilot.app))
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, LineDialog))
        await pilot.press(*"well yes", "enter")
        await wait_until(pilot, lambda: "type them (t)" in " ".join(shown(pilot.app).split()))
        await pilot.press("enter", "t")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, LineDialog))
        pilot.app.screen.query_one(Input).value = ANSWER
        await pilot.press("enter")
        verdict = await judged(pilot, screen)
        assert (verdict.outcome, verdict.given) == (Outcome.RIGHT, ANSWER.strip())


async def test_leaving_while_the_microphone_opens_closes_it(own_home: Path) -> None:
    class Reluctant(Endless):
        def __init__(self) -> None:
            super().__init__()
            self.opening, self.may_open, self.closed = threading.Event(), threading.Event(), threading.Event()

        def open(self) -> None:
            self.opening.set()
            assert self.may_open.wait(10)

        def close(self) -> None:
            self.closed.set()
            super().close()

    source = Reluctant()
    async with aloud(own_home, ANSWER, microphone=lambda _: source, alone=False) as (pilot, screen):
        await wait_until(pilot, source.opening.is_set)
        await pilot.press("q")
        await wait_until(pilot, lambda: not screen.is_running)
        source.may_open.set()
        await wait_until(pilot, source.closed.is_set)
    assert "rehearse-check" not in {thread.name for thread in threading.enumerate()}


async def test_a_microphone_that_is_plugged_in_later_is_opened_then(own_home: Path) -> None:
    plugged = threading.Event()

    def make(_: str | None) -> SamplesSource:
        if not plugged.is_set():
            raise DeviceError("There is no microphone", next_step="Plug one in.")
        return Endless()

    async with aloud(own_home, ANSWER, microphone=make) as (pilot, screen):
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: pilot.app.screen is screen and "speak" in shown(pilot.app))
        plugged.set()
        await pilot.press("space")
        assert (await judged(pilot, screen)).outcome is Outcome.RIGHT


async def test_what_was_said_is_judged_and_nothing_opened_again(own_home: Path) -> None:
    may_load = threading.Event()

    def load() -> ScriptedTranscriber:
        assert may_load.wait(10)
        return ScriptedTranscriber((ANSWER,))

    studio = fake_studio(own_home)
    studio.equipment._make_source = lambda _: Endless()
    studio.equipment._load_transcriber = load
    app = RehearseApp(studio, lambda: SpokenQuizScreen(None, alone=True))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await wait_until(pilot, lambda: "speak" in shown(app))
        await pilot.press("space")
        await wait_until(pilot, lambda: "judging what you said" in shown(app))
        for _ in range(5):
            await pilot.pause(0.05)
            assert "Opening the microphone" not in shown(app)
        may_load.set()
        assert await judged(pilot, screen)
