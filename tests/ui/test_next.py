"""What comes next: the first screen, the review and the command name the same drill, and start it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.domain.answer import Source
from rehearse.services.next_drill import NextDrill
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.home.guide_list import GuideList
from rehearse.ui.screens.home.listing import NextRow
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from tests.fakes import ask_from, mark_by_keyword, small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until

GUIDE = small_guide()
OTHER = replace(GUIDE, id="other", title="Another", scenarios=(replace(GUIDE.scenarios[0], title="Another thing"),))
WHOLE = ANSWER + " The lesson was that I learned to ask first, and it bit us twice."


def practised(home: Path) -> Studio:
    """A studio in which another guide than the one answered last needs practice."""
    studio = fake_studio(home)
    ask_from(studio.equipment, GUIDE, OTHER)
    mark_by_keyword(studio.equipment, OTHER)
    for guide, text in ((OTHER, ANSWER), (OTHER, ANSWER), (GUIDE, WHOLE)):
        studio.mark_typed(guide, guide.scenarios[0], text)
    return studio


def chosen(studio: Studio) -> NextDrill:
    drill = studio.next_drill(datetime.now(UTC))
    assert drill is not None
    return drill


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_home_and_review_say_the_same_line_and_start_the_same_drill(
    own_home: Path, size: tuple[int, int]
) -> None:
    studio = practised(own_home)
    line = chosen(studio).line()
    assert line == "Next: Another thing · Lesson in none of 2 answers"
    answer = studio.equipment.store.get(studio.equipment.store.summaries()[0].id)
    answer = replace(answer, source=Source.MICROPHONE)
    assert answer.guide_id == "small"
    app = RehearseApp(studio)
    async with app.run_test(size=size) as pilot:
        listing = app.screen.query_one(GuideList)
        await wait_until(pilot, lambda: isinstance(listing.row, NextRow))
        assert line in shown(app)
        app.visit(to.Review(GUIDE, answer))
        await wait_until(pilot, lambda: f"{line}  (N)" in shown(app))
        assert "Advice: Everything in" not in shown(app)
        assert "Advice: All there: there is nothing to mend in this answer." in shown(app)
        await pilot.press("N")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
        assert isinstance(app.screen, RehearsalScreen)
        assert app.screen.guide.id == "other"
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and app.screen.answer.id == answer.id)
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(listing.row, NextRow) and app.screen is listing.screen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
        assert app.screen.guide.id == "other"


async def test_in_a_wide_window_the_review_names_what_comes_next_whole(own_home: Path) -> None:
    title = "A scenario whose title is as long as one can be in this guide, and longer"
    guide = replace(GUIDE, scenarios=(replace(GUIDE.scenarios[0], title=title),))
    studio = fake_studio(own_home)
    ask_from(studio.equipment, guide)
    answer = studio.mark_typed(guide, guide.scenarios[0], ANSWER)
    app = RehearseApp(studio, to.Review(guide, answer))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "(N)" in shown(app))
        assert f"Next: {title} · " in shown(app)


async def test_a_correction_changes_what_comes_next_at_once(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Next: Something small · Lesson didn't come up  (N)" in shown(app))
        await pilot.press("down", "down", "c")
        await wait_until(pilot, lambda: "Next: Something small · last tried" in shown(app))
        assert isinstance(app.screen, AnswerScreen)


async def test_where_nothing_was_practised_no_drill_is_named_and_no_key_offered(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    studio.equipment.store.discard(answer.id)
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Advice: Lesson" in shown(app))
        await pilot.press("N")
        await pilot.pause()
        assert "(N)" not in shown(app)
        assert isinstance(app.screen, AnswerScreen)
