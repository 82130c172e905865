"""What a person does, by keys alone."""

import gc
import weakref
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import AnswerStatus, Mode, Source
from rehearse.domain.delivery import Delivery, Filler
from rehearse.history.answers import AnswerFilter
from rehearse.ui.app import RehearseApp
from rehearse.ui.commands import RoomCommands
from rehearse.ui.screens.dialogs import ConfirmDialog, ErrorDialog
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.guess import GuessScreen
from rehearse.ui.screens.rehearse.microphone import MicrophoneScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.sources import RecoveryScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen
from rehearse.ui.screens.review.delivery import DeliveryScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.screens.review.progress import ProgressScreen
from rehearse.ui.screens.settings.settings import SettingsScreen
from rehearse.ui.widgets.answer_list import AnswerList
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, at_home, begin_thinking, fake_studio, hum, shown, wait_until


async def test_home_says_what_to_do_when_there_is_nothing_yet(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (_, app):
        assert "No answers yet" in shown(app)
        assert "not tried yet" in shown(app)


async def test_first_rehearsal_offers_the_microphone_check(own_home: Path) -> None:
    async with at_home(fake_studio(own_home, checked_microphone=False)) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MicrophoneScreen))
        await wait_until(pilot, lambda: "microphone is open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
        assert app.studio.equipment.settings.checked_microphone


async def test_typed_answer_is_marked_kept_corrected_and_undone(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        app.screen.query_one("#text").text = ANSWER  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        assert screen.answer.marks is not None
        assert screen.answer.marks.covered == ("goal", "steps")
        await wait_until(pilot, lambda: "fewer wrong" in shown(app))
        await pilot.press("down", "down", "c")
        await wait_until(pilot, lambda: screen.answer.marks.covered == ("goal", "steps", "lesson"))  # type: ignore[union-attr]
        assert "yours" in shown(app)
        assert app.studio.equipment.store.get(screen.answer.id).marks.covered == ("goal", "steps", "lesson")  # type: ignore[union-attr]
        assert "no-lesson" not in screen.answer.marks.made
        await pilot.press("u")
        await wait_until(pilot, lambda: screen.answer.marks.covered == ("goal", "steps"))  # type: ignore[union-attr]
        await pilot.press("w")
        await wait_until(pilot, lambda: "missing" in shown(app))


async def test_draft_of_a_typed_answer_survives_leaving(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        await pilot.press(*"hello")
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "hello" in shown(app))


async def test_a_typed_answers_text_is_let_go_when_one_leaves(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        areas: list[weakref.ref[TextArea]] = []
        for _ in range(3):
            await pilot.press("t")
            await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
            areas.append(weakref.ref(app.screen.query_one(TextArea)))
            await pilot.press("escape")
            await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        gc.collect()
        assert [area() for area in areas[:2]] == [None, None], "all but the one shown last"


async def test_empty_typed_answer_is_one_sentence(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "no answer to mark" in shown(app)


async def test_silent_take_is_kept_and_says_so(own_home: Path) -> None:
    async with at_home(fake_studio(own_home, texts=())) as (pilot, app):
        await begin_thinking(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await pilot.pause(0.5)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await wait_until(pilot, lambda: "Nothing was heard" in shown(app))


async def test_discarded_take_comes_back(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await begin_thinking(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await pilot.pause(0.5)
        await pilot.press("x")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.studio.equipment.store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 1
        await pilot.press("U")
        await wait_until(pilot, lambda: isinstance(app.screen, RecoveryScreen | AnswerScreen))
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        assert app.studio.equipment.store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 0
        assert app.studio.equipment.store.count() == 1


async def test_leaving_while_speaking_needs_a_decision(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await begin_thinking(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await pilot.press("q", "escape")
        assert isinstance(app.screen, RehearsalScreen)
        await pilot.press("p")
        await wait_until(pilot, lambda: "paused" in shown(app))
        await pilot.press("p")
        await wait_until(pilot, lambda: "paused" not in shown(app))


async def test_interrupt_leaves_an_answer_that_is_offered_again(own_home: Path) -> None:
    studio = fake_studio(own_home)
    async with at_home(studio) as (pilot, app):
        await begin_thinking(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await pilot.pause(0.4)
        await pilot.press("ctrl+c")
    assert app.return_code == 130
    assert studio.close()
    again = RehearseApp(fake_studio(own_home))
    async with again.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "was cut off" in shown(again))
        await pilot.press("u")
        await wait_until(pilot, lambda: isinstance(again.screen, AnswerScreen))
        assert again.studio.equipment.store.unfinished() == []


async def test_exam_asks_for_a_guess_before_the_reveal(own_home: Path) -> None:
    studio = fake_studio(own_home, mode=Mode.EXAM)
    answer = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    app = RehearseApp(studio, lambda: GuessScreen(small_guide(), answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, GuessScreen))
        assert "✔" not in shown(app)
        assert shown(app).count("[ ]") == 3
        await pilot.press("1", "3")
        await wait_until(pilot, lambda: shown(app).count("[x]") == 2)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "You judged 1 of 3 rightly" in shown(app))
        assert "Tick every section" not in shown(app)
        await wait_until(pilot, lambda: "go on" in shown(app) and "enter reveal" not in shown(app))
        assert any("← not as guessed" in line for line in shown(app).splitlines())
        assert studio.equipment.store.get(answer.id).guess == ("goal", "lesson")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        assert "guessed 1/3" in shown(app)


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
        await wait_until(pilot, lambda: "Rehearse this scenario aloud" in shown(app))
        assert "start: key enter" in shown(app)


@pytest.mark.parametrize("first", [None, SettingsScreen])
async def test_the_palette_offers_what_is_ours_alone(own_home: Path, first: type[SettingsScreen] | None) -> None:
    app = RehearseApp(fake_studio(own_home), first)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, first or HomeScreen))
        await pilot.pause()
        commands = list(RoomCommands(app.screen)._commands())
    names = [name for name, _, _ in commands]
    assert "What one does here, and all keys" in names
    assert len(names) == len(set(names))
    for noise in ("scroll", "focus", "page ", "copy selected", "palette", "maximize"):
        assert not [name for name in names if noise in name.casefold()]
    assert all(not what.startswith("key ") for _, what, _ in commands), "what it is for, and then the key"


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
        assert panel.selected == answer.coverage.mistakes[-1]  # type: ignore[union-attr]


async def test_the_interviewer_asks_about_what_was_left_out(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    app = RehearseApp(studio, lambda: AnswerScreen(small_guide(), answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "interviewer asks about Lesson" in " ".join(shown(app).split()))
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
        assert "interviewer asks" not in shown(app)


async def test_a_recording_of_an_unknown_question_is_given_to_the_scenario_under_the_cursor(own_home: Path) -> None:
    studio = fake_studio(own_home)
    orphan = studio.equipment.store.begin(
        guide_id="",
        scenario_id="",
        question="",
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=datetime(2026, 11, 1, tzinfo=UTC),
    )
    assert orphan.recording is not None
    with RecordingWriter(orphan.recording) as writer:
        writer.append(hum(32_000))
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "was cut off" in shown(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
    kept = studio.equipment.store.get(orphan.id)
    assert (kept.guide_id, kept.scenario_id, kept.status) == ("small", "first", AnswerStatus.FINISHED)


async def test_delivery_lists_the_moments_and_plays_one(own_home: Path) -> None:
    studio = fake_studio(own_home)
    typed = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    figures = Delivery(140.0, (Filler("um", 9.0, 2, 3),), 1.0, (), 0.5, 12.0, (), (), ())
    app = RehearseApp(studio, lambda: AnswerScreen(small_guide(), replace(typed, delivery=figures)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "Coverage" in shown(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, DeliveryScreen) and "“um”" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await wait_until(pilot, lambda: "This answer has no" in shown(app))


async def test_recordings_that_the_settings_do_not_keep_are_deleted_once_confirmed(own_home: Path) -> None:
    studio = fake_studio(own_home, keep_audio="30 days")
    begun = studio.equipment.store.begin(
        guide_id="small",
        scenario_id="first",
        question="?",
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=datetime(2024, 1, 1, tzinfo=UTC),
    )
    assert begun.recording is not None
    with RecordingWriter(begun.recording) as writer:
        writer.append(hum(16_000))
    studio.equipment.store.complete(replace(begun, status=AnswerStatus.FINISHED))
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "1 recording to delete by your settings" in shown(app))
        await pilot.press("R")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("enter")  # no
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert begun.recording.exists()
        await pilot.press("R", "y")
        await wait_until(pilot, lambda: begun.recording is not None and not begun.recording.exists())
        await wait_until(pilot, lambda: "to delete by your settings" not in shown(app))
    assert studio.equipment.store.get(begun.id).recording is None


async def test_enter_pressed_just_too_late_to_begin_does_not_end_an_answer_that_began_by_itself(own_home: Path) -> None:
    async with at_home(fake_studio(own_home, think_seconds=5)) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: "microphone open" in shown(app))
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        screen._started_thinking -= 5  # the thinking time is over now
        await wait_until(pilot, lambda: "● recording" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: any("begun by itself" in one.message for one in app._notifications))
        assert "● recording" in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))


async def test_marking_waits_for_the_keys_before_it(own_home: Path) -> None:
    studio = fake_studio(own_home)
    async with at_home(studio) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        for key in [*ANSWER.replace(" ", "_"), "ctrl+s"]:  # all at once, as a terminal hands a paste over
            event = events.Key("space" if key == "_" else key, " " if key == "_" else key if len(key) == 1 else None)
            app.post_message(event)
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
    (kept,) = studio.equipment.store.summaries()
    assert studio.equipment.store.get(kept.id).transcript.text == ANSWER
