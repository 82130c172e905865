"""From one screen to the next, by keys alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import Mode, Source
from rehearse.domain.delivery import Delivery, Filler
from rehearse.domain.sound import SAMPLE_RATE
from rehearse.ui.app import RehearseApp
from rehearse.ui.commands import RoomCommands
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen
from rehearse.ui.screens.review.delivery import DeliveryScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.screens.review.progress import ProgressScreen
from rehearse.ui.screens.settings.settings import SettingsScreen
from rehearse.ui.widgets.answer_list import AnswerList
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, at_home, fake_studio, shown, wait_until


async def test_home_says_what_to_do_when_there_is_nothing_yet(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (_, app):
        assert "No answers yet" in shown(app)
        assert "not tried yet" in shown(app)


async def test_history_searches_deletes_and_brings_back(own_home: Path) -> None:
    studio = fake_studio(own_home)
    guide = small_guide()
    for text in (ANSWER, "A dozen words about pears and apples that nobody would ever call a goal today."):
        studio.mark_typed(guide, guide.scenarios[0], text)
    async with at_home(studio) as (pilot, app):
        await pilot.press("h")
        await wait_until(pilot, lambda: isinstance(app.screen, HistoryScreen) and "2 answers" in shown(app))
        await pilot.press("slash", *"appl")
        await wait_until(pilot, lambda: "1 answer" in shown(app) and "apples" in shown(app))
        await pilot.press("enter", "d")
        await wait_until(pilot, lambda: studio.equipment.store.count() == 1)
        await pilot.press("U")
        await wait_until(pilot, lambda: studio.equipment.store.count() == 2)
        await pilot.press("q")
        await wait_until(pilot, lambda: len(app.screen.query_one(AnswerList).rows) == 2)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, CompareScreen))
        await pilot.press("s")
        await wait_until(pilot, lambda: "The sample answer, by section" in shown(app))


async def test_progress_suggests_what_to_drill(own_home: Path) -> None:
    studio = fake_studio(own_home)
    guide = small_guide()
    for _ in range(3):
        studio.mark_typed(guide, guide.scenarios[0], ANSWER)
    async with at_home(studio, size=(120, 40)) as (pilot, app):
        await pilot.press("p")
        await wait_until(pilot, lambda: isinstance(app.screen, ProgressScreen) and "Coverage over time" in shown(app))
        assert "Lesson came up in none of your last 3 answers" in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))


async def test_settings_are_kept(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await pilot.press("down", "down", "down", "right")
        await wait_until(pilot, lambda: app.studio.equipment.settings.mode is Mode.EXAM)
        assert "mode: exam" in app.studio.equipment.places.config.read_text()
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "Time to think" in shown(app) and "accept" in shown(app))
        await pilot.press(*"3", "enter")
        await wait_until(pilot, lambda: "Time to think: between 5 and 1800 seconds, not 3." in shown(app))
        await pilot.press("0", "enter")
        await wait_until(pilot, lambda: app.studio.equipment.settings.think_seconds == 30)


async def test_help_lists_the_keys_and_the_palette_every_action(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog))
        assert "Pick a scenario" in shown(app)
        await pilot.press("q")
        await pilot.press("ctrl+p", *"aloud")
        await wait_until(pilot, lambda: "Rehearse this scenario aloud (key enter)" in shown(app))
        assert "Start" in shown(app)


@pytest.mark.parametrize("first", [None, SettingsScreen])
async def test_the_palette_offers_what_is_ours_alone(own_home: Path, first: type[SettingsScreen] | None) -> None:
    app = RehearseApp(fake_studio(own_home), first)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, first or HomeScreen))
        await pilot.pause()
        commands = list(RoomCommands(app.screen)._commands())
    names = [name for name, _, _ in commands]
    assert "Help" in names
    assert "What one does here, and all keys (key ?)" in [what for _, what, _ in commands]
    assert len(names) == len(set(names))
    for noise in ("scroll", "focus", "page ", "copy selected", "palette", "maximize"):
        assert not [name for name in names if noise in name.casefold()]
    assert all(not what.startswith("key ") and ": key" not in what for _, what, _ in commands)


async def test_small_window_says_so_and_recovers(own_home: Path) -> None:
    app = RehearseApp(fake_studio(own_home))
    async with app.run_test(size=(70, 20)) as pilot:
        await wait_until(pilot, lambda: "rehearse needs 80x24" in shown(app))
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "rehearse needs 80x24" not in shown(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_panel_keys_move_and_unfold(own_home: Path, size: tuple[int, int]) -> None:
    studio = fake_studio(own_home)
    answer = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    app = RehearseApp(studio, lambda: AnswerScreen(small_guide(), answer))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "Coverage" in shown(app))
        panel = app.screen.query_one(CoveragePanel)
        await pilot.press("w")
        await wait_until(pilot, lambda: "100 % term: goal" in shown(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "100 % term: goal" not in shown(app))
        assert isinstance(app.screen, AnswerScreen), "escape folds first and leaves then"
        await pilot.press("end")
        assert panel.selected is not None
        assert answer.coverage is not None
        assert panel.selected == answer.coverage.mistakes[-1]


async def test_the_interviewer_asks_about_what_was_left_out(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    app = RehearseApp(studio, lambda: AnswerScreen(small_guide(), answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "f: be asked · s: drill" in " ".join(shown(app).split()))
        await pilot.press("f")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and "And the lesson?" in shown(app))


async def test_follow_up_questions_can_be_switched_off(own_home: Path) -> None:
    studio = fake_studio(own_home, follow_ups=False)
    answer = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    app = RehearseApp(studio, lambda: AnswerScreen(small_guide(), answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Lesson didn't come up" in shown(app))
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, AnswerScreen)
        assert "be asked" not in shown(app)


async def test_delivery_lists_the_moments_and_plays_one(own_home: Path) -> None:
    studio = fake_studio(own_home)
    typed = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    figures = Delivery(140.0, (Filler("um", 9.0, 2, 3),), 1.0, (), 0.5, 12.0, (), (), ())
    with RecordingWriter(own_home / "said.wav") as writer:
        writer.append(np.zeros(SAMPLE_RATE * 12, np.float32))
    spoken = replace(typed, source=Source.MICROPHONE, delivery=figures, recording=own_home / "said.wav")
    app = RehearseApp(studio, lambda: AnswerScreen(small_guide(), spoken))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "Coverage" in shown(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, DeliveryScreen) and "“um”" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await wait_until(pilot, lambda: "▶ 0:08" in shown(app))
