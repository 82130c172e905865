"""An answer that is typed, by keys alone."""

import gc
import weakref
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.rehearsal import Plan
from rehearse.errors import InputError
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.bridge import JobDone
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.typed import ALREADY_MARKED, TypedScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, at_home, fake_studio, shown, wait_until


def covered(answer: Answer) -> tuple[str, ...] | None:
    return answer.marks.covered if answer.marks else None


async def test_typed_answer_is_marked_kept_corrected_and_undone(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        app.screen.query_one("#text", TextArea).text = ANSWER
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        assert screen.answer.marks is not None
        assert covered(screen.answer) == ("goal", "steps")
        await wait_until(pilot, lambda: "fewer wrong" in shown(app))
        await pilot.press("down", "down", "c")
        await wait_until(pilot, lambda: covered(screen.answer) == ("goal", "steps", "lesson"))
        assert "yours" in shown(app)
        assert covered(app.studio.equipment.store.get(screen.answer.id)) == ("goal", "steps", "lesson")
        assert "no-lesson" not in screen.answer.marks.made
        await pilot.press("u")
        await wait_until(pilot, lambda: covered(screen.answer) == ("goal", "steps"))
        await pilot.press("w")
        await wait_until(pilot, lambda: "missing" in shown(app))


@pytest.mark.parametrize("key", ["enter", "w"])
async def test_enter_on_a_mark_of_a_typed_answer_says_why_for_there_is_nothing_to_hear(
    own_home: Path, key: str
) -> None:
    studio, guide = fake_studio(own_home), small_guide()
    answer = studio.mark_typed(guide, guide.scenarios[0], ANSWER)
    app = RehearseApp(studio, to.Review(guide, answer))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: "fewer wrong" in shown(app))
        await wait_until(pilot, lambda: "⏎ why" in shown(app))
        assert "⏎ hear" not in shown(app)
        assert "w why" not in shown(app)
        await pilot.press(key)
        await wait_until(pilot, lambda: "sure that it came up" in shown(app))
        await pilot.press(key)
        await wait_until(pilot, lambda: "sure that it came up" not in shown(app))


async def test_draft_of_a_typed_answer_survives_leaving(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        await pilot.press(*"hello")
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "hello" in shown(app))


async def test_a_draft_shows_under_its_own_question_alone(own_home: Path) -> None:
    studio, guide = fake_studio(own_home), small_guide()
    here = studio.plan(guide, guide.scenarios[0])
    there = replace(here, scenario=replace(here.scenario, id="other"), question="And how was yesterday?")
    await visited(studio, guide, here, "hello")
    assert await visited(studio, guide, there) == ""
    assert await visited(studio, guide, here) == "hello"


async def visited(studio: Studio, guide: Guide, plan: Plan, typed: str = "") -> str:
    """What stands there when one comes to type; then something is typed, and one leaves."""
    app = RehearseApp(studio, lambda: TypedScreen(guide, plan))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and plan.question[-8:] in shown(app))
        found = app.screen.query_one(TextArea).text
        await pilot.press(*typed)
    return found


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


async def test_keys_that_come_while_it_is_marked_are_no_part_of_the_answer(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = fake_studio(own_home)
    going_on = Event()
    marked = studio.mark_typed

    def slowly(guide: Guide, asked: Scenario | Plan, text: str, *, cancelled: Event | None = None) -> Answer:
        going_on.wait(10)
        if text == "fails":
            raise InputError("no such luck", next_step="Try again.")
        return marked(guide, asked, text, cancelled=cancelled)

    studio.mark_typed = slowly  # type: ignore[method-assign]  # as slow as a first fit
    monkeypatch.setattr(studio.equipment, "is_fitted", lambda _: False)
    async with at_home(studio) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        area = app.screen.query_one("#text", TextArea)
        area.text = "fails"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Marking … the first answer to a guide takes some seconds more" in shown(app))
        await pilot.press(*"wwc")
        assert area.text == "fails"
        await wait_until(pilot, lambda: "being read. (1 s)" in " ".join(shown(app).split()))
        going_on.set()
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        await pilot.press("end", "x")
        await wait_until(pilot, lambda: area.text == "failsx")


class HeldUp:
    """A studio's marking, held up until it is let go on."""

    def __init__(self, studio: Studio) -> None:
        self.going_on, self.over = Event(), Event()
        self.begun = 0
        self._marked = studio.mark_typed
        studio.mark_typed = self._mark  # type: ignore[method-assign]  # as slow as a first fit

    def _mark(self, guide: Guide, asked: Scenario | Plan, text: str, *, cancelled: Event | None = None) -> Answer:
        self.begun += 1
        self.going_on.wait(10)
        try:
            return self._marked(guide, asked, text, cancelled=cancelled)
        finally:
            self.over.set()

    async def of_an_answer(self, pilot: Pilot[Any]) -> None:
        """Type an answer and let it be marked, from the home screen."""
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TypedScreen))
        pilot.app.screen.query_one("#text", TextArea).text = ANSWER
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: self.begun == 1)


async def test_a_second_wish_to_mark_it_marks_nothing_twice(own_home: Path) -> None:
    studio = fake_studio(own_home)
    marking = HeldUp(studio)
    async with at_home(studio) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "mark it" in shown(app))
        app.screen.query_one("#text", TextArea).text = ANSWER
        await pilot.press("ctrl+s", "ctrl+s")
        await wait_until(pilot, lambda: "Marking …" in shown(app) and "mark it" not in shown(app))
        await pilot.press("ctrl+s")
        marking.going_on.set()
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
    assert marking.begun == 1
    assert studio.equipment.store.count() == 1


async def test_leaving_while_it_is_marked_keeps_the_draft_alone(own_home: Path) -> None:
    studio = fake_studio(own_home)
    marking = HeldUp(studio)
    async with at_home(studio) as (pilot, app):
        await marking.of_an_answer(pilot)
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        marking.going_on.set()
        await wait_until(pilot, marking.over.is_set)
        assert studio.equipment.store.count() == 0
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "fewer wrong" in shown(app))


async def test_leaving_once_it_is_stored_keeps_the_answer_alone(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = fake_studio(own_home)
    store, stored, going_on = studio.equipment.store, Event(), Event()
    complete = store.complete

    def slowly(answer: Answer, *, cancelled: Event | None = None) -> Answer:
        kept = complete(answer, cancelled=cancelled)
        stored.set()
        going_on.wait(10)
        return kept

    monkeypatch.setattr(store, "complete", slowly)
    async with at_home(studio) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        screen = app.screen
        screen.query_one("#text", TextArea).text = ANSWER
        await pilot.press("ctrl+s")
        await wait_until(pilot, stored.is_set)
        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen) and not screen.is_attached)
        going_on.set()
        await wait_until(pilot, lambda: not list((own_home / "drafts").iterdir()))
        await wait_until(pilot, lambda: ALREADY_MARKED in [one.message for one in app._notifications])
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        assert app.screen.query_one(TextArea).text == ""
        assert store.count() == 1


async def test_leaving_just_as_it_is_marked_leads_back_all_the_same(own_home: Path) -> None:
    studio, guide = fake_studio(own_home), small_guide()
    answer = studio.mark_typed(guide, guide.scenarios[0], ANSWER)
    async with at_home(studio) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen))
        screen = app.screen
        assert isinstance(screen, TypedScreen)
        screen.post_message(JobDone("mark", answer))
        screen.dismiss()
        await wait_until(pilot, lambda: not screen.is_attached)
        assert isinstance(app.screen, HomeScreen)
        assert [one.message for one in app._notifications] == [ALREADY_MARKED]


async def test_help_that_is_read_while_it_is_marked_makes_way(own_home: Path) -> None:
    studio = fake_studio(own_home)
    marking = HeldUp(studio)
    async with at_home(studio) as (pilot, app):
        await marking.of_an_answer(pilot)
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog))
        marking.going_on.set()
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        assert [type(screen) for screen in app.screen_stack[1:]] == [HomeScreen, AnswerScreen]


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


async def test_what_was_pasted_just_before_one_leaves_the_app_is_kept(own_home: Path) -> None:
    studio = fake_studio(own_home)
    parts = [f"Part {number} of it all. " for number in range(200)]
    async with at_home(studio) as (pilot, app):
        await pilot.press("t")
        await wait_until(
            pilot, lambda: isinstance(app.screen, TypedScreen) and app.screen.query_one(TextArea).has_focus
        )
        for part in parts:
            app.post_message(events.Paste(part))
        app.post_message(events.Key("ctrl+c", None))
        await wait_until(pilot, lambda: app.return_code == 130)
    (kept,) = (own_home / "drafts").iterdir()
    assert kept.read_text(encoding="utf-8").partition("\n")[2] == "".join(parts)


async def test_a_word_is_counted_as_one(own_home: Path) -> None:
    async with at_home(fake_studio(own_home)) as (pilot, app):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TypedScreen) and "no words" in shown(app))
        await pilot.press(*"once")
        await wait_until(pilot, lambda: "1 word " in shown(app))
        assert "about" not in shown(app).splitlines()[-2]
        await pilot.press(*" more")
        await wait_until(pilot, lambda: "2 words, about 1 s spoken" in shown(app))
