"""The report on an interview, as its reader uses it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from rehearse.audio.playback import Player
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import DeviceError
from rehearse.reports.moments import Moment
from rehearse.reports.report import NextDrill, QuestionReport
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.interview.export import InterviewExportScreen
from rehearse.ui.screens.interview.report import InterviewReportScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.transcript_view import TranscriptView
from tests.fakes import ask_from, mark_by_keyword
from tests.interviewing import interview_guide, whole_interview
from tests.ui.driving import shown, wait_until


def no_loudspeaker() -> Any:
    raise DeviceError("There is no loudspeaker")


class Heard:
    """What was to be played."""

    def __init__(self) -> None:
        self.sounds: list[Samples] = []
        self.players: list[Player] = []

    def player(self, samples: Samples) -> Player:
        self.sounds.append(samples)
        self.players.append(Player(samples, library=no_loudspeaker))
        return self.players[-1]


@pytest.fixture
def heard(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Heard:
    made = Heard()
    monkeypatch.setattr(studio.equipment, "player", made.player)
    return made


@asynccontextmanager
async def report(
    studio: Studio, *, size: tuple[int, int] = (80, 24), **how: Any
) -> AsyncIterator[tuple[Pilot[Any], RehearseApp, InterviewReportScreen]]:
    kept = whole_interview(studio, **how)
    app = RehearseApp(studio, to.InterviewReport(kept.id))
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_until(pilot, lambda: "questions answered" in shown(app))
        screen = app.screen
        assert isinstance(screen, InterviewReportScreen)
        yield pilot, app, screen


async def go_to(pilot: Pilot[Any], screen: InterviewReportScreen, fits: Callable[[Any], bool]) -> None:
    await pilot.press("home")
    for _ in range(20):
        if fits(screen.selected):
            return
        await pilot.press("down")
    raise AssertionError(f"no such row; the last is {screen.selected}")


async def test_the_cursor_goes_through_everything_that_can_be_opened(studio: Studio) -> None:
    async with report(studio) as (pilot, app, screen):
        assert "2 of 3 answered" in shown(app)
        assert isinstance(screen.selected, Moment), "not what begins something"
        await pilot.press("home")
        kinds = []
        for _ in range(8):
            kinds.append(type(screen.selected))
            await pilot.press("down")
        assert kinds == [NextDrill, *[Moment] * 4, *[QuestionReport] * 3]
        for _ in range(12):
            await pilot.press("down")
        assert "1a      0:10 of 0:45" in shown(app), "down goes on below the last row"
        await pilot.press("home")
        assert "2 of 3 questions answered" in shown(app)


async def test_a_moment_plays_and_another_row_ends_it(studio: Studio, heard: Heard) -> None:
    async with report(studio) as (pilot, _, screen):
        bar = screen.query_one(PlayerBar)
        await go_to(pilot, screen, lambda row: isinstance(row, Moment) and row.good)
        moment = screen.selected
        assert isinstance(moment, Moment)
        assert moment.start is not None
        assert moment.end is not None
        assert not bar.visible
        await pilot.press("space")
        await wait_until(pilot, lambda: bar.visible and bar.playing)
        assert len(heard.sounds[0]) / SAMPLE_RATE == pytest.approx(moment.end - moment.start + 0.7, abs=0.01)
        assert np.abs(heard.sounds[0]).max() > 0.01
        await pilot.press("space")
        await wait_until(pilot, lambda: not bar.playing)
        await pilot.press("down", "space")
        await wait_until(pilot, lambda: len(heard.players) == 2 and heard.players[1].playing)
        assert not heard.players[0].playing
        await pilot.press("down")
        await wait_until(pilot, lambda: not bar.visible)


async def test_the_bar_says_when_the_loudspeaker_stops_in_the_middle(
    studio: Studio, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Player, "silent", False)
    async with report(studio) as (pilot, app, screen):
        bar = screen.query_one(PlayerBar)
        await go_to(pilot, screen, lambda row: isinstance(row, Moment) and row.good)
        await pilot.press("space")
        await wait_until(pilot, lambda: bar.visible and bar.playing)
        assert "no loudspeaker" not in shown(app)
        monkeypatch.setattr(Player, "silent", True)
        await wait_until(pilot, lambda: "no loudspeaker" in shown(app))


async def test_enter_opens_the_answer_at_the_moment_and_corrections_come_back(studio: Studio) -> None:
    async with report(studio, sound=False) as (pilot, app, screen):
        await go_to(pilot, screen, lambda row: isinstance(row, Moment) and row.about == "vague")
        moment = screen.selected
        assert isinstance(moment, Moment)
        await pilot.press("space")
        await wait_until(pilot, lambda: "has no recording" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        view = app.screen.query_one(TranscriptView)
        await wait_until(pilot, lambda: view.has_focus and view.cursor == moment.first_word == 3)
        assert isinstance(app.screen, AnswerScreen)
        assert app.screen.answer.id == moment.answer_id
        await pilot.press("tab", "down", "c", "q")
        await wait_until(pilot, lambda: app.screen is screen and "4 of 6 sections came up" in shown(app))


async def test_a_question_opens_its_answer_and_one_without_says_why(studio: Studio) -> None:
    async with report(studio, typed=True) as (pilot, app, screen):
        await wait_until(pilot, lambda: "x export" in shown(app))
        assert "space play" not in shown(app), "there is nothing to hear"
        await go_to(pilot, screen, lambda row: isinstance(row, Moment))
        await pilot.press("space")
        await wait_until(pilot, lambda: "was typed" in shown(app))
        await go_to(pilot, screen, lambda row: isinstance(row, QuestionReport) and row.number == 3)
        assert "Delivery" not in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: shown(app).count("Skipped") > 1)
        await pilot.press("up", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))


async def test_what_is_next_begins_and_one_that_is_over_doesnt_go_on(studio: Studio) -> None:
    async with report(studio) as (pilot, app, screen):
        await wait_until(pilot, lambda: "space play" in shown(app))
        await pilot.press("c")
        assert app.screen is screen
        await pilot.press("home", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))


async def test_what_is_next_may_be_of_another_guide_or_gone(studio: Studio) -> None:
    async with report(studio) as (pilot, app, screen):
        loaded = screen._loaded
        assert loaded is not None
        assert loaded.report.next_drill is not None
        known = interview_guide()
        other = replace(known, id="other", scenarios=(replace(known.scenarios[0], id="elsewhere", title="Elsewhere"),))
        ask_from(studio.equipment, known, other)
        mark_by_keyword(studio.equipment, other)
        for guide_id, scenario_id, said in (
            ("nowhere", "elsewhere", "There is no guide"),
            ("other", "gone", "any more"),
        ):
            screen._drill(NextDrill(guide_id, scenario_id, "Elsewhere", ""))
            await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
            assert said in shown(app)
            await pilot.press("enter")
            await wait_until(pilot, lambda: app.screen is screen)
        assert "other" not in loaded.guides
        screen._drill(NextDrill("other", "elsewhere", "Elsewhere", ""))
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and app.screen.guide.id == "other")


async def test_one_that_was_broken_off_goes_on(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    async with report(studio, broken_off=True) as (pilot, app, screen):
        monkeypatch.setattr(app, "move_to", asked.append)
        assert "Broken off: 2 of 3 questions answered so far." in shown(app)
        assert "c goes on with it." in " ".join(shown(app).split())
        await pilot.press("c")
        await wait_until(pilot, lambda: asked == [to.RunInterview(screen.interview_id)])


async def test_it_is_written_to_files_that_are_named_afterwards(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with report(studio) as (pilot, app, _):
        await pilot.press("x")
        await wait_until(pilot, lambda: isinstance(app.screen, InterviewExportScreen))
        app.screen.query_one(Input).value = "out"
        await pilot.press("down", "space", "ctrl+s")
        await wait_until(pilot, lambda: "Written:" in shown(app))
        written = sorted((tmp_path / "out").iterdir())
        assert [path.suffix for path in written] == [".html", ".md"]
        assert all(str(path) in "".join(shown(app).split()) for path in written), "whole paths"
        assert "<audio" in written[0].read_text(encoding="utf-8")
        await pilot.press("q", "q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_an_interview_that_isnt_there_is_said(studio: Studio) -> None:
    app = RehearseApp(studio, to.InterviewReport("x"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog) and "no interview" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, InterviewReportScreen))
        await pilot.press("space", "enter", "q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
