"""How every screen looks, at 80x24 and at 120x40. `pytest --snapshot-update` accepts a change that was meant."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.delivery import Delivery, Filler, Hesitation, Pause, Repetition, Stretch
from rehearse.domain.sound import AudioBlock, EndedBy, SpeechSegment
from rehearse.domain.transcript import Transcript
from rehearse.errors import RehearseError
from rehearse.live.events import CoverageChanged, TranscriptChanged
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.bridge import LiveUpdate
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.rehearse.guess import GuessScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen
from rehearse.ui.screens.review.delivery import DeliveryScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.screens.review.progress import ProgressScreen
from rehearse.ui.screens.room import Heading
from rehearse.ui.screens.settings.settings import SettingsScreen
from tests.answers import begun_answer
from tests.fakes import KeywordAssessor, ScriptedTranscriber, small_guide
from tests.ui.driving import ANSWER, fake_studio, hum, shown, wait_until

SIZES = [(80, 24), (120, 40)]
GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
LONG_AGO = datetime(2024, 3, 1, 12, tzinfo=UTC)


class Spoken:
    """A microphone that brings some seconds of noise at once when it is told to, and then holds its breath."""

    trouble: Any = None
    ended = False
    frames_delivered = 0

    def __init__(self) -> None:
        self.blocks = 0

    def open(self) -> None:
        self.blocks = 20

    def read(self, timeout: float) -> AudioBlock | None:
        if not self.blocks:
            time.sleep(timeout)
            return None
        self.blocks -= 1
        return AudioBlock(hum(1600), 0)

    def close(self) -> None:
        self.blocks = 0


SOURCE = Spoken()


@pytest.fixture
def studio(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    made = fake_studio(Path("/nowhere"))
    made.equipment.places = replace(made.equipment.places, home=own_home)
    made.equipment.now = lambda: 3.0
    made.equipment._make_source = lambda _: SOURCE
    monkeypatch.setattr("rehearse.ui.screens.settings.settings.SettingsScreen._look_for_choices", lambda _: {})
    return made


def spoken(studio: Studio, text: str = ANSWER, *, days: int = 0) -> Answer:
    """A kept answer with times, delivery and no recording."""
    segment = SpeechSegment(np.zeros(1, np.float32), 0.5, 40.0, 0.5, 40.0, EndedBy.STOP)
    transcript = Transcript((ScriptedTranscriber([text]).transcribe(segment),), duration=42.0, model="tiny.en")
    begun = begun_answer(
        studio.equipment.store,
        guide_id=GUIDE.id,
        scenario_id=SCENARIO.id,
        question=SCENARIO.question,
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=LONG_AGO + timedelta(days=days),
    )
    delivery = Delivery(
        148.0,
        (),
        0.0,
        (Pause(20.0, 23.0),),
        0.5,
        18.0,
        (),
        (Stretch("goal", 0.5, 18.0), Stretch("steps", 23.0, 40.0)),
        (),
    )
    coverage = KeywordAssessor(GUIDE).assess(transcript, SCENARIO, final=True)
    answer = replace(
        begun, status=AnswerStatus.FINISHED, transcript=transcript, coverage=coverage, delivery=delivery, recording=None
    )
    return studio.equipment.store.complete(answer)


def app_on(studio: Studio, screen: Callable[[], Any] | None = None) -> RehearseApp:
    return RehearseApp(studio, screen)


async def settled(pilot: Pilot[Any], text: str) -> None:
    """Wait for a text, and for everything that was still to be drawn."""
    await wait_until(pilot, lambda: text in shown(pilot.app))
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.1)


@pytest.mark.parametrize("size", SIZES)
def test_home_when_new(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(studio), terminal_size=size, run_before=lambda p: settled(p, "No answers yet"))


@pytest.mark.parametrize("size", SIZES)
def test_home_with_answers(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    spoken(studio)
    assert snap_compare(app_on(studio), terminal_size=size, run_before=lambda p: settled(p, "1 answer kept"))


@pytest.mark.parametrize("size", SIZES)
def test_brief(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    app = app_on(studio, lambda: RehearsalScreen(GUIDE, studio.plan(GUIDE, SCENARIO)))

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "microphone open")
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await wait_until(pilot, lambda: screen._ready and "still loading" not in shown(app))
        await pilot.pause(2.0)

    assert snap_compare(app, terminal_size=size, run_before=run)


@pytest.mark.parametrize("size", SIZES)
def test_answering(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    app = app_on(studio, lambda: RehearsalScreen(GUIDE, studio.plan(GUIDE, SCENARIO)))

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "microphone open")
        await pilot.press("enter")
        await settled(pilot, "recording")
        screen = app.screen
        SOURCE.blocks = 120
        segment = SpeechSegment(np.zeros(1, np.float32), 4.0, 11.0, 4.0, 11.0, EndedBy.PAUSE)
        transcript = Transcript((ScriptedTranscriber([ANSWER]).transcribe(segment),), duration=12.0)
        coverage = KeywordAssessor(GUIDE).assess(transcript, SCENARIO, final=False)
        screen.post_message(LiveUpdate(TranscriptChanged(transcript, "and then we")))
        screen.post_message(LiveUpdate(CoverageChanged(coverage, coverage.covered)))
        await wait_until(pilot, lambda: "2/3" in shown(app))
        await pilot.pause(2.2)

    assert snap_compare(app, terminal_size=size, run_before=run)


@pytest.mark.parametrize("size", SIZES)
def test_review(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    answer = spoken(studio)
    app = app_on(studio, lambda: AnswerScreen(GUIDE, answer))
    assert snap_compare(app, terminal_size=size, run_before=lambda p: settled(p, "(N)"))


@pytest.mark.parametrize("size", SIZES)
def test_delivery(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    figures = spoken(studio).delivery
    assert figures is not None
    hesitant = replace(
        figures,
        fillers=(Filler("um", 9.0, 20, 21), Filler("uh", 22.5, 25, 26)),
        fillers_per_minute=2.9,
        repetitions=(Repetition("the", 12.0, 2),),
        hesitations=(Hesitation("goal", 0.6, 0.0, 0), Hesitation("steps", 23.4, 3.0, 1)),
    )
    app = app_on(studio, lambda: DeliveryScreen(GUIDE, hesitant, audible=True))
    assert snap_compare(app, terminal_size=size, run_before=lambda p: settled(p, "Time by section"))


def test_review_unfolded_and_corrected(snap_compare: Any, studio: Studio) -> None:
    answer = spoken(studio)
    app = app_on(studio, lambda: AnswerScreen(GUIDE, answer))

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "(N)")
        await pilot.press("w", "down", "down", "c")
        await settled(pilot, "last tried on 2024")
        app.clear_notifications()
        await pilot.pause(0.3)

    assert snap_compare(app, terminal_size=(80, 24), run_before=run)


def test_review_without_colour(snap_compare: Any, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    answer = spoken(studio)
    app = app_on(studio, lambda: AnswerScreen(GUIDE, answer))
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda p: settled(p, "(N)"))


def test_review_on_a_light_terminal(snap_compare: Any, studio: Studio) -> None:
    studio.equipment.settings = replace(studio.equipment.settings, theme="textual-light")
    answer = spoken(studio)
    app = app_on(studio, lambda: AnswerScreen(GUIDE, answer))
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda p: settled(p, "(N)"))


@pytest.mark.parametrize("size", SIZES)
def test_history(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    for day in range(5):
        spoken(studio, days=day)
    app = app_on(studio, HistoryScreen)
    assert snap_compare(app, terminal_size=size, run_before=lambda p: settled(p, "5 answers"))


def test_history_when_empty(snap_compare: Any, studio: Studio) -> None:
    app = app_on(studio, HistoryScreen)
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda p: settled(p, "No answers yet. Press q"))


@pytest.mark.parametrize("size", SIZES)
def test_compare(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    before = spoken(studio, "The goal was to sell more pears and that was all of it for that year really.")
    after = spoken(studio, days=1)
    app = app_on(studio, lambda: CompareScreen(GUIDE, after, before))
    assert snap_compare(app, terminal_size=size, run_before=lambda p: settled(p, "gained"))


@pytest.mark.parametrize("size", SIZES)
def test_progress(snap_compare: Any, studio: Studio, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "rehearse.ui.screens.review.progress.calendar_text",
        lambda *_: __import__("textual.content").content.Content(""),
    )
    for day in range(4):
        spoken(studio, days=day)
    app = app_on(studio, lambda: ProgressScreen(GUIDE))
    assert snap_compare(app, terminal_size=size, run_before=lambda p: settled(p, "Coverage over time"))


@pytest.mark.parametrize("size", SIZES)
def test_settings(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "Speech model")
        pilot.app.screen.query_one(Heading).show(right="config.yaml")
        await pilot.pause(0.1)

    assert snap_compare(app_on(studio, SettingsScreen), terminal_size=size, run_before=run)


def test_guess_after_the_reveal(snap_compare: Any, studio: Studio) -> None:
    answer = spoken(studio)

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "Tick every section")
        await pilot.press("1", "3", "enter")
        await settled(pilot, "You judged")

    app = app_on(studio, lambda: GuessScreen(GUIDE, answer))
    assert snap_compare(app, terminal_size=(80, 24), run_before=run)


def test_typed(snap_compare: Any, studio: Studio) -> None:
    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "no words")
        pilot.app.screen.query_one("#text", TextArea).text = ANSWER
        pilot.app.screen.query_one("#text", TextArea).cursor_blink = False
        await settled(pilot, "spoken")

    app = app_on(studio, lambda: TypedScreen(GUIDE, studio.plan(GUIDE, SCENARIO)))
    assert snap_compare(app, terminal_size=(80, 24), run_before=run)


def test_error(snap_compare: Any, studio: Studio) -> None:
    error = RehearseError("The microphone is busy", why="another program uses it", next_step="Close that program.")

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "No answers yet")
        pilot.app.push_screen(ErrorDialog(error))
        await settled(pilot, "busy")

    assert snap_compare(app_on(studio), terminal_size=(80, 24), run_before=run)


def test_help(snap_compare: Any, studio: Studio) -> None:
    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, "No answers yet")
        await pilot.press("question_mark")
        await settled(pilot, "Pick a scenario and")

    assert snap_compare(app_on(studio), terminal_size=(120, 40), run_before=run)
