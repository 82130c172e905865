"""What was skipped in an interview is asked after all, and nothing that was answered is lost by it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.interview.interview import InterviewScreen
from rehearse.ui.screens.interview.report import InterviewReportScreen
from tests.ui.driving import at_home, shown, wait_until
from tests.ui.interview_driving import at_turn, begin, give_answer, kept_answer, skip, stop, two_questions


def unskip_is_offered(app: RehearseApp) -> bool:
    return any(key.binding.action == "unskip" and key.enabled for key in app.screen.active_bindings.values())


async def test_a_skipped_question_can_be_brought_back_from_the_next_one(own_home: Path) -> None:
    studio = two_questions(own_home, interview_follow_ups=0)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        await stop(pilot, app)
        assert not unskip_is_offered(app)
        await pilot.press("u", "enter")
        await at_turn(pilot, app, "Tell me about the first thing")
        await skip(pilot, app)
        await at_turn(pilot, app, "And the biggest thing?")
        await stop(pilot, app)
        assert unskip_is_offered(app)
        await pilot.press("u")
        await at_turn(pilot, app, "Tell me about the first thing")
        give_answer(app)
        await at_turn(pilot, app, "And the biggest thing?")


async def test_an_answer_that_was_rescued_stays_when_a_question_is_brought_back(own_home: Path) -> None:
    studio = two_questions(own_home)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        await skip(pilot, app)
        await at_turn(pilot, app, "And the biggest thing?")
        rescued = kept_answer(app)
        await stop(pilot, app)
        await pilot.press("enter")
        await at_turn(pilot, app, "And the lesson?")
        await stop(pilot, app)
        assert "answered" in shown(app)
        await pilot.press("u")
        await at_turn(pilot, app, "Tell me about the first thing")
    kept = studio.interviews.unfinished()
    assert kept is not None
    assert [one.answer_id for one in kept.interview.questions] == [None, rescued.id]


async def test_an_answer_that_was_rescued_stays_when_the_interview_is_ended(own_home: Path) -> None:
    studio = two_questions(own_home)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        kept_answer(app)
        await stop(pilot, app)
        await pilot.press("enter")
        await at_turn(pilot, app, "And the lesson?")
        await stop(pilot, app)
        await pilot.press("e")
        await wait_until(pilot, lambda: "1 of 2 questions answered" in shown(app))


async def test_a_question_about_an_answer_keeps_its_words_when_one_stops_at_it(own_home: Path) -> None:
    async with at_home(two_questions(own_home)) as (pilot, app):
        await begin(pilot, app)
        give_answer(app)
        for _ in range(3):
            await at_turn(pilot, app, "And the lesson?")
            await stop(pilot, app)
            await pilot.press("enter")


class Timers:
    """Stand in for Textual's: none goes off by itself."""

    def __init__(self) -> None:
        self.all: list[Timers.One] = []

    class One:
        def __init__(self, goes_off: Callable[[], object]) -> None:
            self.goes_off, self.stopped = goes_off, False

        def stop(self) -> None:
            self.stopped = True

    def set(self, _seconds: float, goes_off: Callable[[], object]) -> "Timers.One":
        self.all.append(self.One(goes_off))
        return self.all[-1]

    @property
    def goodbyes(self) -> list["Timers.One"]:
        """Those that end a goodbye."""
        return [one for one in self.all if one.goes_off.__name__ == "_said_goodbye"]


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> Timers:
    made = Timers()
    monkeypatch.setattr(InterviewScreen, "set_timer", made.set)
    return made


async def at_goodbye(pilot: Pilot[Any], app: RehearseApp) -> None:
    """The only question left is asked just now: skip it."""
    await skip(pilot, app)
    await wait_until(pilot, lambda: "thank" in shown(app).lower() and unskip_is_offered(app))


async def test_the_last_question_can_be_brought_back_while_the_interviewer_says_goodbye(
    own_home: Path, timers: Timers
) -> None:
    studio = two_questions(own_home, interview_follow_ups=0)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        give_answer(app)
        await at_turn(pilot, app, "And the biggest thing?")
        await at_goodbye(pilot, app)
        await pilot.press("u")
        await at_turn(pilot, app, "And the biggest thing?")
        await stop(pilot, app)
        (goodbye,) = timers.goodbyes
        goodbye.goes_off()
        await pilot.press("enter")
        await at_turn(pilot, app, "And the biggest thing?")


def heard_at_once(_text: str, _cancelled: Event, begun: Callable[[], None], **_: Any) -> bool:
    begun()
    return True


@pytest.mark.parametrize("voice", [False, True])
async def test_the_first_of_two_goodbyes_doesnt_end_the_second(
    own_home: Path, timers: Timers, monkeypatch: pytest.MonkeyPatch, voice: bool
) -> None:
    studio = two_questions(own_home, interview_follow_ups=0, voice=voice)
    monkeypatch.setattr(studio.equipment.interviewer, "speak", heard_at_once)
    monkeypatch.setattr(studio.equipment.interviewer, "prepare", lambda *_: None)
    async with at_home(studio) as (pilot, app):
        await begin(pilot, app)
        give_answer(app)
        await at_turn(pilot, app, "And the biggest thing?")
        await at_goodbye(pilot, app)
        await wait_until(pilot, lambda: len(timers.goodbyes) == 1)
        await pilot.press("u")
        await at_turn(pilot, app, "And the biggest thing?")
        assert [one.stopped for one in timers.goodbyes] == [True]
        await at_goodbye(pilot, app)
        await wait_until(pilot, lambda: len(timers.goodbyes) == 2)
        assert [one.stopped for one in timers.goodbyes] == [True, False]
        timers.goodbyes[1].goes_off()
        await wait_until(pilot, lambda: isinstance(app.screen, InterviewReportScreen))
