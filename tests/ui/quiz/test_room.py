"""Small windows: everything can be read, every key stands in the footer."""

import pytest
from textual.widgets import Footer

from rehearse.domain.cards import CardKind
from rehearse.domain.guide import Guide
from rehearse.quiz.modes import QuizMode
from rehearse.services.studio import Studio
from rehearse.ui.screens.help import HelpDialog
from tests.ui.driving import shown, wait_until
from tests.ui.quiz.asking import Cards, key_of, quiz


async def test_a_card_that_doesn_t_fit_is_paged_by_space(studio: Studio, guide: Guide, cards: Cards) -> None:
    long = max(cards[CardKind.MISSING], key=lambda card: len(card.statement))
    async with quiz(studio, [long], size=(60, 20)) as (pilot, screen, _):
        last = guide.sections[-1].title
        await wait_until(pilot, lambda: "more" in shown(pilot.app))
        assert last not in shown(pilot.app)
        await pilot.resize_terminal(60, 40)
        await wait_until(pilot, lambda: last in shown(pilot.app) and "space more" not in shown(pilot.app))
        await pilot.resize_terminal(60, 20)
        await wait_until(pilot, lambda: last not in shown(pilot.app) and "space more" in shown(pilot.app))
        await pilot.press("space")
        await wait_until(pilot, lambda: last in shown(pilot.app))
        await wait_until(pilot, lambda: "space more" not in " ".join(shown(pilot.app).split()))
        await pilot.press(key_of(screen, True))
        await wait_until(pilot, lambda: "✔ Right" in shown(pilot.app))


@pytest.mark.parametrize("kind", [kind for kind in CardKind if kind is not CardKind.SPOKEN])
async def test_every_card_and_its_verdict_can_be_read_at_60x20(studio: Studio, cards: Cards, kind: CardKind) -> None:
    longest = max(cards[kind], key=lambda card: len(card.statement) + len(card.question))
    async with quiz(studio, [longest], size=(60, 20)) as (pilot, screen, _):
        assert "This window is" not in shown(pilot.app)
        assert screen.max_scroll_y == 0  # the footer stays where it is
        await pilot.press("0" if kind not in (CardKind.RECALL, CardKind.GAP) else "enter")
        await wait_until(pilot, lambda: "Here it is" in shown(pilot.app))


async def test_the_verdict_stays_in_sight_when_the_room_shrinks(studio: Studio, cards: Cards) -> None:
    longest = max(cards[CardKind.ORDER], key=lambda card: len(card.statement) + len(card.question))
    async with quiz(studio, [longest], size=(100, 30)) as (pilot, _, _):
        await pilot.press("0")
        await wait_until(pilot, lambda: "Here it is" in shown(pilot.app))
        await pilot.resize_terminal(60, 20)
        await wait_until(pilot, lambda: pilot.app.screen.size.width == 60)
        await pilot.pause(0.2)
        assert "Here it is" in shown(pilot.app)


@pytest.mark.parametrize("kind", [CardKind.ORDER, CardKind.STATEMENT])
async def test_all_keys_stand_in_the_footer_at_60x20(studio: Studio, cards: Cards, kind: CardKind) -> None:
    """The widest footers: items to be put in order after another answer, and the end."""
    deck = [*cards[CardKind.SUMMARY][:1], *cards[kind][:1]]
    async with quiz(studio, deck, size=(60, 20)) as (pilot, screen, _):
        await pilot.press(key_of(screen, True), "space")
        await wait_until(pilot, lambda: screen.check_action("undo", ()) is True)
        await pilot.pause()
        assert "q back" in " ".join(shown(pilot.app).split())
        assert screen.query_one(Footer).max_scroll_x == 0
        if kind is CardKind.STATEMENT:
            await pilot.press(key_of(screen, True), "space")
            await wait_until(pilot, lambda: screen.summary is not None)
            await pilot.pause()
            assert "m aloud q back" in " ".join(shown(pilot.app).split())
            assert screen.query_one(Footer).max_scroll_x == 0


async def test_help_in_a_blitz_promises_only_what_works_there(studio: Studio) -> None:
    async with quiz(studio, mode=QuizMode.BLITZ) as (pilot, _, _):
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HelpDialog))
        text = " ".join(shown(pilot.app).replace("│", " ").split())
        assert "begin something else" not in text
        assert "a score only of a blitz that went to its end" in text
