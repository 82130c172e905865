"""The three drills by keys alone: begun, gone on with, broken off and taken up again, discarded and brought back."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from textual.pilot import Pilot
from textual.widgets import TextArea

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.rehearsal import Phase, plan_for
from rehearse.domain.series import SeriesKind
from rehearse.domain.sound import SAMPLE_RATE, EndedBy, SpeechSegment
from rehearse.domain.transcript import Transcript
from rehearse.history.answers import AnswerFilter
from rehearse.services import drills
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.drills.anew import RepeatedView, SaidAnewScreen
from rehearse.ui.screens.drills.answering import DrillRoundScreen, TypedRoundScreen
from rehearse.ui.screens.drills.board import DrillScreen
from rehearse.ui.screens.drills.grid import LadderGrid
from rehearse.ui.screens.drills.ladder import LadderScreen
from rehearse.ui.screens.drills.section import SectionDrillScreen
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.microphone import MicrophoneScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from rehearse.ui.widgets.mark_row import MarkRow
from rehearse.ui.widgets.player_bar import PlayerBar
from tests.fakes import KeywordAssessor, ScriptedTranscriber, small_guide
from tests.ui.driving import ANSWER, at_home, fake_studio, hum, shown, spoken_a_while, wait_until

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
THIN = "Well we had a box somewhere and it stood there for a long while until somebody moved it"
GOOD = "The steps ran every night, I packed it in a box with Prometheus and a red light in the kitchen"


async def on(pilot: Pilot[Any], kind: type[Any] = DrillScreen) -> Any:
    """The drill's screen, once it knows how far it is."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.looked)
    await pilot.pause()
    return pilot.app.screen


async def type_answer(pilot: Pilot[Any], text: str, answers: int) -> None:
    """Type the next answer of a drill; then the drill shows so many."""
    board: Any = pilot.app.screen
    await pilot.press("t")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, TypedRoundScreen))
    pilot.app.screen.query_one("#text", TextArea).text = text
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: len(board.underway.answers) == answers and pilot.app.screen is board)
    await pilot.pause()


def at(studio: Studio, first: to.Destination) -> RehearseApp:
    return RehearseApp(studio, first)


async def test_a_section_in_three_rounds_each_beside_the_last(studio: Studio) -> None:
    app = at(studio, to.SectionDrill(GUIDE, "steps"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on(pilot, SectionDrillScreen)
        assert "What belongs here" in shown(app)
        assert "enter begins" in shown(app)
        await type_answer(pilot, THIN, 1)
        assert "· missing" in shown(app)
        await type_answer(pilot, GOOD, 2)
        text = shown(app)
        assert "Round 1 " in text
        assert "Round 2 " in text
        assert "+ came in   steps ran every night" in text or "+ came in   steps ran" in text
        assert "− fell out" in text
        await type_answer(pilot, THIN, 3)
        assert "Round 2 was best: covered" in shown(app)
        assert "★ best" in shown(app)
        assert screen.check_action("again", ()) is False
        assert screen.check_action("type", ()) is False
        await pilot.press("left")
        await wait_until(pilot, lambda: "Round 1 " in shown(app))
        kept = studio.equipment.series.of_kind(SeriesKind.SECTION_DRILL)
        assert [one.ended_at is not None for one in kept] == [True]
        await pilot.press("n")
        await wait_until(pilot, lambda: "1  not yet" in shown(app))


async def test_only_the_section_is_on_the_panel_and_judged(studio: Studio) -> None:
    app = at(studio, to.SectionDrill(GUIDE, "steps"))
    async with app.run_test(size=(80, 24)) as pilot:
        await on(pilot, SectionDrillScreen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DrillRoundScreen) and "microphone open" in shown(app))
        screen = app.screen
        assert isinstance(screen, DrillRoundScreen)
        assert "round 1 of 3 · 0:45" in shown(app)
        assert [row.mark_id for row in screen.query(MarkRow)] == ["steps"]
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.phase is Phase.SPEAKING)
        await spoken_a_while(pilot)
        await pilot.press("enter")
        board = await on(pilot, SectionDrillScreen)
        await wait_until(pilot, lambda: len(board.underway.answers) == 1)
        (answer,) = board.underway.answers
        assert answer.series_id is not None
        assert answer.follow_up_section == "steps"
        assert "too short" in shown(app), "the fake microphone hums"
        await wait_until(pilot, lambda: "again" in shown(app))


async def test_a_round_discarded_while_speaking_or_afterwards_comes_back(studio: Studio) -> None:
    app = at(studio, to.SectionDrill(GUIDE, "steps"))
    async with app.run_test(size=(80, 24)) as pilot:
        board: Any = await on(pilot, SectionDrillScreen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DrillRoundScreen) and "microphone open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DrillRoundScreen) and app.screen.phase is Phase.SPEAKING)
        await pilot.pause(0.5)
        await pilot.press("x")
        await wait_until(pilot, lambda: app.screen is board and board.check_action("restore", ()) is True)
        assert board.underway.answers == ()
        await pilot.press("U")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        assert isinstance(app.screen, AnswerScreen)
        assert app.screen.answer.follow_up_section == "steps"
        assert app.screen.answer.coverage is not None
        assert not app.screen.answer.coverage.mistakes, "judged on its section alone"
        await pilot.press("q")
        await wait_until(pilot, lambda: len(board.underway.answers) == 1 and app.screen is board)
        await type_answer(pilot, GOOD, 2)
        await pilot.press("x")
        await wait_until(pilot, lambda: len(board.underway.answers) == 1)
        assert studio.equipment.store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 1
        await pilot.press("U")
        await wait_until(pilot, lambda: len(board.underway.answers) == 2)
        given = [answer.id for answer in board.underway.answers]
        for left in (1, 0):
            await pilot.press("x")
            await wait_until(pilot, lambda left=left: len(board.underway.answers) == left)  # type: ignore[misc]  # no type for a default
        for back in (1, 2):
            await pilot.press("U")
            await wait_until(pilot, lambda back=back: len(board.underway.answers) == back)  # type: ignore[misc]  # no type for a default
        assert [answer.id for answer in board.underway.answers] == given
        assert board.check_action("restore", ()) is False


async def test_the_ladder_fills_its_grid_and_goes_on_where_it_stood(studio: Studio) -> None:
    async with at_home(studio) as (pilot, app):
        await pilot.press("l")
        await on(pilot, LadderScreen)
        assert "enter begins with three minutes" in shown(app)
        await type_answer(pilot, f"{ANSWER} And the lesson was to ask the cooks first.", 1)
        assert "● covered" in shown(app)
        assert "All 3 sections survive 3:00" in shown(app)
        await type_answer(pilot, ANSWER, 2)
        assert "○ missing" in shown(app)
        assert "Fell at 2:00: Lesson." in shown(app)
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("l")
        screen = await on(pilot, LadderScreen)
        assert "2 of 4 rungs · next 1:00" in shown(app)
        await type_answer(pilot, ANSWER, 3)
        await type_answer(pilot, "The goal was fewer wrong orders, and that is all there is time for today", 4)
        assert "4 of 4 rungs · done" in shown(app)
        assert screen.query_one(LadderGrid).column == 3
        await pilot.press("left", "up")
        await wait_until(pilot, lambda: "“" in shown(app))
        assert screen.check_action("climb", ()) is False
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedRoundScreen) and "rung 3 of 4" in shown(app))


async def test_a_rung_is_spoken_in_its_time(studio: Studio) -> None:
    app = at(studio, to.Ladder(GUIDE, SCENARIO))
    async with app.run_test(size=(80, 24)) as pilot:
        await on(pilot, LadderScreen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DrillRoundScreen) and "microphone open" in shown(app))
        assert "rung 1 of 4 · 3:00" in shown(app)
        assert len(app.screen.query_one(CoveragePanel).query(MarkRow)) == 3, "the whole framework"
        await pilot.press("q")
        board = await on(pilot, LadderScreen)
        assert studio.equipment.store.count() == 0
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DrillRoundScreen) and "microphone open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, DrillRoundScreen) and app.screen.phase is Phase.SPEAKING)
        await spoken_a_while(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(board.underway.answers) == 1)
        assert board.underway.answers[0].settings["answer_seconds"] == 180
        await wait_until(pilot, lambda: "– short" in shown(app) and "1 of 4 rungs" in shown(app))


def first_answer(studio: Studio) -> Answer:
    return studio.mark_typed(GUIDE, plan_for(GUIDE, SCENARIO, Source.TYPED), ANSWER)


async def test_said_anew_lights_what_is_only_repeated(studio: Studio) -> None:
    app = at(studio, to.Review(GUIDE, first_answer(studio)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("a")
        screen = await on(pilot, SaidAnewScreen)
        assert "What has to come up again" in shown(app)
        assert "wrong orders" not in shown(app), "the words of the last take aren't shown"
        assert screen.check_action("discard", ()) is False
        await type_answer(pilot, ANSWER, 1)
        assert "by heart" in " ".join(shown(app).split())
        view = screen.query_one(RepeatedView)
        assert {mark.letter for mark in view.highlights} == {"=", "s"}, "the sample answer holds some of it too"
        assert "kept" in shown(app)
        await type_answer(
            pilot, "Cooks plated dishes that nobody wanted: goal one. Three steps followed, loud ones.", 2
        )
        await wait_until(pilot, lambda: "take 3 of 3" in shown(app))
        assert "in other words" in " ".join(shown(app).split())
        assert "0 % (0 of" in shown(app)
        await pilot.press("left")
        await wait_until(pilot, lambda: "take 2 of 3" in shown(app))


async def test_the_review_drills_the_section_under_the_cursor(studio: Studio) -> None:
    app = at(studio, to.Review(GUIDE, first_answer(studio)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "Lesson" in shown(app))
        await pilot.press("down", "down", "s")
        screen = await on(pilot, SectionDrillScreen)
        assert screen.section.id == "lesson"
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("l")
        await on(pilot, LadderScreen)


async def test_the_history_says_what_an_answer_belongs_to(studio: Studio) -> None:
    app = at(studio, to.SectionDrill(GUIDE, "steps"))
    async with app.run_test(size=(80, 24)) as pilot:
        await on(pilot, SectionDrillScreen)
        await type_answer(pilot, GOOD, 1)
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("h")
        await wait_until(
            pilot, lambda: isinstance(app.screen, HistoryScreen) and "drill: Something small" in shown(app)
        )
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("s")
        screen = await on(pilot, SectionDrillScreen)
        assert len(screen.underway.answers) == 1, "back in the drill that it belongs to"


async def test_the_first_time_the_microphone_is_looked_at_before(own_home: Path) -> None:
    app = at(fake_studio(own_home, checked_microphone=False), to.SectionDrill(GUIDE, "steps"))
    async with app.run_test(size=(80, 24)) as pilot:
        await on(pilot, SectionDrillScreen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MicrophoneScreen))


async def test_what_is_typed_is_kept_when_one_leaves(studio: Studio) -> None:
    app = at(studio, to.SectionDrill(GUIDE, "steps"))
    async with app.run_test(size=(80, 24)) as pilot:
        await on(pilot, SectionDrillScreen)
        for _ in range(2):
            await pilot.press("t")
            await wait_until(pilot, lambda: isinstance(app.screen, TypedRoundScreen))
            await pilot.press(*"so")
            await pilot.press("ctrl+g")
            await on(pilot, SectionDrillScreen)
        await pilot.press("t")
        await wait_until(pilot, lambda: "soso" in shown(app))
        assert "0:45 to say it in" in shown(app)


async def test_every_drill_has_help(studio: Studio) -> None:
    for first in (
        to.SectionDrill(GUIDE, "steps"),
        to.Ladder(GUIDE, SCENARIO),
        to.SaidAnew(GUIDE, first_answer(studio)),
    ):
        app = at(studio, first)
        async with app.run_test(size=(80, 24)) as pilot:
            await on(pilot)
            await pilot.press("question_mark")
            await wait_until(pilot, lambda app=app: isinstance(app.screen, HelpDialog))  # type: ignore[misc]  # no type for a default


async def test_space_plays_the_moment_of_the_cell_under_the_cursor(studio: Studio) -> None:
    series = drills.series_for(studio.equipment, drills.ladder(GUIDE, SCENARIO.id), drills.Underway(), NOW)
    segment = SpeechSegment(np.zeros(1, np.float32), 0.0, 20.0, 0.0, 20.0, EndedBy.STOP)
    said = Transcript((ScriptedTranscriber([ANSWER]).transcribe(segment),), duration=20.0)
    draft = studio.equipment.store.draft(
        guide_id=GUIDE.id,
        scenario_id=SCENARIO.id,
        question=SCENARIO.question,
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={"answer_seconds": 180},
        now=NOW,
        series_id=series.id,
    )
    assert draft.recording is not None
    with closing(RecordingWriter(draft.recording)) as recorder:
        recorder.append(hum(20 * SAMPLE_RATE))
    marks = KeywordAssessor(GUIDE).assess(said, SCENARIO, final=True)
    studio.equipment.store.complete(replace(draft, transcript=said, coverage=marks))
    app = at(studio, to.Ladder(GUIDE, SCENARIO))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on(pilot, LadderScreen)
        await pilot.press("space")
        bar = screen.query_one(PlayerBar)
        await wait_until(pilot, lambda: bar.display and bar.playing)
        goal, steps = (marks.section(name).evidence[0].start or 0.0 for name in ("goal", "steps"))
        assert bar.position < steps - 1
        await pilot.press("down", "space")
        await wait_until(pilot, lambda: bar.position > steps - 1)
        await pilot.press("space")
        await wait_until(pilot, lambda: not bar.playing)
        await pilot.press("up", "space")
        await wait_until(pilot, lambda: bar.playing and goal - 1 < bar.position < steps - 1)
