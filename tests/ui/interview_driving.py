"""Steps through an interview with two questions, held with fakes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from rehearse.domain.answer import Answer
from rehearse.domain.combined import follow_up_marks
from rehearse.live.events import AnswerKept
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.bridge import LiveUpdate
from rehearse.ui.screens.interview.interview import InterviewScreen
from rehearse.ui.screens.interview.plan import InterviewPlanScreen
from rehearse.ui.screens.interview.turn import TurnScreen
from tests.fakes import ask_from, mark_by_keyword, small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until

GUIDE = replace(
    small_guide(),
    scenarios=(
        *small_guide().scenarios,
        replace(small_guide().scenarios[0], id="second", title="Something bigger", question="And the biggest thing?"),
    ),
)


def two_questions(home: Path, **chosen: Any) -> Studio:
    """A studio whose plan has both questions of `GUIDE`, with one about each answer unless it is chosen otherwise."""
    studio = fake_studio(home, **{"interview_minutes": 10, "interview_follow_ups": 1, **chosen})
    ask_from(studio.equipment, GUIDE)
    mark_by_keyword(studio.equipment, GUIDE)
    return studio


async def plan(pilot: Pilot[Any], app: RehearseApp) -> None:
    """From the first screen to the plan."""
    await pilot.press("i")
    await wait_until(pilot, lambda: isinstance(app.screen, InterviewPlanScreen) and "You would be asked" in shown(app))


async def at_turn(pilot: Pilot[Any], app: RehearseApp, asked: str) -> None:
    """Wait until that is asked and can be answered."""
    await wait_until(
        pilot, lambda: isinstance(app.screen, TurnScreen) and asked in shown(app) and "microphone open" in shown(app)
    )


async def begin(pilot: Pilot[Any], app: RehearseApp) -> None:
    """From the first screen to the first of `two_questions`."""
    await plan(pilot, app)
    await pilot.press("enter")
    await at_turn(pilot, app, "Tell me about the first thing")


async def stop(pilot: Pilot[Any], app: RehearseApp) -> None:
    """Before the answer to what is asked just now."""
    await pilot.press("q")
    await wait_until(pilot, lambda: isinstance(app.screen, InterviewScreen) and "Stopped" in shown(app))


async def skip(pilot: Pilot[Any], app: RehearseApp) -> None:
    """What is asked just now."""
    await stop(pilot, app)
    await pilot.press("s")
    await wait_until(pilot, lambda: "Skip this question?" in shown(app))
    await pilot.press("y")


def kept_answer(app: RehearseApp) -> Answer:
    """An answer to what is asked just now is in the store, which was typed here: `ANSWER` tells the goal and the steps.

    The interview doesn't know of it yet.
    """
    screen = app.screen
    assert isinstance(screen, TurnScreen)
    plan = screen.plan
    given = app.studio.mark_typed(GUIDE, plan.scenario, ANSWER)
    assert given.coverage is not None
    given = replace(
        given,
        coverage=follow_up_marks(given.coverage, plan.follow_up_section),
        follow_up_of=plan.follow_up_of,
        follow_up_section=plan.follow_up_section,
        series_id=plan.series_id,
    )
    app.equipment.store.save(given)
    return given


def give_answer(app: RehearseApp) -> None:
    """The pipeline says that an answer was kept."""
    given, screen = kept_answer(app), app.screen
    assert isinstance(screen, TurnScreen)
    assert screen.rehearsal is not None
    screen.rehearsal.abandon()  # its pipeline is over once an answer is kept
    screen.post_message(LiveUpdate(AnswerKept(given, 0, 0, 0)))
