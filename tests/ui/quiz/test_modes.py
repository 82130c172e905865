"""What a session is made of: what is due, a blitz, one section, several guides."""

from random import Random

import pytest

from rehearse.domain.cards import Round
from rehearse.domain.guide import Guide
from rehearse.guides.library import GuideLibrary
from rehearse.quiz.modes import QuizMode
from rehearse.services.studio import Studio
from rehearse.ui.screens.drills.section import SectionDrillScreen
from rehearse.ui.screens.quiz.sections import SectionDialog
from tests.fakes import ask_from
from tests.ui.driving import shown, wait_until
from tests.ui.quiz.asking import Clock, card_of, key_of, quiz


@pytest.mark.parametrize(("mode", "length"), [(QuizMode.BLITZ, 60), (QuizMode.LONG_BLITZ, 120)])
async def test_a_blitz_runs_against_the_clock(studio: Studio, guide: Guide, mode: QuizMode, length: int) -> None:
    async with quiz(studio, mode=mode) as (pilot, screen, clock):
        await pilot.press(key_of(screen, True))
        clock.on(seconds=10)
        await pilot.press(key_of(screen, True))
        text = shown(pilot.app)
        left = length - 10
        assert f"2 right · {left // 60}:{left % 60:02} left" in text
        await pilot.press(key_of(screen, True))
        await pilot.press(key_of(screen, False))
        assert "✘ Not quite" in shown(pilot.app)  # what was wrong is shown, though the clock runs
        clock.on(seconds=length)
        await wait_until(pilot, lambda: "★ Personal best" in shown(pilot.app))
        assert "3 of 4 right" in shown(pilot.app)
        await pilot.press("1")
        assert pilot.app.screen is screen, "a key meant for a card opens no drill"
        await wait_until(pilot, lambda: not screen._settling)
        await pilot.press("1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SectionDrillScreen))
        assert not screen.check_action("undo", ())
    best = studio.equipment.reviews.best(guide.id, length)
    assert best
    assert best.right == 3


async def test_a_blitz_that_isn_t_the_best_names_the_best(studio: Studio, guide: Guide) -> None:
    studio.equipment.reviews.add_round(Round(guide.id, 60, 14, 20, Clock().now))
    async with quiz(studio, mode=QuizMode.BLITZ) as (pilot, screen, clock):
        await pilot.press(key_of(screen, True))
        clock.on(seconds=61)
        await wait_until(pilot, lambda: "Personal best: 14." in shown(pilot.app))
        assert "★" not in shown(pilot.app)


async def test_the_clock_of_the_due_mode_only_counts(studio: Studio) -> None:
    async with quiz(studio) as (pilot, screen, clock):
        clock.on(minutes=50)
        await wait_until(pilot, lambda: "50:00" in shown(pilot.app))
        await pilot.press(key_of(screen, True))
        assert "✔ Right" in shown(pilot.app)


async def test_another_mode_can_begin_at_any_time(studio: Studio) -> None:
    async with quiz(studio) as (pilot, screen, _):
        first = screen.session
        await pilot.press("b")
        await wait_until(pilot, lambda: screen.session is not first)
        assert screen.session
        assert screen.session.mode is QuizMode.BLITZ
        await pilot.press("d")  # a blitz isn't thrown away by a slip
        assert screen.session.mode is QuizMode.BLITZ


async def test_one_section_is_chosen_by_a_number(studio: Studio, guide: Guide) -> None:
    async with quiz(studio) as (pilot, screen, _):
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SectionDialog))
        assert "Which section?" in shown(pilot.app)
        await pilot.press("3")
        await wait_until(pilot, lambda: screen.session is not None and screen.session.mode is QuizMode.SECTION)
        assert card_of(screen).section_id == guide.sections[2].id
        assert f"Quiz · {guide.sections[2].title}" in shown(pilot.app)
        await pilot.press("s", "q")
        assert pilot.app.screen is screen


async def test_cards_of_several_guides_say_whose_they_are(studio: Studio, guide: Guide) -> None:
    other = GuideLibrary().load("disagreement")
    ask_from(studio.equipment, guide, other)
    for one in (guide, other):
        begun = studio.quiz(one.id, mode=QuizMode.DUE, section_id=None, now=Clock().now, random=Random(1))
        begun.next(Clock().now)
        begun.reveal(Clock().now)
    async with quiz(studio) as (pilot, screen, _):
        assert screen.session
        assert screen.session.guides == {guide.id, other.id}
        titles = {guide.id: guide.title, other.id: other.title}
        assert f"Quiz · due today · {titles[card_of(screen).guide_id]}" in shown(pilot.app)
