"""A window of any size, changed at any moment, ends nothing."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from rehearse.audio.sources import SamplesSource
from rehearse.domain.delivery import Delivery, Filler, Hesitation, Pause, Repetition, Stretch
from rehearse.errors import RehearseError
from rehearse.quiz.modes import QuizMode
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ConfirmDialog, ErrorDialog, LineDialog
from rehearse.ui.screens.drills.anew import SaidAnewScreen
from rehearse.ui.screens.drills.ladder import LadderScreen
from rehearse.ui.screens.drills.section import SectionDrillScreen
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.interview.export import InterviewExportScreen
from rehearse.ui.screens.interview.report import InterviewReportScreen
from rehearse.ui.screens.quiz.quiz import QuizScreen
from rehearse.ui.screens.quiz.sections import SectionDialog
from rehearse.ui.screens.quiz.spoken import SpokenQuizScreen
from rehearse.ui.screens.rehearse.file import FileScreen
from rehearse.ui.screens.rehearse.guess import GuessScreen
from rehearse.ui.screens.rehearse.microphone import MicrophoneScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen
from rehearse.ui.screens.review.delivery import DeliveryScreen
from rehearse.ui.screens.review.export import ExportScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.screens.review.progress import ProgressScreen
from rehearse.ui.screens.review.second_opinion import SecondOpinionScreen
from rehearse.ui.screens.settings.settings import SettingsScreen
from rehearse.ui.window import LEAST
from tests.fakes import small_guide
from tests.interviewing import whole_interview
from tests.ui.driving import ANSWER, fake_studio, hum, shown, wait_until

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
FIGURES = Delivery(
    148.0, (Filler("um", 9.0, 2, 3),), 2.9, (Pause(20.0, 23.0),), 0.5, 18.0,
    (Repetition("the", 12.0, 2),), (Stretch("goal", 0.5, 18.0),), (Hesitation("goal", 0.6, 0.0, 0),),
)  # fmt: skip

Made = Callable[[Studio], Screen[Any]]


def _marked(studio: Studio, make: Callable[..., Screen[Any]], count: int = 1) -> Screen[Any]:
    return make(GUIDE, *(studio.mark_typed(GUIDE, SCENARIO, ANSWER) for _ in range(count)))


def _whole_interview(studio: Studio) -> str:
    """Kept with a guide of its own, which is gone again when the screen looks."""
    library, engines = studio.equipment._library, dict(studio.equipment._engines)
    kept = whole_interview(studio, sound=False)
    studio.equipment._library = library
    studio.equipment._engines.update(engines)
    return kept.id


SCREENS: Mapping[str, Made] = {
    "home": lambda _: HomeScreen(),
    "brief": lambda studio: RehearsalScreen(GUIDE, studio.plan(GUIDE, SCENARIO)),
    "typed": lambda studio: TypedScreen(GUIDE, studio.plan(GUIDE, SCENARIO)),
    "file": lambda _: FileScreen(GUIDE, SCENARIO),
    "review": lambda studio: _marked(studio, AnswerScreen),
    "guess": lambda studio: _marked(studio, GuessScreen),
    "compare": lambda studio: _marked(studio, CompareScreen, 2),
    "delivery": lambda _: DeliveryScreen(GUIDE, FIGURES, audible=True),
    "progress": lambda _: ProgressScreen(GUIDE),
    "history": lambda _: HistoryScreen(),
    "export": lambda _: ExportScreen(()),
    "interview report": lambda studio: InterviewReportScreen(_whole_interview(studio)),
    "interview export": lambda _: InterviewExportScreen("x"),
    "second-opinion": lambda studio: _marked(studio, lambda _, answer: SecondOpinionScreen(answer)),
    "settings": lambda _: SettingsScreen(),
    "microphone": lambda _: MicrophoneScreen(),
    "quiz": lambda _: QuizScreen(None, QuizMode.DUE),
    "quiz aloud": lambda _: SpokenQuizScreen(None),
    "section drill": lambda _: SectionDrillScreen(GUIDE, "steps"),
    "ladder": lambda _: LadderScreen(GUIDE, SCENARIO),
    "said anew": lambda studio: _marked(studio, SaidAnewScreen),
    "palette": lambda _: CommandPalette(),
    "error": lambda _: ErrorDialog(RehearseError("The microphone is busy", why="it is", next_step="Wait for it.")),
    "question": lambda _: ConfirmDialog("Delete it?", "It goes to the trash."),
    "line": lambda _: LineDialog("A note", "", "anything"),
    "sections": lambda _: SectionDialog(()),
}


def sizes(random: Random, count: int) -> list[Size]:
    """From 1x1 to 300x100, half of them narrow or low, where the trouble is."""
    return [
        Size(random.randint(1, random.choice((12, 300))), random.randint(1, random.choice((6, 100))))
        for _ in range(count)
    ]


async def test_a_storm_of_sizes_over_every_screen(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.ui.screens.settings.settings.SettingsScreen._look_for_choices", lambda _: {})
    studio = fake_studio(own_home)
    studio.equipment._make_source = lambda _: SamplesSource(hum(160_000), real_time=True)
    random = Random(20)
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: "Something small" in shown(app))
        makers: list[Made] = [*SCREENS.values(), lambda _: HelpDialog(app.screen)]
        for make in makers:
            await app.push_screen(make(studio))
            for size in sizes(random, 10):
                if random.random() < 0.7:
                    app.post_message(Resize(size, size))  # the next comes before this one was drawn
                else:
                    await pilot.resize_terminal(*size)
                    assert app.size == Size(max(size.width, LEAST.width), max(size.height, LEAST.height))
            await app.pop_screen()
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "Something small" in shown(app))
    assert studio.close()


async def test_a_recording_goes_on_in_a_window_of_two_columns(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, lambda: RehearsalScreen(GUIDE, studio.plan(GUIDE, SCENARIO)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "microphone open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: isinstance(app.screen, CommandPalette))
        for size in [*sizes(Random(2), 6), Size(2, 1)]:
            await pilot.resize_terminal(*size)
        assert app.is_cramped
        assert screen.rehearsal is not None
        before = screen.rehearsal.elapsed
        await wait_until(pilot, lambda: screen.rehearsal is not None and screen.rehearsal.elapsed > before + 0.3)
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is screen and "recording" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
    assert studio.close()
    assert studio.equipment.store.count() == 1
