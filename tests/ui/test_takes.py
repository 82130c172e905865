"""Takes: begun, discarded, cut off, brought back, deleted; by keys alone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import AnswerStatus, Mode, Source
from rehearse.domain.rehearsal import Phase
from rehearse.errors import DeviceError
from rehearse.history.answers import AnswerFilter
from rehearse.ui.app import RehearseApp
from rehearse.ui.discarded import IN_THE_TRASH
from rehearse.ui.screens.dialogs import ConfirmDialog, ErrorDialog
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.guess import GuessScreen
from rehearse.ui.screens.rehearse.microphone import MicrophoneScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.sources import RecoveryScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.widgets.recording_bar import Meter
from tests.answers import begun_answer
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, Buzz, at_home, begin_thinking, fake_studio, hum, shown, spoken_a_while, wait_until


async def test_first_rehearsal_offers_the_microphone_check(own_home: Path) -> None:
    async with at_home(fake_studio(own_home, checked_microphone=False)) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MicrophoneScreen))
        await wait_until(pilot, lambda: "microphone is open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
        assert app.studio.equipment.settings.checked_microphone


async def test_settings_changed_at_the_microphone_check_hold_for_the_rehearsal_after_it(own_home: Path) -> None:
    async with at_home(fake_studio(own_home, checked_microphone=False)) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MicrophoneScreen))
        await wait_until(pilot, lambda: "microphone is open" in shown(app))
        await pilot.press("s")
        await wait_until(pilot, lambda: "Drill" in shown(app))
        await pilot.press("down", "down", "down", "right", "q")
        await wait_until(pilot, lambda: "microphone is open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
        assert "exam" in shown(app)


async def test_what_was_wrong_with_the_microphone_is_said_until_it_isnt(own_home: Path) -> None:
    sources: list[Buzz] = []

    def buzz(_: object) -> Buzz:
        sources.append(Buzz())
        return sources[-1]

    studio = fake_studio(own_home)
    studio.equipment._make_source = buzz
    app = RehearseApp(studio, MicrophoneScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "microphone is open" in shown(app))
        sources[-1].trouble = DeviceError("The microphone delivers only silence", next_step="Unmute it.")
        await wait_until(pilot, lambda: "only silence" in shown(app) and "microphone is open" not in shown(app))
        sources[-1].trouble = None
        await wait_until(pilot, lambda: "only silence" not in shown(app) and "microphone is open" in shown(app))


async def test_a_microphone_that_cannot_be_opened_at_all_stays_said(own_home: Path) -> None:
    def none(_: object) -> Buzz:
        raise DeviceError("PortAudio is missing", next_step="Install libportaudio2.")

    studio = fake_studio(own_home)
    studio.equipment._make_source = none
    async with at_home(studio) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter")
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await wait_until(pilot, lambda: "no microphone" in shown(app))
        screen._tick()
        await wait_until(pilot, lambda: "t types your answer, q goes back." in shown(app))
        assert "Opening" not in shown(app)
        assert "start answering" not in shown(app)
        await pilot.press("q")
        await wait_until(pilot, lambda: "Something small" in shown(app))


async def test_help_that_is_read_while_an_answer_is_finished_makes_way(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await begin_thinking(pilot, app)
        await pilot.press("enter")
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await wait_until(pilot, lambda: screen.rehearsal is not None and screen.rehearsal.elapsed > 0.5)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog))
        screen.action_end_answer()  # as when the time is up
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        assert [type(screen) for screen in app.screen_stack[1:]] == [HomeScreen, AnswerScreen]


async def test_silent_take_is_kept_and_says_so(own_home: Path) -> None:
    async with at_home(fake_studio(own_home, texts=())) as (pilot, app):
        await begin_thinking(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await spoken_a_while(pilot)
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
        await wait_until(pilot, lambda: IN_THE_TRASH in [note.message for note in app._notifications])
        await pilot.press("U")
        await wait_until(pilot, lambda: isinstance(app.screen, RecoveryScreen | AnswerScreen))
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        assert app.studio.equipment.store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 0
        assert app.studio.equipment.store.count() == 1


async def test_several_discarded_takes_come_back_one_by_one_the_newest_first(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        store, home = app.studio.equipment.store, app.screen
        for _ in range(2):
            await begin_thinking(pilot, app)
            await pilot.press("enter")
            await wait_until(pilot, lambda: "recording" in shown(app))
            await pilot.pause(0.3)
            await pilot.press("x")
            await wait_until(pilot, lambda: app.screen is home)
        await wait_until(pilot, lambda: store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 2)
        thrown = [one.id for one in store.summaries(AnswerFilter(status=AnswerStatus.DISCARDED))]
        back = []
        for left in (1, 0):
            await pilot.press("U")
            await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
            assert isinstance(app.screen, AnswerScreen)
            back.append(app.screen.answer.id)
            assert store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == left
            await pilot.press("q")
            await wait_until(pilot, lambda: app.screen is home)
        assert back == sorted(thrown, reverse=True)
        assert home.check_action("restore", ()) is False


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


async def test_while_paused_the_level_stands_still(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await begin_thinking(pilot, app)
        await pilot.press("enter")
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await wait_until(pilot, lambda: "recording" in shown(app))
        meter = screen.query_one("#answer-clock Meter", Meter)
        pushed: list[float] = []
        monkeypatch.setattr(meter, "push", pushed.append)
        screen._tick()
        assert pushed
        await pilot.press("p")
        await wait_until(pilot, lambda: "paused" in shown(app))
        pushed.clear()
        for _ in range(3):
            screen._tick()
        assert pushed == []
        await pilot.press("p")
        await wait_until(pilot, lambda: bool(pushed))


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


async def test_an_enter_too_many_at_the_end_of_an_answer_is_no_empty_guess(own_home: Path) -> None:
    studio = fake_studio(own_home, mode=Mode.EXAM)
    clock = [100.0]
    studio.equipment.now = lambda: clock[0]
    answer = studio.mark_typed(small_guide(), small_guide().scenarios[0], ANSWER)
    screen = GuessScreen(small_guide(), answer)
    app = RehearseApp(studio, lambda: screen)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: "Tick every section" in shown(app))
        clock[0] = 100.9
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Tick what came up, then enter." in shown(app))
        assert not screen.revealed
        assert studio.equipment.store.get(answer.id).guess is None
        clock[0] = 101.0
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.revealed)
        assert studio.equipment.store.get(answer.id).guess == ()


async def test_a_recording_of_an_unknown_question_is_given_to_the_scenario_under_the_cursor(own_home: Path) -> None:
    studio = fake_studio(own_home)
    orphan = begun_answer(
        studio.equipment.store,
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


async def test_recordings_that_the_settings_do_not_keep_are_deleted_once_confirmed(own_home: Path) -> None:
    studio = fake_studio(own_home, keep_audio="30 days")
    begun = begun_answer(
        studio.equipment.store,
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


async def test_enter_pressed_twice_to_begin_does_not_end_the_answer(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: "microphone open" in shown(app))
        with monkeypatch.context() as busy:  # where the machine is, the second key comes through late
            busy.setattr("rehearse.ui.screens.rehearse.clock.PRESSED_TWICE", 60.0)
            await pilot.press("enter", "enter")
            begun = "Your answer has begun: speak"
            await wait_until(pilot, lambda: any(begun in one.message for one in app._notifications))
        assert isinstance(app.screen, RehearsalScreen)
        assert app.screen.phase is Phase.SPEAKING
        await spoken_a_while(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))


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
