"""The end of a session, and where it leads."""

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

from rehearse.domain.cards import Card, CardKind
from rehearse.domain.guide import Guide
from rehearse.quiz.modes import QuizMode
from rehearse.services.studio import Studio
from rehearse.ui.screens.drills.section import SectionDrillScreen
from rehearse.ui.screens.quiz.quiz import QuizScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from tests.ui.driving import shown, wait_until
from tests.ui.quiz.asking import Cards, card_of, key_of, quiz


async def play_through(pilot: Pilot[Any], screen: QuizScreen, right: Callable[[Card], bool]) -> None:
    for _ in range(80):
        if screen.summary is not None:
            return
        await pilot.press(key_of(screen, right(card_of(screen))), "space")
    raise AssertionError("the session didn't end")


async def test_the_end_shows_what_was_missed_and_leads_into_a_spoken_drill(
    studio: Studio, guide: Guide, cards: Cards
) -> None:
    statements = cards[CardKind.STATEMENT][:6]
    missed: set[str] = set()

    def right(card: Card) -> bool:
        if card.section_id == "deployment" and card.id not in missed:
            missed.add(card.id)
            return False
        return True

    async with quiz(studio, statements, size=(80, 40)) as (pilot, screen, _):
        await play_through(pilot, screen, right)
        text = shown(pilot.app)
        words = " ".join(text.split())
        assert "6 of 7 right" in text
        assert "Streak: 1 day in a row." in text
        assert "On 9 March you'd probably remember 5 of 6 parts; Deployment is at risk." in words
        lines = [line.strip() for line in text.splitlines()]
        assert next(line.split() for line in lines if line.startswith("1 ")) == [
            "1",
            "Deployment",
            "████░░",
            "at",
            "risk",
        ]
        assert "right: Deployment" in text
        assert "you: Monitoring and maintenance" in text
        await pilot.press("1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SectionDrillScreen))
        drill = pilot.app.screen
        assert isinstance(drill, SectionDrillScreen)
        assert drill.section == guide.section("deployment")
        await pilot.press("q")
        await wait_until(
            pilot, lambda: pilot.app.screen is screen and "a number: speak about it (t: type)" in shown(pilot.app)
        )
        await pilot.press("t")
        await wait_until(pilot, lambda: "a number: type about it (t: speak)" in shown(pilot.app))
        await pilot.press("1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TypedScreen))
        assert guide.section("deployment").follow_up in " ".join(shown(pilot.app).split())
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is screen)


async def test_nothing_due_offers_the_other_modes(studio: Studio) -> None:
    async with quiz(studio, []) as (pilot, screen, _):
        assert "Nothing is due just now." in shown(pilot.app)
        await pilot.press("B")
        await wait_until(pilot, lambda: screen._mode is QuizMode.LONG_BLITZ)


async def test_undo_from_the_end(studio: Studio, cards: Cards) -> None:
    async with quiz(studio, cards[CardKind.SUMMARY][:1]) as (pilot, screen, _):
        await pilot.press(key_of(screen, True), "space")
        assert screen.summary
        await pilot.press("u")
        assert screen.summary is None
        assert "0 don't know" in " ".join(shown(pilot.app).split())
