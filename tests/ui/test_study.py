"""The study screen: turning pages, searching, hearing, and the ways to it and from it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.widgets import OptionList

from rehearse.domain.sound import Samples
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.drills.section import SectionDrillScreen
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.quiz.quiz import QuizScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.study.guide import StudyScreen
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.transcript_view import TranscriptView
from tests.fakes import ask_from, small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until

GUIDE = small_guide()


class Hum:
    """A voice that hums; half a second a sentence."""

    def synthesise(self, _: str, **__: Any) -> Samples:
        return np.full(8000, 0.01, np.float32)

    def rest(self) -> None:
        """There is nothing to let go."""


def study(studio: Studio, chapter: str = "question") -> RehearseApp:
    return RehearseApp(studio, to.Study(GUIDE, chapter))


def page(app: RehearseApp) -> str:
    assert isinstance(app.screen, StudyScreen)
    return app.screen.chapter.id


async def test_a_chapter_has_one_line_in_the_contents(own_home: Path) -> None:
    section = replace(GUIDE.section("goal"), title="Goal of the whole thing and what it was for")
    guide = replace(GUIDE, sections=(section, *GUIDE.sections[1:]))
    studio = fake_studio(own_home)
    ask_from(studio.equipment, guide)
    app = RehearseApp(studio, to.Study(guide))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Has this person shipped anything?" in shown(app))
        contents = app.screen.query_one("#contents", OptionList)
        assert contents.virtual_size.height == contents.option_count
        assert any("Goal of the whole" in line and "…" in line for line in shown(app).splitlines())
        await pilot.press("right", "right")
        await wait_until(pilot, lambda: section.title in " ".join(shown(app).split()))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_pages_are_turned_by_arrow_and_by_the_list(own_home: Path, size: tuple[int, int]) -> None:
    app = study(fake_studio(own_home))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "Has this person shipped anything?" in shown(app))
        await pilot.press("right", "right")
        await wait_until(pilot, lambda: "You haven't answered this question yet." in shown(app))
        assert page(app) == "section:goal"
        await pilot.press("left")
        assert page(app) == "framework"
        await pilot.press("down", "down")
        assert page(app) == "section:steps"
        await pilot.press("end", "right")
        assert page(app) == "mistake:vague", "a book doesn't begin anew behind its end"


async def test_a_long_chapter_is_scrolled_by_keys_while_the_contents_have_the_focus(own_home: Path) -> None:
    app = study(fake_studio(own_home), "section:goal")
    async with app.run_test(size=(80, 20)) as pilot:
        await wait_until(pilot, lambda: "You haven't answered this question yet." in shown(app))
        prose = app.screen.query_one("#prose")
        await pilot.press("pagedown", "pagedown")
        await wait_until(pilot, lambda: prose.scroll_offset.y > 0)
        assert page(app) == "section:goal", "the contents don't jump"
        await pilot.press("pageup", "pageup")
        await wait_until(pilot, lambda: prose.scroll_offset.y == 0)


async def test_a_narrow_window_shows_the_contents_on_a_key(own_home: Path) -> None:
    app = study(fake_studio(own_home))
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: "What they really ask" in shown(app))
        contents = app.screen.query_one("#contents", OptionList)
        assert not contents.region
        await pilot.press("c", "down")
        await wait_until(pilot, lambda: bool(contents.region))
        await pilot.press("enter")
        await wait_until(pilot, lambda: not contents.region)
        assert page(app) == "framework"


async def test_a_search_lists_what_holds_it_and_escape_ends_it(own_home: Path) -> None:
    app = study(fake_studio(own_home))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen))
        await pilot.press("slash", *"fewer")
        contents = app.screen.query_one("#contents", OptionList)

        def listed() -> list[str]:
            return [option.id for option in contents.options if option.id]

        await wait_until(pilot, lambda: listed() == ["section:goal", "scenario:first"])
        await pilot.press("enter", "right")
        assert page(app) == "scenario:first"
        await pilot.press("slash", *" zebra")
        await wait_until(pilot, lambda: "Nothing of that here." in shown(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(listed()) == 8)
        assert page(app) == "scenario:first", "one stays where one reads"
        await pilot.press("slash", *"lesson")
        await wait_until(pilot, lambda: page(app) != "scenario:first")
        await pilot.press("escape")
        await wait_until(pilot, lambda: page(app) == "scenario:first")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_a_sample_answer_is_heard_with_its_words_lit(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = fake_studio(own_home)
    monkeypatch.setattr(studio.equipment, "voice", Hum)
    app = study(studio, "scenario:first")
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "The goal was fewer wrong orders." in shown(app))
        view = app.screen.query_one(TranscriptView)
        assert [one.letter for one in view.highlights] == ["G", "S"]
        await pilot.press("v")
        await wait_until(pilot, lambda: view.heard_word is not None and view.heard_word > 2)
        await pilot.press("v")
        await wait_until(pilot, lambda: not app.screen.query_one(PlayerBar).playing)
        await pilot.press("right")
        assert not app.screen.query_one(PlayerBar).display, "it belongs to the other page"


async def test_a_page_leads_to_a_drill_and_to_its_cards(own_home: Path) -> None:
    app = study(fake_studio(own_home), "section:steps")
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: page(app) == "section:steps")
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, SectionDrillScreen))
        await wait_until(pilot, lambda: "And the steps?" in shown(app))
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen))
        await pilot.press("k")
        await wait_until(pilot, lambda: isinstance(app.screen, QuizScreen) and app.screen.session is not None)
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.session is not None
        assert app.screen.session.section_title == "Steps"


@pytest.mark.parametrize("chapter", ["scenario:first", "mistake:vague"])
async def test_a_page_without_cards_of_its_own_offers_none(own_home: Path, chapter: str) -> None:
    app = study(fake_studio(own_home), chapter)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: page(app) == chapter and "d drill" in shown(app))
        assert "k quiz" not in shown(app)
        await pilot.press("k")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        await pilot.press("home")
        await wait_until(pilot, lambda: page(app) == "question" and "k quiz" in shown(app))


async def test_home_and_review_lead_to_it(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Something small" in shown(app))
        await pilot.press("g")
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen))
        await pilot.press("q")
        app.visit(to.Review(GUIDE, answer))
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("g")
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen) and page(app) == "section:goal")
        await pilot.press("q", "tab", "g")
        await wait_until(pilot, lambda: isinstance(app.screen, StudyScreen) and page(app) == "scenario:first")
