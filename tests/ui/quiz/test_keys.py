"""The keys of the quiz, one by one."""

import pytest

from rehearse.domain.cards import CardKind, Rating
from rehearse.domain.guide import Guide
from rehearse.services.studio import Studio
from rehearse.ui.screens.help import HelpDialog
from rehearse.ui.screens.home.home import HomeScreen
from tests.ui.driving import shown, wait_until
from tests.ui.quiz.asking import Cards, card_of, key_of, quiz


async def test_feedback_comes_with_the_key(studio: Studio) -> None:
    """The verdict is drawn by the time the key press has been handled: nothing waits for a job or a timer."""
    async with quiz(studio) as (pilot, screen, _):
        key = key_of(screen, True)
        screen.action_digit(int(key))
        assert "Right" in str(screen.query_one("#verdict").render())
        await pilot.pause()
        assert "✔ Right" in shown(pilot.app)


@pytest.mark.parametrize("on", ["space", "enter"])
async def test_space_and_enter_go_on(studio: Studio, on: str) -> None:
    async with quiz(studio) as (pilot, screen, _):
        first = card_of(screen)
        await pilot.press(on)
        assert card_of(screen) is first  # not before it was answered
        await pilot.press(key_of(screen, True), on)
        assert card_of(screen) is not first


async def test_a_key_beyond_the_options_does_nothing(studio: Studio) -> None:
    async with quiz(studio) as (pilot, screen, _):
        await pilot.press("9")
        assert screen.session
        assert screen.session.asked == ()


async def test_u_takes_the_answer_back(studio: Studio, guide: Guide) -> None:
    async with quiz(studio) as (pilot, screen, _):
        first = card_of(screen)
        await pilot.press(key_of(screen, False), "space")
        assert studio.equipment.reviews.states([guide.id])
        await pilot.press("u")
        assert card_of(screen) is first
        assert studio.equipment.reviews.states([guide.id]) == {}
        assert "Not quite" not in shown(pilot.app)
        await pilot.press(key_of(screen, True))
        assert "✔ Right" in shown(pilot.app)


async def test_ctrl_z_takes_back_while_typing(studio: Studio, guide: Guide, cards: Cards) -> None:
    async with quiz(studio, [cards[CardKind.SUMMARY][0], cards[CardKind.RECALL][0]]) as (pilot, screen, _):
        first = card_of(screen)
        await pilot.press(key_of(screen, True), "space", *"depl")
        assert card_of(screen) is not first
        await pilot.press("ctrl+z")
        assert card_of(screen) is first
        assert studio.equipment.reviews.states([guide.id]) == {}


async def test_question_mark_explains_with_the_guide_s_words(studio: Studio) -> None:
    async with quiz(studio) as (pilot, screen, _):
        words = card_of(screen).explanation
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HelpDialog))
        await pilot.press("q", key_of(screen, False))
        assert words[:30] not in shown(pilot.app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert words[:30] in shown(pilot.app)


async def test_zero_says_one_doesn_t_know(studio: Studio) -> None:
    async with quiz(studio) as (pilot, screen, _):
        await pilot.press("0")
        assert "Here it is" in shown(pilot.app)
        assert screen.session
        assert screen.session.asked[0].verdict.rating is Rating.AGAIN


@pytest.mark.parametrize(("key", "rating"), [("h", Rating.HARD), ("e", Rating.EASY)])
async def test_saying_how_hard_it_was(studio: Studio, key: str, rating: Rating) -> None:
    async with quiz(studio) as (pilot, screen, _):
        card = card_of(screen)
        await pilot.press(key_of(screen, True), key)
        assert [review.rating for review in studio.equipment.reviews.reviews(card.id)] == [rating]
        assert f"noted as {rating.name.lower()}" in shown(pilot.app)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_keeps_what_was_answered(studio: Studio, guide: Guide, key: str) -> None:
    async with quiz(studio) as (pilot, screen, _):
        await pilot.press(key_of(screen, True), "space", key_of(screen, False), key)
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert len(studio.equipment.reviews.states([guide.id])) == 2


async def test_the_quiz_of_the_shell_leads_back_to_the_shell(studio: Studio, guide: Guide) -> None:
    async with quiz(studio, size=(60, 20), alone=True) as (pilot, screen, _):
        await pilot.press(key_of(screen, True), "escape")
        await wait_until(pilot, lambda: not pilot.app.is_running)
        assert pilot.app.return_code == 0
    assert len(studio.equipment.reviews.states([guide.id])) == 1


async def test_escape_leaves_while_typing(studio: Studio, cards: Cards) -> None:
    async with quiz(studio, cards[CardKind.RECALL][:1]) as (pilot, _, _):
        await pilot.press(*"goal", "escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
