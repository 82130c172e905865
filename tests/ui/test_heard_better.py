"""An answer that is heard better while its review is open: what pointed at words stays with them, or with none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.domain.answer import Answer
from rehearse.domain.delivery import Delivery
from rehearse.domain.transcript import Transcript
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.widgets.transcript_view import TranscriptView
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until
from tests.unit.history.support import spoken

GUIDE = small_guide()
PACE = Delivery(150, (), 2, (), 0, 0, (), (), ())
AT_FIRST = spoken("um um We ran it. I learned to ask. All of it was good")
BETTER = spoken("We ran it. I learned to ask. All", start=0.8)


def typed(studio: Studio) -> Answer:
    return studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)


def heard_at_first(studio: Studio) -> Answer:
    answer = replace(typed(studio), transcript=AT_FIRST, delivery=PACE)
    studio.equipment.store.save(answer)
    return answer


def hear_better(studio: Studio, answer: Answer) -> Answer:
    better = replace(answer, transcript=BETTER)
    studio.equipment.store.save(better)
    studio.rehearsals._refined[answer.id] = better
    return better


async def test_words_that_were_heard_better_take_their_place(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = typed(studio)
    better = replace(answer, transcript=Transcript.typed(ANSWER.replace("fewer", "FEWEST")))
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "fewer wrong" in shown(app))
        studio.equipment.store.save(better)
        studio.rehearsals._refined[answer.id] = better
        await wait_until(pilot, lambda: "FEWEST" in shown(app))
        await pilot.press("down", "down", "c")
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        await wait_until(pilot, lambda: bool(screen.answer.corrections))
        studio.rehearsals._refined[answer.id] = answer
        await wait_until(pilot, lambda: not studio.rehearsals._refined)
        assert screen.answer.transcript == better.transcript, "not over the user's own word"


async def test_a_word_excused_just_as_it_is_heard_better_is_excused_among_the_better_words(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = replace(typed(studio), transcript=spoken("We um ran it"), delivery=PACE)
    better = replace(answer, transcript=spoken("We um kept it"))
    studio.equipment.store.save(answer)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "We um ran it" in shown(app))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        view = screen.query_one(TranscriptView)
        view.focus()
        view.cursor = 1
        studio.equipment.store.save(better)  # it is kept, and the screen doesn't know it yet
        await pilot.press("i")
        await wait_until(pilot, lambda: screen.answer.excused == (1,))
        assert screen.answer.transcript == better.transcript == view.transcript
        await wait_until(pilot, lambda: "We um kept it" in shown(app))
        assert studio.equipment.store.get(answer.id) == screen.answer


@pytest.mark.parametrize(("word", "stands_on"), [(3, 1), (9, 7), (1, None), (13, None)])
async def test_the_cursor_stays_on_its_word_or_on_none(own_home: Path, word: int, stands_on: int | None) -> None:
    studio = fake_studio(own_home)
    answer = heard_at_first(studio)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer, at_word=word))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "um um We ran it" in shown(app))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        view = screen.query_one(TranscriptView)
        view.heard_word = word
        assert view.cursor == word
        hear_better(studio, answer)
        await wait_until(pilot, lambda: view.transcript == BETTER)
        assert (view.cursor, view.heard_word) == (stands_on, stands_on)
        if stands_on is None:
            await pilot.press("i", "down")
            assert view.cursor is not None, "from where there is none it starts anew"
            assert studio.equipment.store.get(answer.id).excused == ()


async def test_a_cursor_behind_the_last_word_stands_nowhere(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = heard_at_first(studio)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer, at_word=len(AT_FIRST.words)))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "um um We ran it" in shown(app))
        view = app.screen.query_one(TranscriptView)
        await wait_until(pilot, lambda: view.has_focus)
        assert view.cursor is None
        await pilot.press("i", "left", "right")
        assert view.cursor == 1
        assert studio.equipment.store.get(answer.id).excused == ()


async def test_a_word_asked_for_just_as_it_is_heard_better_is_heard_where_it_was(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = fake_studio(own_home)
    answer = heard_at_first(studio)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer, at_word=13))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "um um We ran it" in shown(app))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        played: list[float | None] = []
        monkeypatch.setattr(screen._replay, "play", played.append)
        screen.query_one(TranscriptView).action_play()
        screen.answer = hear_better(studio, answer)  # before the screen comes to what it was asked for
        await wait_until(pilot, lambda: bool(played))
        assert played == [pytest.approx(AT_FIRST.words[13].start - 0.1)]


async def at_the_lesson(pilot: Pilot[Any], word: int) -> AnswerScreen:
    """On the row of a section that didn't come up, and then pointing at a word."""
    await wait_until(pilot, lambda: "um um We ran it" in shown(pilot.app))
    screen = pilot.app.screen
    assert isinstance(screen, AnswerScreen)
    await pilot.press("down", "down")
    view = screen.query_one(TranscriptView)
    view.focus()
    await wait_until(pilot, lambda: view.has_focus)
    view.cursor = word
    return screen


async def test_a_correction_just_as_it_is_heard_better_quotes_the_same_words(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = heard_at_first(studio)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_lesson(pilot, 6)
        studio.equipment.store.save(replace(answer, transcript=BETTER))  # it is kept, and the screen doesn't know it
        await pilot.press("c")
        await wait_until(pilot, lambda: bool(screen.answer.corrections))
        assert screen.answer.corrections[-1].quote == BETTER.quote(3, 7)
        assert studio.equipment.store.get(answer.id) == screen.answer


@pytest.mark.parametrize(("word", "quoted"), [(3, (0, 3)), (13, None)])
async def test_a_correction_that_waits_quotes_what_was_pointed_at(
    own_home: Path, word: int, quoted: tuple[int, int] | None
) -> None:
    studio = fake_studio(own_home)
    answer = heard_at_first(studio)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_lesson(pilot, word)
        async with screen.keeping():  # something else is being kept
            await pilot.press("c")
            hear_better(studio, answer)
            await wait_until(pilot, lambda: screen.answer.transcript == BETTER)
        await wait_until(pilot, lambda: bool(screen.answer.corrections))
        assert screen.answer.corrections[-1].quote == (BETTER.quote(*quoted) if quoted else None)
