"""Every type of card, answered by keys alone."""

import pytest

from rehearse.domain.cards import CardKind, OrderCard, Rating, RecallCard
from rehearse.domain.guide import Guide
from rehearse.services.studio import Studio
from rehearse.ui.widgets.quiz_card import QuizCard
from tests.ui.driving import shown
from tests.ui.quiz.asking import CHOICES, Cards, card_of, key_of, quiz


@pytest.mark.parametrize("kind", CHOICES)
@pytest.mark.parametrize("right", [True, False])
async def test_choices_are_answered_by_one_number_key(
    studio: Studio, cards: Cards, kind: CardKind, right: bool
) -> None:
    async with quiz(studio, cards[kind][:1]) as (pilot, screen, _):
        card = card_of(screen)
        assert card.kind is kind
        assert card.question.split()[0] in shown(pilot.app)
        await pilot.press(key_of(screen, right))
        assert ("✔ Right" if right else "✘ Not quite") in shown(pilot.app)
        assert [review.rating for review in studio.equipment.reviews.reviews(card.id)] == [
            Rating.GOOD if right else Rating.AGAIN
        ]
        await pilot.press("space")
        if right:
            assert "1 of 1 right" in shown(pilot.app)
        else:
            assert screen.session
            assert screen.session.verdict is None  # asked once more
            assert card_of(screen) is card


async def test_moving_items_into_order(studio: Studio, cards: Cards) -> None:
    card = cards[CardKind.ORDER][0]
    assert isinstance(card, OrderCard)
    async with quiz(studio, [card]) as (pilot, screen, _):
        widget = screen.query_one(QuizCard)
        for place, item in enumerate(card.items):
            while widget.items[widget.cursor] != item:
                await pilot.press("j" if widget.items.index(item) > widget.cursor else "k")
            while widget.cursor > place:
                await pilot.press("K")
        assert tuple(widget.items) == card.items
        await pilot.press("enter")
        assert "✔ Right" in shown(pilot.app)


async def test_lifting_and_number_keys_move_items_too(studio: Studio, guide: Guide, cards: Cards) -> None:
    async with quiz(studio, cards[CardKind.ORDER][:1]) as (pilot, screen, _):
        widget = screen.query_one(QuizCard)
        first, second, third, *rest = widget.items
        await pilot.press("space", "j", "j", "space", "k")
        assert widget.items == [second, third, first, *rest]
        assert widget.cursor == 1
        await pilot.press("6")
        assert widget.items == [second, first, *rest, third]
        await pilot.press("J", "down")
        assert widget.items == [second, rest[0], first, *rest[1:], third]
        await pilot.press("k", "k", "k", "k", "k")
        assert widget.cursor == 0
        given = list(widget.items)
        await pilot.press("enter")
        text = shown(pilot.app)
        assert "Not quite" in text
        own, right = text.split("Your order")[1].split("The right order")
        assert sorted(given, key=own.index) == given
        assert sorted(given, key=right.index) == [section.title for section in guide.sections]
        in_place = [a == section.title for a, section in zip(given, guide.sections, strict=True)]
        assert own.count("✔") == sum(in_place)
        assert own.count("✘") == len(given) - sum(in_place)


async def test_nothing_of_one_s_own_is_shown_where_one_gave_up(studio: Studio, cards: Cards) -> None:
    async with quiz(studio, cards[CardKind.ORDER][:1]) as (pilot, _, _):
        await pilot.press("0")
        assert "Here it is" in shown(pilot.app)
        assert "Your order" not in shown(pilot.app)


async def test_neighbours_swapped_is_almost(studio: Studio, cards: Cards) -> None:
    card = cards[CardKind.ORDER][0]
    assert isinstance(card, OrderCard)
    async with quiz(studio, [card]) as (pilot, screen, _):
        widget = screen.query_one(QuizCard)
        widget.items[:] = [card.items[1], card.items[0], *card.items[2:]]
        await pilot.press("enter")
        assert "◐ Almost" in shown(pilot.app)
        assert [review.rating for review in studio.equipment.reviews.reviews(card.id)] == [Rating.HARD]


async def test_recalling_the_sections_by_typing(studio: Studio, cards: Cards) -> None:
    card = cards[CardKind.RECALL][0]
    assert isinstance(card, RecallCard)
    async with quiz(studio, [card]) as (pilot, _, _):
        await pilot.press(*"monitoring, contxt, dev, deploiment", "comma", *"improvement,chalenges", "enter")
        assert "✔ Right" in shown(pilot.app)


async def test_what_was_forgotten_and_what_is_none_of_them(studio: Studio, cards: Cards) -> None:
    async with quiz(studio, cards[CardKind.RECALL][:1]) as (pilot, _, _):
        await pilot.press(*"goal, coffee, monitoring", "enter")
        text = shown(pilot.app)
        assert "✘ Not quite" in text
        assert "Missing: Development and evaluation, Deployment," in text
        assert "Not among them: coffee" in text


async def test_keys_of_the_quiz_can_be_typed_as_letters(studio: Studio, cards: Cards) -> None:
    async with quiz(studio, cards[CardKind.RECALL][:1]) as (pilot, screen, _):
        await pilot.press(*"qujk?dbsh0 19")
        assert screen.query_one(QuizCard).typed == "qujk?dbsh0 19"
        assert pilot.app.screen is screen


@pytest.mark.parametrize(("typed", "verdict"), [("{right}", "✔ Right"), ("bananas", "✘ Not quite"), ("", "Here it is")])
async def test_typing_the_part_left_out(studio: Studio, cards: Cards, typed: str, verdict: str) -> None:
    card = cards[CardKind.GAP][0]
    async with quiz(studio, [card]) as (pilot, _, _):
        await pilot.press(*typed.format(right=card.right.split()[0].lower()), "enter")
        assert verdict in shown(pilot.app)


async def test_a_slip_of_spelling_shows_the_proper_name(studio: Studio, cards: Cards) -> None:
    card = next(card for card in cards[CardKind.GAP] if card.right == "Deployment")
    async with quiz(studio, [card]) as (pilot, _, _):
        await pilot.press(*"deploiment", "enter")
        assert "✔ Right: Deployment." in shown(pilot.app)
        await pilot.press("u", *"deployment", "enter")
        assert "✔ Right." in shown(pilot.app)
