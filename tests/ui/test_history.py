"""The history screen: what comes back after deleting, picking, many hits, narrowing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.coverage import SectionState
from rehearse.domain.delivery import Delivery, Pause, Stretch
from rehearse.domain.guide import SampleSentence
from rehearse.domain.transcript import Transcript
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen, when
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.widgets.answer_list import AnswerList
from tests.answers import begun_answer
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, shown, wait_until
from tests.unit.history.support import NOW, marks, spoken


def keep(
    studio: Studio, count: int, *, guide_id: str = "", scenario_id: str = "", source: Source = Source.MICROPHONE
) -> None:
    """So many answers, without marking each."""
    guide = small_guide()
    for _ in range(count):
        begun = begun_answer(studio.equipment.store,
            guide_id=guide_id or guide.id, scenario_id=scenario_id or guide.scenarios[0].id, question="?",
            source=source, mode=Mode.COACHED, settings={}, now=NOW,
        )  # fmt: skip
        studio.equipment.store.complete(
            replace(begun, transcript=spoken("We packed it in a box."), coverage=marks("goal"))
        )


@asynccontextmanager
async def history(
    studio: Studio, text: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[Any], RehearseApp]]:
    """The history, once `text` can be read on it."""
    app = RehearseApp(studio)
    async with app.run_test(size=size) as pilot:
        app.push_screen(HistoryScreen())
        await wait_until(pilot, lambda: isinstance(app.screen, HistoryScreen) and text in shown(app))
        yield pilot, app


@pytest.fixture
def answer(studio: Studio) -> Answer:
    """The one answer that is kept."""
    keep(studio, 1)
    (row,) = studio.equipment.store.summaries()
    return studio.equipment.store.get(row.id)


async def test_a_passage_wider_than_the_window_is_cut_with_a_sign_and_shows_its_hit(studio: Studio) -> None:
    guide = small_guide()
    studio.mark_typed(guide, guide.scenarios[0], "In the mornings " + "everybody " * 12 + "remembered quartz.")
    async with history(studio, "1 answer") as (pilot, app):
        for typed, passage in (("quartz", "everybody remembered quartz."), ("mornings", "In the mornings everybody")):
            await pilot.press("slash", "home", "ctrl+k", *typed)
            await wait_until(pilot, lambda passage=passage: passage in shown(app))  # type: ignore[misc]  # no type for a default
        (line,) = (one.rstrip() for one in shown(app).splitlines() if "In the mornings" in one)
        assert line.endswith("everybody…")


async def test_an_answer_deleted_where_it_is_read_comes_back_too(studio: Studio) -> None:
    guide = small_guide()
    studio.mark_typed(guide, guide.scenarios[0], ANSWER)
    async with history(studio, "1 answer") as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)
        screen.action_delete()
        await wait_until(pilot, lambda: isinstance(app.screen, HistoryScreen) and "No answers yet" in shown(app))
        await pilot.press("U")
        await wait_until(pilot, lambda: studio.equipment.store.count() == 1 and "1 answer" in shown(app))
        await pilot.press("U")
        await wait_until(pilot, lambda: any("Nothing was deleted" in one.message for one in app._notifications))


@pytest.mark.parametrize("source", [Source.DEMO, Source.FILE])
async def test_whose_voice_it_was_is_said_however_long_the_title(studio: Studio, source: Source) -> None:
    keep(studio, 1, scenario_id="first-deployment-with-batch-prediction", source=source)
    keep(studio, 1, guide_id="another", scenario_id="and-a-title-of-an-own", source=source)
    async with history(studio, "2 answers") as (_, app):
        rows = [line for line in shown(app).splitlines() if "…" in line]
        assert len(rows) == 2
        assert all(f"… ({source.value}) " in row for row in rows)


async def test_a_third_pick_replaces_the_first(studio: Studio) -> None:
    keep(studio, 4)
    async with history(studio, "4 answers") as (pilot, app):
        await pilot.press("space", "space", "space")
        answers = app.screen.query_one(AnswerList)
        assert answers.picked == [answers.summary(1).id, answers.summary(2).id]
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, CompareScreen))


async def test_more_hits_than_fit_a_first_look_are_said_and_reached(studio: Studio) -> None:
    keep(studio, 60)
    async with history(studio, "60 answers") as (pilot, app):
        await pilot.press("slash", *"box")
        await wait_until(pilot, lambda: "50 of 60 answers" in shown(app))
        await pilot.press("enter", "end")
        await wait_until(pilot, lambda: len(app.screen.query_one(AnswerList).rows) == 60)
        assert app.screen.query_one(AnswerList).cursor == 49
        assert "50 of 60" not in shown(app)


async def test_only_scenarios_with_answers_are_offered_by_their_titles(studio: Studio) -> None:
    guide = small_guide()
    keep(studio, 1)
    keep(studio, 1, guide_id="gone", scenario_id="gone-too")
    async with history(studio, "2 answers") as (pilot, app):
        await pilot.press("f")
        await wait_until(pilot, lambda: f"1 answer · newest first · {guide.scenarios[0].title}" in shown(app))
        await pilot.press("f")
        await wait_until(pilot, lambda: "1 answer · newest first · gone-too" in shown(app))
        await pilot.press("f")
        await wait_until(pilot, lambda: "2 answers · newest first " in shown(app))


async def test_the_guide_has_a_column_where_there_is_room(studio: Studio) -> None:
    keep(studio, 1)
    async with history(studio, "1 answer", size=(120, 24)) as (pilot, app):
        await wait_until(pilot, lambda: small_guide().title in shown(app) and " guide " in shown(app))


async def test_in_a_narrow_window_rows_name_their_guide_where_several_were_practised(studio: Studio) -> None:
    keep(studio, 1)
    async with history(studio, "1 answer") as (_, app):
        assert " guide " not in columns(app)
        keep(studio, 1, guide_id="another-guide-of-mine")
        assert isinstance(app.screen, HistoryScreen)
        app.screen.look()
        await wait_until(Pilot(app), lambda: " guide " in columns(app))
        lines = shown(app).splitlines()
        rows = [line for line in lines if "1/1" in line]
        assert sum("A small" in row for row in rows) == 1
        assert sum("another" in row for row in rows) == 1
        assert all(len(line) <= 80 for line in lines)


def columns(app: RehearseApp) -> str:
    """What stands over the list."""
    return next(line for line in shown(app).splitlines() if "covered" in line)


async def test_an_answer_of_a_few_words_is_shown_as_not_judged(studio: Studio, answer: Answer) -> None:
    assert answer.coverage is not None
    studio.equipment.store.save(replace(answer, coverage=replace(answer.coverage, judged=False)))
    async with history(studio, "1 answer") as (_, app):
        assert "not judged" in shown(app)
        assert "0/" not in shown(app)


async def test_an_answer_in_another_language_says_so_instead_of_being_called_short(
    studio: Studio, answer: Answer
) -> None:
    assert answer.coverage is not None
    said = Transcript.typed("Wir haben das Modell in einen Container gepackt, und es läuft jede Nacht. " * 2)
    unjudged = replace(answer.coverage, judged=False)
    german = replace(answer, transcript=said, source=Source.TYPED, coverage=replace(unjudged, final=True))
    app = RehearseApp(studio)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(AnswerScreen(small_guide(), german))
        await wait_until(pilot, lambda: "It doesn't read like English." in shown(app))
        assert "Too little was said" not in shown(app)


async def test_two_attempts_of_one_day_are_told_apart_by_the_time(studio: Studio, answer: Answer) -> None:
    earlier = replace(answer, id="earlier", created_at=answer.created_at - timedelta(minutes=7))
    assert when(answer, earlier, NOW).partition(", ")[2] == f"{NOW.astimezone():%H:%M}"
    assert when(answer, replace(earlier, created_at=NOW - timedelta(days=3)), NOW) == "just now"
    pauses = Delivery(148, (), 0, (Pause(2, 5),), 0, 9, (), (Stretch("goal", 0, 9),), ())
    app = RehearseApp(studio, lambda: CompareScreen(small_guide(), replace(answer, delivery=pauses), earlier))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Pauses over 2 s" in shown(app))
        assert " 0 % of the time" not in shown(app)
        assert "briefly" not in shown(app)


async def test_a_section_gained_fits_on_its_line_at_80_columns(studio: Studio, answer: Answer) -> None:
    spent = Delivery(148, (), 0, (), 0, 9, (), (Stretch("goal", 0, 9), Stretch("steps", 9, 100)), ())
    later = replace(answer, coverage=marks("goal steps"), delivery=spent)
    earlier = replace(later, id="earlier", coverage=marks("goal", "steps"), created_at=NOW - timedelta(days=1))
    app = RehearseApp(studio, lambda: CompareScreen(small_guide(), later, earlier))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: any("Steps" in line and "▲ gained" in line for line in shown(app).splitlines()))


async def test_beside_another_attempt_there_is_nothing_to_scroll_to(studio: Studio, answer: Answer) -> None:
    """Where the sample answer isn't shown, it has no room kept for it."""
    earlier = replace(answer, id="earlier", created_at=NOW - timedelta(days=1))
    app = RehearseApp(studio, lambda: CompareScreen(small_guide(), answer, earlier))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Pauses over 2 s" in shown(app))
        await pilot.pause()
        assert not app.screen.query_one("#sample").region


async def test_lines_of_the_sample_begin_under_their_text(studio: Studio, answer: Answer) -> None:
    guide = small_guide()
    said = SampleSentence("The goal was fewer wrong orders in the kitchen, which cost us money day after day.", "goal")
    scenario = replace(guide.scenarios[0], sample=(said, *guide.scenarios[0].sample[1:]))
    app = RehearseApp(studio, lambda: CompareScreen(replace(guide, scenarios=(scenario,)), answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "The steps were simple" in shown(app))
        first = next(line for line in shown(app).splitlines() if "The goal was" in line)
        further = next(line for line in shown(app).splitlines() if "after day." in line)
        assert first.index("The goal") == len(further) - len(further.lstrip())


async def test_beside_the_sample_what_was_only_named_is_called_touched(studio: Studio, answer: Answer) -> None:
    coverage = marks("goal lesson", "steps")
    thin = replace(coverage.section("steps"), state=SectionState.THIN)
    sections = tuple(thin if one.section_id == "steps" else one for one in coverage.sections)
    first = replace(answer, coverage=replace(coverage, sections=sections))
    app = RehearseApp(studio, lambda: CompareScreen(small_guide(), first))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "The sample answer, by section" in shown(app))
        assert any("Steps" in line and line.rstrip().endswith("▼ touched") for line in shown(app).splitlines())


async def test_beside_the_sample_nothing_is_lost_that_was_never_had(studio: Studio, answer: Answer) -> None:
    first = replace(answer, coverage=marks("goal lesson", "steps", made="vague"))
    app = RehearseApp(studio, lambda: CompareScreen(small_guide(), first))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "The sample answer, by section" in shown(app))
        text = shown(app)
        assert [word for word in ("lost", "gained", "gone", "new") if word in text] == []
        assert any("Steps" in line and line.rstrip().endswith("▼ missing") for line in text.splitlines())
        assert any("Lesson" in line and line.rstrip().endswith("▲ yours") for line in text.splitlines())
        assert any("Mistakes made" in line and "Vague" in line for line in text.splitlines())


async def test_an_answer_whose_question_was_taken_out_of_its_guide_is_said_not_opened(studio: Studio) -> None:
    keep(studio, 1, scenario_id="taken-out")
    async with history(studio, "taken-out") as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: any("has no scenario" in note.message for note in app._notifications))
        assert isinstance(app.screen, HistoryScreen)


async def test_a_deleted_answer_that_is_gone_for_good_is_said(studio: Studio) -> None:
    keep(studio, 1)
    async with history(studio, "1 answer") as (pilot, app):
        await pilot.press("d")
        await wait_until(pilot, lambda: studio.equipment.store.count() == 0)
        studio.equipment.store.purge()
        await pilot.press("U")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
