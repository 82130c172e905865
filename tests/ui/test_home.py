"""The first screen with many guides: folding, finding, and going on with what is proposed."""

from dataclasses import replace
from pathlib import Path

from textual.command import CommandList

from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.host import ONCE_TOO_OFTEN
from rehearse.ui.screens.home.guide_list import MARGIN, GuideList
from rehearse.ui.screens.home.listing import GuideRow, NextRow, ScenarioRow
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.settings.settings import SettingsScreen
from tests.fakes import ask_from, mark_by_keyword, small_guide
from tests.ui.driving import ANSWER, fake_studio, ready, shown, wait_until

GUIDE = small_guide()


def with_many(home: Path, count: int) -> Studio:
    """A studio with so many guides besides the small one."""
    studio = fake_studio(home)
    guides = [GUIDE, *(replace(GUIDE, id=f"g{n}", title=f"Guide {n}", field=f"field {n % 3}") for n in range(count))]
    ask_from(studio.equipment, *guides)
    mark_by_keyword(studio.equipment, *guides)
    return studio


async def test_thirty_guides_scroll_and_the_question_stays_in_sight(own_home: Path) -> None:
    app = RehearseApp(with_many(own_home, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "FIELD 0" in shown(app))
        await pilot.press("end")
        listing = app.screen.query_one(GuideList)
        await wait_until(pilot, lambda: isinstance(listing.row, GuideRow) and listing.row.guide.id == "g29")
        assert "Guide 29" in shown(app)
        assert "Whether you have shipped something." in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(listing.row, GuideRow) and listing.row.unfolded)
        await pilot.press("down")
        assert isinstance(listing.row, ScenarioRow)
        await pilot.press("left")
        await wait_until(pilot, lambda: isinstance(listing.row, GuideRow) and not listing.row.unfolded)


async def test_a_guide_is_found_by_words_and_started(own_home: Path) -> None:
    app = RehearseApp(with_many(own_home, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "FIELD 0" in shown(app))
        listing = app.screen.query_one(GuideList)
        await pilot.press("slash", *"guide 17")
        await wait_until(pilot, lambda: listing.option_count == 3)
        await pilot.press("enter")
        assert listing.has_focus
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
        assert isinstance(app.screen, RehearsalScreen)
        assert app.screen.guide.id == "g17"
        await pilot.press("q")
        await wait_until(pilot, lambda: "Guide 17" in shown(app))
        await pilot.press("slash", *"zebra")
        await wait_until(pilot, lambda: "No guide holds these words. escape shows all." in shown(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "FIELD 0" in shown(app))


async def test_the_search_says_its_keys(own_home: Path) -> None:
    app = RehearseApp(with_many(own_home, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "FIELD 0" in shown(app))
        listing = app.screen.query_one(GuideList)
        await pilot.press("slash", *"guide 17")
        await wait_until(pilot, lambda: "⏎/↓ to what was found" in shown(app).splitlines()[-1])
        assert "esc end search" in shown(app).splitlines()[-1]
        await wait_until(pilot, lambda: listing.option_count == 3)
        await pilot.press("down")
        assert listing.has_focus
        assert isinstance(listing.row, ScenarioRow)
        assert listing.choice is not None
        assert listing.choice.guide.id == "g17"
        await pilot.press("slash", "escape")
        await wait_until(pilot, lambda: "FIELD 0" in shown(app))
        assert listing.has_focus
        await wait_until(pilot, lambda: "⏎ start" in shown(app).splitlines()[-1])


async def test_enter_goes_on_with_what_is_proposed(own_home: Path) -> None:
    studio = with_many(own_home, 30)
    studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        listing = app.screen.query_one(GuideList)
        await wait_until(pilot, lambda: isinstance(listing.row, NextRow))
        assert "Next: Something small · Lesson didn't come up" in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen))


async def test_a_search_stops_at_the_scenario_that_holds_the_words(own_home: Path) -> None:
    studio = with_many(own_home, 30)
    two = replace(
        GUIDE,
        id="two",
        title="Two",
        scenarios=(GUIDE.scenarios[0], replace(GUIDE.scenarios[0], id="b", title="Zebras")),
    )
    ask_from(studio.equipment, GUIDE, two)
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Zebras" in shown(app))
        listing = app.screen.query_one(GuideList)
        await pilot.press("slash", *"zebra")
        await wait_until(pilot, lambda: isinstance(listing.row, ScenarioRow) and listing.row.id == "two/b")


async def test_the_cursor_stays_where_it_was_among_what_was_found(own_home: Path) -> None:
    app = RehearseApp(with_many(own_home, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "FIELD 0" in shown(app))
        listing = app.screen.query_one(GuideList)
        await pilot.press("slash", *"something", "enter")
        await wait_until(pilot, lambda: listing.has_focus and isinstance(listing.row, ScenarioRow))
        first = listing.choice
        await pilot.press("down", "down", "down", "down")
        chosen = listing.choice
        assert isinstance(listing.row, ScenarioRow)
        assert chosen != first
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        overview = listing._overview
        await pilot.press("q")
        await wait_until(pilot, lambda: listing._overview is not overview)
        assert isinstance(listing.row, ScenarioRow)
        assert listing.choice == chosen


async def test_rows_are_cut_anew_when_the_window_changes(own_home: Path) -> None:
    app = RehearseApp(with_many(own_home, 30))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "FIELD 0" in shown(app))
        await pilot.resize_terminal(80, 24)
        listing = app.screen.query_one(GuideList)
        await wait_until(
            pilot, lambda: max(len(str(listing.get_option_at_index(n).prompt)) for n in range(4)) <= 80 - MARGIN
        )


async def test_a_key_too_many_on_the_way_back_doesnt_leave_the_app(own_home: Path) -> None:
    studio = fake_studio(own_home)
    clock = 0.0
    studio.equipment.now = lambda: clock
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot, app)
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await pilot.press("q", "q")
        await wait_until(pilot, lambda: "q again leaves rehearse." in shown(app))
        assert app.return_code is None
        await pilot.press("q")
        await wait_until(pilot, lambda: app.return_code == 0)


async def test_one_who_came_back_a_while_ago_or_was_never_away_leaves_at_once(own_home: Path) -> None:
    studio = fake_studio(own_home)
    clock = 0.0
    studio.equipment.now = lambda: clock
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot, app)
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await pilot.press("q")
        await ready(pilot, app)
        clock = ONCE_TOO_OFTEN
        await pilot.press("q")
        await wait_until(pilot, lambda: app.return_code == 0)
    app = RehearseApp(fake_studio(own_home))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot, app)
        await pilot.press("q")
        await wait_until(pilot, lambda: app.return_code == 0)


def first_command(app: RehearseApp) -> str:
    commands = app.screen.query_one(CommandList).options
    return str(commands[0].prompt) if commands else ""


async def test_a_command_that_quits_is_no_key_too_many(own_home: Path) -> None:
    app = RehearseApp(fake_studio(own_home))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot, app)
        await pilot.press("ctrl+p", *"Quit")
        await wait_until(pilot, lambda: first_command(app).startswith("Quit"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: not app.is_running)
    assert app.return_code == 0
