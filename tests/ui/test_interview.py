"""An interview held with fakes: planned, asked, asked further, broken off, taken up again, ended."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from rehearse.claims import claim
from rehearse.domain.answer import Source
from rehearse.errors import DeviceError
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.destinations import PlanInterview, RunInterview
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.interview.interview import InterviewScreen
from rehearse.ui.screens.interview.past import PastInterviewsScreen
from rehearse.ui.screens.interview.plan import InterviewPlanScreen
from rehearse.ui.screens.interview.report import InterviewReportScreen
from rehearse.ui.screens.interview.turn import TypedTurnScreen
from tests.interviewing import planned
from tests.ui.driving import ANSWER, Buzz, at_home, shown, spoken_a_while, wait_until
from tests.ui.interview_driving import GUIDE, at_turn, begin, give_answer, plan, stop, two_questions


async def test_the_plan_shows_what_would_be_asked_and_changes_with_its_keys(own_home: Path) -> None:
    async with at_home(two_questions(own_home)) as (pilot, app):
        await plan(pilot, app)
        assert "10 minutes · up to 1 question after each answer" in shown(app)
        assert "not tried yet" in shown(app)
        await pilot.press("m", "f")
        await wait_until(pilot, lambda: "20 minutes · up to 2 questions after each answer" in shown(app))
        assert app.equipment.settings.interview_minutes == 20
        await pilot.press("space")
        await wait_until(pilot, lambda: "No guide is chosen" in shown(app))
        await pilot.press("enter")
        assert isinstance(app.screen, InterviewPlanScreen)


async def test_it_asks_asks_further_goes_on_and_ends_with_its_report(own_home: Path) -> None:
    studio = two_questions(own_home)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        assert "question 1 of 2" in shown(app)
        give_answer(app)
        await at_turn(pilot, app, "And the lesson?")
        give_answer(app)
        await at_turn(pilot, app, "And the biggest thing?")
        await stop(pilot, app)
        assert "answered, and 1 follow-up" in shown(app)
    kept = studio.interviews.unfinished()
    assert kept is not None
    answers = studio.equipment.series.answers(kept.id)
    assert [answer.follow_up_section for answer in answers] == [None, "lesson"]
    assert answers[1].follow_up_of == answers[0].id


async def test_one_that_was_left_goes_on_where_it_stood_and_a_question_can_be_skipped(own_home: Path) -> None:
    studio = two_questions(own_home, interview_follow_ups=0)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        give_answer(app)
        await at_turn(pilot, app, "And the biggest thing?")
        await stop(pilot, app)
        await pilot.press("q")
        await wait_until(pilot, lambda: "stopped at question 2 of 2" in shown(app))
        await pilot.press("c")
        await at_turn(pilot, app, "And the biggest thing?")
        assert "back" in shown(app)
        await pilot.press("q")
        await wait_until(pilot, lambda: "Stopped" in shown(app))
        await pilot.press("s")
        await wait_until(pilot, lambda: "Skip this question?" in shown(app))
        await pilot.press("n", "s")
        await wait_until(pilot, lambda: "Skip this question?" in shown(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: "thank" in shown(app).lower())
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, InterviewReportScreen))
        await wait_until(pilot, lambda: "1 of 2 questions answered, question 2 skipped" in shown(app))
    assert studio.interviews.unfinished() is None
    (kept,) = studio.interviews.all()
    assert [one.skipped for one in kept.interview.questions] == [False, True]


async def test_past_interviews_are_listed_and_forgotten_after_a_question(own_home: Path) -> None:
    studio = two_questions(own_home)
    begun = planned(studio.interviews, [GUIDE.id], 10, 0, studio_now())
    studio.interviews.begin(begun, studio_now())
    async with at_home(studio) as (pilot, app):
        await plan(pilot, app)
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, PastInterviewsScreen) and "0/2 answered" in shown(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: "Forget this interview?" in shown(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: "No interview yet" in shown(app))
    assert studio.interviews.all() == []


def studio_now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


class Gone(Buzz):
    """A microphone that isn't there, which is noticed when it is opened."""

    def open(self) -> None:
        raise DeviceError("There is no microphone", next_step="Plug one in.")


def none(_: str | None) -> Any:
    raise DeviceError("There is no microphone", next_step="Plug one in.")


@pytest.mark.parametrize("source", [none, lambda _: Gone()])
async def test_where_there_is_no_microphone_answers_are_typed_from_then_on(
    own_home: Path, source: Callable[[str | None], Any]
) -> None:
    studio = two_questions(own_home)
    studio.equipment._make_source = source
    async with at_home(studio) as (pilot, app):
        await plan(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, InterviewScreen))
        await wait_until(pilot, lambda: "There is no microphone. enter tries again, t lets you type" in shown(app))
        await pilot.press("t")
        await typed_answers(pilot, app)
    assert_typed(studio)


async def test_it_can_be_typed_from_the_beginning(own_home: Path) -> None:
    studio = two_questions(own_home)
    async with at_home(studio) as (pilot, app):
        await plan(pilot, app)
        await pilot.press("t")
        await typed_answers(pilot, app)
    assert_typed(studio)


async def test_where_nothing_is_answered_the_help_has_no_end_and_leaving_says_what_happens(own_home: Path) -> None:
    async with at_home(two_questions(own_home, interview_follow_ups=0)) as (pilot, app):
        await begin(pilot, app)
        await stop(pilot, app)
        assert "Nothing is answered yet: q leaves, and the interview waits." in shown(app)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog) and "stands still" in shown(app))
        assert "ends the interview" not in told(app)
        await pilot.press("q", "enter")
        await at_turn(pilot, app, "Tell me about the first thing")
        give_answer(app)
        await at_turn(pilot, app, "And the biggest thing?")
        await stop(pilot, app)
        assert "What you have answered is kept." in shown(app)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog) and "stands still" in shown(app))
        assert "e ends the interview with the report of what was answered" in told(app)


def told(app: RehearseApp) -> str:
    """A dialog's text without its frame, in one line."""
    return " ".join(shown(app).replace("│", " ").split())


async def left_and_taken_up(pilot: Pilot[Any], app: RehearseApp) -> None:
    """From where an interview stands still to the plan, and on with it from there."""
    await pilot.press("q")
    await wait_until(pilot, lambda: "c goes on" in shown(app))
    await pilot.press("c")


async def stop_typing(pilot: Pilot[Any], app: RehearseApp) -> None:
    await pilot.press("ctrl+g")
    await wait_until(pilot, lambda: isinstance(app.screen, InterviewScreen) and "Stopped" in shown(app))


@pytest.mark.parametrize("answers", [0, 1])
async def test_one_that_was_typed_goes_on_typed(own_home: Path, answers: int) -> None:
    async with at_home(two_questions(own_home, interview_follow_ups=0)) as (pilot, app):
        await plan(pilot, app)
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen))
        asked = "Tell me about the first thing"
        if answers:
            await type_answer(pilot, app, ANSWER)
            asked = "And the biggest thing?"
        await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen) and asked in shown(app))
        await stop_typing(pilot, app)
        await left_and_taken_up(pilot, app)
        await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen) and asked in shown(app))
        await pilot.press(*"quest")
        assert app.screen.query_one(TextArea).text == "quest"
        await stop_typing(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen) and "quest" in shown(app))


async def test_aloud_or_typed_is_chosen_anew_where_it_stands_and_holds_from_then_on(own_home: Path) -> None:
    async with at_home(two_questions(own_home)) as (pilot, app):
        await plan(pilot, app)
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen))
        await stop_typing(pilot, app)
        assert "a aloud" in shown(app)
        assert "t type" not in shown(app)
        await pilot.press("a")
        await at_turn(pilot, app, "Tell me about the first thing")
        await stop(pilot, app)
        assert "t type" in shown(app)
        await left_and_taken_up(pilot, app)
        await at_turn(pilot, app, "Tell me about the first thing")
        await stop(pilot, app)
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen))
        await stop_typing(pilot, app)
        await pilot.press("q")
        await wait_until(pilot, lambda: "c goes on typing." in shown(app))


async def typed_answers(pilot: Pilot[Any], app: RehearseApp) -> None:
    await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen))
    await type_answer(pilot, app, ANSWER)
    await wait_until(pilot, lambda: isinstance(app.screen, TypedTurnScreen) and "And the lesson?" in shown(app))
    await type_answer(pilot, app, "The lesson was that a box needs a label, and that somebody has to read it.")
    await wait_until(pilot, lambda: "And the biggest thing?" in shown(app))


def assert_typed(studio: Studio) -> None:
    kept = studio.interviews.unfinished()
    assert kept is not None
    answers = studio.equipment.series.answers(kept.id)
    assert [(one.source, one.follow_up_section) for one in answers] == [(Source.TYPED, None), (Source.TYPED, "lesson")]


async def test_an_answer_in_which_nothing_was_heard_doesnt_count(own_home: Path) -> None:
    studio = two_questions(own_home)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "recording" in shown(app))
        await spoken_a_while(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Nothing was heard, so that doesn't count" in shown(app), 20)
        await pilot.press("enter")
        await at_turn(pilot, app, "Tell me about the first thing")
        kept = studio.interviews.unfinished()
        assert kept is not None
        assert kept.interview.answered == 0
        assert studio.equipment.series.answers(kept.id) == []


async def test_an_interview_that_another_program_records_is_opened_once_that_is_over(own_home: Path) -> None:
    studio = two_questions(own_home)
    kept = studio.interviews.begin(planned(studio.interviews, [GUIDE.id], 10, 0, studio_now()), studio_now())
    scenario = GUIDE.scenarios[0]
    begun = studio.equipment.store.draft(
        guide_id=GUIDE.id,
        scenario_id=scenario.id,
        question=scenario.question,
        source=Source.MICROPHONE,
        mode=studio.equipment.settings.mode,
        settings={},
        now=studio_now(),
        series_id=kept.id,
    )
    assert begun.recording is not None
    begun.recording.touch()
    held = claim(begun.recording)
    assert held is not None
    studio.equipment.store.save(begun)
    app = RehearseApp(studio, RunInterview(kept.id))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(2):
            await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
            assert "That interview can't go on here" in shown(app)
            await pilot.press("enter")
            await wait_until(pilot, lambda: "enter tries again" in shown(app))
            assert isinstance(app.screen, InterviewScreen)
            await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter")
        held.release()
        assert not studio.interviews.held_elsewhere(kept.id, ())
        await pilot.press("enter")
        await at_turn(pilot, app, "Tell me about the first thing")


async def type_answer(pilot: Pilot[Any], app: RehearseApp, text: str) -> None:
    app.screen.query_one(TextArea).text = text
    await pilot.press("ctrl+s")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_guides_that_dont_exist_are_named(own_home: Path, size: tuple[int, int]) -> None:
    app = RehearseApp(two_questions(own_home), PlanInterview(("nope",)))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "There is no guide “nope”" in shown(app))
