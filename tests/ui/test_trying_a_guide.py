"""A guide that is tried: first on the home screen, shown anew when it is saved, kept where a save broke it."""

import os
from pathlib import Path

import pytest

from rehearse.guides.library import GuideLibrary
from rehearse.guides.template import template_text
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.home.guide_list import GuideList
from rehearse.ui.screens.home.listing import ScenarioRow
from rehearse.ui.screens.room import SAVES_SECONDS
from rehearse.ui.screens.study.guide import StudyScreen
from tests.fakes import mark_by_keyword
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until

TEXT = template_text("tried", "My tried guide")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "tried.yaml"
    found.write_text(TEXT, encoding="utf-8")
    os.utime(found, (1, 1))
    return found


@pytest.fixture
def studio(own_home: Path, path: Path) -> Studio:
    """With the guide that is tried, and another."""
    studio = fake_studio(own_home)
    shipped = path.parent / "shipped"
    shipped.mkdir()
    (shipped / "model-deployment.yaml").write_text(template_text("model-deployment", "Shipped"), encoding="utf-8")
    library = GuideLibrary(own_home / "guides", shipped=shipped, tried=path)
    studio.equipment._library = library
    mark_by_keyword(studio.equipment, *map(library.load, library.ids()))
    return studio


def page(app: RehearseApp) -> str:
    assert isinstance(app.screen, StudyScreen)
    return app.screen.chapter.id


def test_two_seconds_are_enough_for_a_save_to_be_noticed() -> None:
    assert SAVES_SECONDS <= 1


async def test_it_is_first_and_marked_and_its_scenario_is_ready_to_be_started(studio: Studio) -> None:
    other = studio.equipment.library.load("model-deployment")
    studio.mark_typed(other, other.scenarios[0], ANSWER)
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "My tried guide (yours)" in shown(app))
        text = shown(app)
        assert text.index("My tried guide (yours)") < text.index("Shipped")
        assert "Next: " not in text
        row = app.screen.query_one(GuideList).row
        assert isinstance(row, ScenarioRow)
        assert row.choice.guide.id == "tried"


async def test_a_save_is_shown_and_a_broken_one_says_so(studio: Studio, path: Path) -> None:
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "My tried guide (yours)" in shown(app))
        asked = "Tell me about a time you changed something at work that mattered."
        edited = TEXT.replace("My tried guide", "Renamed").replace(asked, "What did you change?")
        path.write_text(edited, encoding="utf-8")
        await wait_until(pilot, lambda: "Renamed (yours)" in shown(app) and "What did you change?" in shown(app))
        path.write_text(TEXT.replace("level: 1", "level: high"), encoding="utf-8")
        await wait_until(pilot, lambda: "scenarios.0.level: 'high' isn't one of 1, 2 or 3" in shown(app))
        assert "Renamed (yours)" in shown(app)
        path.write_text(TEXT, encoding="utf-8")
        await wait_until(pilot, lambda: "My tried guide (yours)" in shown(app) and "high" not in shown(app))


async def test_the_study_screen_shows_the_new_text_when_one_comes_back(studio: Studio, path: Path) -> None:
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "My tried guide (yours)" in shown(app))
        await pilot.press("g")
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen))
        await pilot.press("right", "right")
        await wait_until(pilot, lambda: "Where it was, and what was wrong." in shown(app))
        await pilot.press("question_mark")
        path.write_text(TEXT.replace("Where it was, and what was wrong.", "Told anew."), encoding="utf-8")
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Told anew." in shown(app))
        assert page(app) == "section:situation"
        path.write_text(TEXT.replace("situation", "beginning"), encoding="utf-8")
        await pilot.press("question_mark")
        await pilot.press("escape")
        await wait_until(pilot, lambda: page(app) == "question")


async def test_the_study_screen_follows_what_is_saved_and_says_what_a_save_has_broken(
    studio: Studio, path: Path
) -> None:
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "My tried guide (yours)" in shown(app))
        await pilot.press("g")
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen))
        await pilot.press("right", "right")
        path.write_text(TEXT.replace("Where it was, and what was wrong.", "Told while it is read."), encoding="utf-8")
        await wait_until(pilot, lambda: "Told while it is read." in shown(app))
        path.write_text(f"{TEXT}\n  broken: [", encoding="utf-8")
        await wait_until(pilot, lambda: any(path.name in said.message for said in app._notifications))
        assert "Told while it is read." in shown(app), "what could be read stays"
