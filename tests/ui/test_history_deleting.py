"""Deleting in the history: the picked answers, or the one under the cursor, and their way back."""

from threading import Event

import pytest

from rehearse.history.answers import AnswerStore
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.widgets.answer_list import AnswerList
from tests.fakes import small_guide
from tests.ui.driving import shown, wait_until
from tests.ui.test_history import history, keep


def told(app: RehearseApp, text: str) -> bool:
    """A notice says this."""
    return any(text in note.message for note in app._notifications)


async def test_the_picked_answers_are_deleted_and_come_back_together(studio: Studio) -> None:
    keep(studio, 3)
    store = studio.equipment.store
    async with history(studio, "3 answers") as (pilot, app):
        answers = app.screen.query_one(AnswerList)
        await pilot.press("space", "space")
        spared = answers.current
        await pilot.press("d")
        await wait_until(pilot, lambda: told(app, "2 answers are in the trash. U brings them back."))
        assert [row.id for row in store.summaries()] == [spared.id if spared else ""]
        assert answers.picked == []
        await pilot.press("U")
        await wait_until(pilot, lambda: store.count() == 3 and told(app, "2 answers are back."))
        await pilot.press("U")
        await wait_until(pilot, lambda: told(app, "Nothing was deleted"))


async def test_with_none_picked_the_one_under_the_cursor_goes_and_is_named(studio: Studio) -> None:
    keep(studio, 2)
    async with history(studio, "2 answers") as (pilot, app):
        await pilot.press("d")
        title = small_guide().scenarios[0].title
        await wait_until(pilot, lambda: told(app, f"“{title}” is in the trash. U brings it back."))
        assert studio.equipment.store.count() == 1


async def test_what_was_picked_and_is_not_in_the_list_now_stays(studio: Studio) -> None:
    keep(studio, 1, scenario_id="another")
    keep(studio, 1)
    store = studio.equipment.store
    async with history(studio, "2 answers") as (pilot, app):
        answers = app.screen.query_one(AnswerList)
        both = {answers.summary(0).id, answers.summary(1).id}
        await pilot.press("f")
        await wait_until(pilot, lambda: len(answers.rows) == 1)
        answers.picked = [*(both - {answers.summary(0).id})]
        await pilot.press("d")
        await wait_until(pilot, lambda: store.count() == 1)
        assert [row.id for row in store.summaries()] == answers.picked


async def test_one_that_is_gone_for_good_does_not_hold_up_the_other(studio: Studio) -> None:
    keep(studio, 2)
    store = studio.equipment.store
    async with history(studio, "2 answers") as (pilot, app):
        first = app.screen.query_one(AnswerList).summary(0).id
        await pilot.press("space", "space", "d")
        await wait_until(pilot, lambda: store.count() == 0 and told(app, "2 answers are in the trash"))
        store.purge([first])
        await pilot.press("U")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "No answers yet" in shown(app))
        await pilot.press("U")
        await wait_until(pilot, lambda: store.count() == 1)


async def test_who_leaves_while_they_are_deleted_leaves(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(studio, 3)
    began, may_end, discard = Event(), Event(), AnswerStore.discard

    def held_up(store: AnswerStore, answer_id: str) -> None:
        if store.count() == 2:
            began.set()
            may_end.wait(20)
        discard(store, answer_id)

    monkeypatch.setattr(AnswerStore, "discard", held_up)
    async with history(studio, "3 answers") as (pilot, app):
        first = app.screen
        app.visit(to.History())
        await wait_until(pilot, lambda: app.screen is not first and "3 answers" in shown(app))
        await pilot.press("space", "space", "d")
        await wait_until(pilot, began.is_set)
        await pilot.press("q")
        await wait_until(pilot, lambda: app.screen is first)
        may_end.set()
        await wait_until(pilot, lambda: studio.equipment.store.count() == 1)
        await pilot.pause()
        assert app.is_running


async def test_what_is_not_in_the_list_is_neither_exported_nor_compared(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(studio, 1, scenario_id="another")
    keep(studio, 1)
    visited: list[object] = []
    async with history(studio, "2 answers") as (pilot, app):
        answers = app.screen.query_one(AnswerList)
        both = {answers.summary(0).id, answers.summary(1).id}
        await pilot.press("f")
        await wait_until(pilot, lambda: len(answers.rows) == 1)
        seen = answers.summary(0).id
        answers.picked = list(both - {seen})
        monkeypatch.setattr(app, "visit", visited.append)
        await pilot.press("x", "v")
        await wait_until(pilot, lambda: told(app, "Pick two answers with space first."))
    assert visited == [to.Export((seen,))]
