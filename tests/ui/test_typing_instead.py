"""Where there is no microphone, whatever could be answered aloud can be typed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from rehearse.domain.answer import Answer, Source
from rehearse.errors import DeviceError
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.drills.answering import TypedRoundScreen
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.study.guide import StudyScreen
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, Buzz, fake_studio, shown, wait_until

GUIDE = small_guide()
TOLD = "The lesson was that I learned to ask first, and it bit us twice before we did."


async def test_the_follow_up_question_is_typed_and_only_its_section_counts(own_home: Path) -> None:
    studio = fake_studio(own_home)
    being_typed = studio.equipment.answer_draft(f"{GUIDE.id} {GUIDE.scenarios[0].id} {GUIDE.scenarios[0].question}")
    being_typed.keep("An answer that is being typed.")
    first = studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    app = RehearseApp(studio, to.Review(GUIDE, first))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "f: be asked · s: drill" in " ".join(shown(app).split()))
        await wait_until(pilot, lambda: "f ask c correct" in " ".join(shown(app).split()))
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "And the lesson?" in shown(app))
        area = app.screen.query_one(TextArea)
        assert area.text == "", "the draft is of another answer"
        area.text = TOLD
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and app.screen.answer.id != first.id)
        assert isinstance(app.screen, AnswerScreen)
        told = studio.equipment.store.get(app.screen.answer.id)
        assert (told.follow_up_of, told.follow_up_section, told.source) == (first.id, "lesson", Source.TYPED)
        assert told.question == "And the lesson?"
        assert told.coverage is not None
        assert [mark.section_id for mark in told.coverage.sections] == ["lesson"]
        assert told.coverage.mistakes == ()
        await pilot.press("q")
        await wait_until(pilot, lambda: "You told it when asked: Lesson." in " ".join(shown(app).split()))
        assert app.screen.check_action("follow_up", (True,)) is False
        assert being_typed.read() == "An answer that is being typed."


async def test_what_is_typed_about_a_section_is_kept_as_a_draft_of_its_own(own_home: Path) -> None:
    studio = fake_studio(own_home)
    app = RehearseApp(studio, to.Study(GUIDE, "section:steps"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "t type" in " ".join(shown(app).split()))
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "And the steps?" in shown(app))
        await pilot.press(*"packed", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen))
        (kept,) = (own_home / "drafts").iterdir()
        assert kept.read_text(encoding="utf-8").splitlines()[1:] == ["packed"]
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "packed" in shown(app))


async def test_a_scenarios_page_lets_one_type_its_answer(own_home: Path) -> None:
    app = RehearseApp(fake_studio(own_home), to.Study(GUIDE, "scenario:first"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "t type" in " ".join(shown(app).split()))
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "first thing you shipped" in shown(app))


class Gone(Buzz):
    """A microphone that isn't there, which is noticed only once it is listened to."""

    def open(self) -> None:
        raise DeviceError("There is no microphone", next_step="Plug one in.")


def without_microphone(home: Path) -> tuple[Studio, Answer]:
    """A studio with an answer that was spoken while there was one."""
    studio = fake_studio(home)
    studio.equipment._make_source = lambda _: Gone()
    answer = replace(studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER), source=Source.MICROPHONE)
    studio.equipment.store.save(answer)
    return studio, answer


async def failed(pilot: Pilot[Any], app: RehearseApp) -> None:
    """What was begun found no microphone, and that was read."""
    await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and "t type" in shown(app))


@pytest.mark.parametrize("key", ["N", "r"])
async def test_what_a_review_leads_to_is_typed_where_there_is_no_microphone_and_q_leads_back(
    own_home: Path, key: str
) -> None:
    studio, answer = without_microphone(own_home)
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "(N)" in shown(app))
        await pilot.press(key)
        await failed(pilot, app)
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "(N)" in shown(app))
        assert isinstance(app.screen, AnswerScreen)
        assert app.screen.answer.id == answer.id
        await pilot.press(key)
        await failed(pilot, app)
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        await pilot.press(*"packed", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await wait_until(pilot, lambda: len(app.screen_stack) == 3)


@pytest.mark.parametrize("key", ["N", "r"])
async def test_a_typed_answer_leads_to_the_next_one_typed(own_home: Path, key: str) -> None:
    studio = fake_studio(own_home)
    answer = studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "(N)" in shown(app))
        await pilot.press(key)
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        app.screen.query_one(TextArea).text = ANSWER
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and app.screen.answer.id != answer.id)
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_a_round_of_a_drill_is_typed_where_there_is_no_microphone(own_home: Path) -> None:
    studio, _ = without_microphone(own_home)
    app = RehearseApp(studio, to.Ladder(GUIDE, GUIDE.scenarios[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "enter begins" in shown(app))
        await pilot.press("enter")
        await failed(pilot, app)
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedRoundScreen))
        assert isinstance(app.screen, TypedRoundScreen)
        assert app.screen.guide == GUIDE
