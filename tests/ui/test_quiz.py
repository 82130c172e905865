"""The quick quiz by keys alone."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer

from rehearse.domain.cards import Card, CardKind, ChoiceCard, OrderCard, Rating, RecallCard, Round
from rehearse.domain.guide import Guide
from rehearse.errors import StoreError
from rehearse.guides.library import GuideLibrary
from rehearse.live.studio import Studio
from rehearse.quiz.deck import build_deck
from rehearse.quiz.modes import QuizMode
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog, HelpDialog
from rehearse.ui.screens.home import HomeScreen
from rehearse.ui.screens.quiz import QuizScreen
from rehearse.ui.screens.quiz_sections import SectionDialog
from rehearse.ui.screens.rehearsal import RehearsalScreen
from rehearse.ui.widgets.quiz_card import QuizCard
from tests.fakes import FakeLibrary, KeywordAssessor
from tests.ui.driving import fake_studio, shown, wait_until

CHOICES = [kind for kind in CardKind if kind not in (CardKind.ORDER, CardKind.RECALL, CardKind.GAP, CardKind.SPOKEN)]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **later: float) -> None:
        self.now += timedelta(**later)


@pytest.fixture(scope="module")
def guide() -> Guide:
    return GuideLibrary().load("model-deployment")


@pytest.fixture(scope="module")
def cards(guide: Guide) -> dict[CardKind, list[Card]]:
    found: dict[CardKind, list[Card]] = {}
    for card in build_deck(guide):
        found.setdefault(card.kind, []).append(card)
    return found


def studio_with(home: Path, guide: Guide, cards: list[Card] | None = None) -> Studio:
    studio = fake_studio(home)
    studio._library = FakeLibrary([guide])  # type: ignore[assignment]
    studio._engines[guide.id] = KeywordAssessor(guide)  # type: ignore[assignment]
    if cards is not None:
        studio.quizzes._decks[guide.id] = (guide, tuple(cards))
    return studio


@asynccontextmanager
async def quiz(
    studio: Studio, mode: QuizMode = QuizMode.DUE, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[tuple[Pilot[Any], QuizScreen, Clock]]:
    clock = Clock()
    screen = QuizScreen(None, mode, now=clock, seed=4, **options)
    app = RehearseApp(studio, lambda: screen)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: screen.session is not None)
        await pilot.pause()
        yield pilot, screen, clock


def card_of(screen: QuizScreen) -> Card:
    assert screen.session
    assert screen.session.current
    return screen.session.current.card


def key_of(screen: QuizScreen, right: bool) -> str:
    """The number key of the right option, or of a wrong one."""
    assert screen.session
    assert screen.session.current
    question = screen.session.current
    assert isinstance(question.card, ChoiceCard)
    place = question.options.index(question.card.answer)
    return str((place if right else (place + 1) % len(question.options)) + 1)


# -- every type of card --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CHOICES)
@pytest.mark.parametrize("right", [True, False])
async def test_choices_are_answered_by_one_number_key(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]], kind: CardKind, right: bool
) -> None:
    studio = studio_with(own_home, guide, cards[kind][:1])
    async with quiz(studio) as (pilot, screen, _):
        card = card_of(screen)
        assert card.kind is kind
        assert card.question.split()[0] in shown(pilot.app)
        await pilot.press(key_of(screen, right))
        assert ("✔ Right" if right else "✘ Not quite") in shown(pilot.app)
        assert [review.rating for review in studio.reviews.reviews(card.id)] == [Rating.GOOD if right else Rating.AGAIN]
        await pilot.press("space")
        if right:
            assert "1 of 1 right" in shown(pilot.app)
        else:
            assert screen.session
            assert screen.session.verdict is None  # asked once more
            assert card_of(screen) is card


async def test_moving_items_into_order(own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]) -> None:
    card = cards[CardKind.ORDER][0]
    assert isinstance(card, OrderCard)
    async with quiz(studio_with(own_home, guide, [card])) as (pilot, screen, _):
        widget = screen.query_one(QuizCard)
        for place, item in enumerate(card.items):
            while widget.items[widget.cursor] != item:
                await pilot.press("j" if widget.items.index(item) > widget.cursor else "k")
            while widget.cursor > place:
                await pilot.press("K")
        assert tuple(widget.items) == card.items
        await pilot.press("enter")
        assert "✔ Right" in shown(pilot.app)


async def test_lifting_and_number_keys_move_items_too(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    async with quiz(studio_with(own_home, guide, cards[CardKind.ORDER][:1])) as (pilot, screen, _):
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


async def test_nothing_of_one_s_own_is_shown_where_one_gave_up(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    async with quiz(studio_with(own_home, guide, cards[CardKind.ORDER][:1])) as (pilot, _, _):
        await pilot.press("0")
        assert "Here it is" in shown(pilot.app)
        assert "Your order" not in shown(pilot.app)


async def test_neighbours_swapped_is_almost(own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]) -> None:
    card = cards[CardKind.ORDER][0]
    assert isinstance(card, OrderCard)
    studio = studio_with(own_home, guide, [card])
    async with quiz(studio) as (pilot, screen, _):
        widget = screen.query_one(QuizCard)
        widget.items[:] = [card.items[1], card.items[0], *card.items[2:]]
        await pilot.press("enter")
        assert "◐ Almost" in shown(pilot.app)
        assert [review.rating for review in studio.reviews.reviews(card.id)] == [Rating.HARD]


async def test_recalling_the_sections_by_typing(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    card = cards[CardKind.RECALL][0]
    assert isinstance(card, RecallCard)
    async with quiz(studio_with(own_home, guide, [card])) as (pilot, _, _):
        await pilot.press(*"monitoring, contxt, dev, deploiment", "comma", *"improvement,chalenges", "enter")
        assert "✔ Right" in shown(pilot.app)


async def test_what_was_forgotten_and_what_is_none_of_them(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    async with quiz(studio_with(own_home, guide, cards[CardKind.RECALL][:1])) as (pilot, _, _):
        await pilot.press(*"goal, coffee, monitoring", "enter")
        text = shown(pilot.app)
        assert "✘ Not quite" in text
        assert "Missing: Development and evaluation, Deployment," in text
        assert "Not among them: coffee" in text


async def test_keys_of_the_quiz_can_be_typed_as_letters(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    async with quiz(studio_with(own_home, guide, cards[CardKind.RECALL][:1])) as (pilot, screen, _):
        await pilot.press(*"qujk?dbsh0 19")
        assert screen.query_one(QuizCard).typed == "qujk?dbsh0 19"
        assert pilot.app.screen is screen


@pytest.mark.parametrize(("typed", "verdict"), [("{right}", "✔ Right"), ("bananas", "✘ Not quite"), ("", "Here it is")])
async def test_typing_the_part_left_out(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]], typed: str, verdict: str
) -> None:
    card = cards[CardKind.GAP][0]
    async with quiz(studio_with(own_home, guide, [card])) as (pilot, _, _):
        await pilot.press(*typed.format(right=card.right.split()[0].lower()), "enter")
        assert verdict in shown(pilot.app)


async def test_a_slip_of_spelling_shows_the_proper_name(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    card = next(card for card in cards[CardKind.GAP] if card.right == "Deployment")
    async with quiz(studio_with(own_home, guide, [card])) as (pilot, _, _):
        await pilot.press(*"deploiment", "enter")
        assert "✔ Right: Deployment." in shown(pilot.app)
        await pilot.press("u", *"deployment", "enter")
        assert "✔ Right." in shown(pilot.app)


# -- keys ----------------------------------------------------------------------------------------------------------


async def test_feedback_comes_with_the_key(own_home: Path, guide: Guide) -> None:
    """The verdict is drawn by the time the key press has been handled: nothing waits for a job or a timer."""
    async with quiz(studio_with(own_home, guide)) as (pilot, screen, _):
        key = key_of(screen, True)
        screen.action_digit(int(key))
        assert "Right" in str(screen.query_one("#verdict").render())
        await pilot.pause()
        assert "✔ Right" in shown(pilot.app)


@pytest.mark.parametrize("on", ["space", "enter"])
async def test_space_and_enter_go_on(own_home: Path, guide: Guide, on: str) -> None:
    async with quiz(studio_with(own_home, guide)) as (pilot, screen, _):
        first = card_of(screen)
        await pilot.press(on)
        assert card_of(screen) is first  # not before it was answered
        await pilot.press(key_of(screen, True), on)
        assert card_of(screen) is not first


async def test_a_key_beyond_the_options_does_nothing(own_home: Path, guide: Guide) -> None:
    async with quiz(studio_with(own_home, guide)) as (pilot, screen, _):
        await pilot.press("9")
        assert screen.session
        assert screen.session.asked == ()


async def test_u_takes_the_answer_back(own_home: Path, guide: Guide) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio) as (pilot, screen, _):
        first = card_of(screen)
        await pilot.press(key_of(screen, False), "space")
        assert studio.reviews.states([guide.id])
        await pilot.press("u")
        assert card_of(screen) is first
        assert studio.reviews.states([guide.id]) == {}
        assert "Not quite" not in shown(pilot.app)
        await pilot.press(key_of(screen, True))
        assert "✔ Right" in shown(pilot.app)


async def test_ctrl_z_takes_back_while_typing(own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]) -> None:
    studio = studio_with(own_home, guide, [cards[CardKind.SUMMARY][0], cards[CardKind.RECALL][0]])
    async with quiz(studio) as (pilot, screen, _):
        first = card_of(screen)
        await pilot.press(key_of(screen, True), "space", *"depl")
        assert card_of(screen) is not first
        await pilot.press("ctrl+z")
        assert card_of(screen) is first
        assert studio.reviews.states([guide.id]) == {}


async def test_question_mark_explains_with_the_guide_s_words(own_home: Path, guide: Guide) -> None:
    async with quiz(studio_with(own_home, guide)) as (pilot, screen, _):
        words = card_of(screen).explanation
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HelpDialog))
        await pilot.press("q", key_of(screen, False))
        assert words[:30] not in shown(pilot.app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert words[:30] in shown(pilot.app)


async def test_zero_says_one_doesn_t_know(own_home: Path, guide: Guide) -> None:
    async with quiz(studio_with(own_home, guide)) as (pilot, screen, _):
        await pilot.press("0")
        assert "Here it is" in shown(pilot.app)
        assert screen.session
        assert screen.session.asked[0].verdict.rating is Rating.AGAIN


@pytest.mark.parametrize(("key", "rating"), [("h", Rating.HARD), ("e", Rating.EASY)])
async def test_saying_how_hard_it_was(own_home: Path, guide: Guide, key: str, rating: Rating) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio) as (pilot, screen, _):
        card = card_of(screen)
        await pilot.press(key_of(screen, True), key)
        assert [review.rating for review in studio.reviews.reviews(card.id)] == [rating]
        assert f"noted as {rating.name.lower()}" in shown(pilot.app)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_keeps_what_was_answered(own_home: Path, guide: Guide, key: str) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio) as (pilot, screen, _):
        await pilot.press(key_of(screen, True), "space", key_of(screen, False), key)
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert len(studio.reviews.states([guide.id])) == 2


async def test_the_quiz_of_the_shell_leads_back_to_the_shell(own_home: Path, guide: Guide) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio, size=(60, 20), alone=True) as (pilot, screen, _):
        await pilot.press(key_of(screen, True), "escape")
        await wait_until(pilot, lambda: not pilot.app.is_running)
        assert pilot.app.return_code == 0
    assert len(studio.reviews.states([guide.id])) == 1


async def test_escape_leaves_while_typing(own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]) -> None:
    async with quiz(studio_with(own_home, guide, cards[CardKind.RECALL][:1])) as (pilot, _, _):
        await pilot.press(*"goal", "escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


# -- modes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "length"), [(QuizMode.BLITZ, 60), (QuizMode.LONG_BLITZ, 120)])
async def test_a_blitz_runs_against_the_clock(own_home: Path, guide: Guide, mode: QuizMode, length: int) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio, mode) as (pilot, screen, clock):
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
        assert not screen.check_action("undo", ())
    best = studio.reviews.best(guide.id, length)
    assert best
    assert best.right == 3


async def test_a_blitz_that_isn_t_the_best_names_the_best(own_home: Path, guide: Guide) -> None:
    studio = studio_with(own_home, guide)
    studio.reviews.add_round(Round(guide.id, 60, 14, 20, Clock().now))
    async with quiz(studio, QuizMode.BLITZ) as (pilot, screen, clock):
        await pilot.press(key_of(screen, True))
        clock.on(seconds=61)
        await wait_until(pilot, lambda: "Personal best: 14." in shown(pilot.app))
        assert "★" not in shown(pilot.app)


async def test_the_clock_of_the_due_mode_only_counts(own_home: Path, guide: Guide) -> None:
    async with quiz(studio_with(own_home, guide)) as (pilot, screen, clock):
        clock.on(minutes=50)
        await wait_until(pilot, lambda: "50:00" in shown(pilot.app))
        await pilot.press(key_of(screen, True))
        assert "✔ Right" in shown(pilot.app)


async def test_another_mode_can_begin_at_any_time(own_home: Path, guide: Guide) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio) as (pilot, screen, _):
        first = screen.session
        await pilot.press("b")
        await wait_until(pilot, lambda: screen.session is not first)
        assert screen.session
        assert screen.session.mode is QuizMode.BLITZ
        await pilot.press("d")  # a blitz isn't thrown away by a slip
        assert screen.session.mode is QuizMode.BLITZ


async def test_one_section_is_chosen_by_a_number(own_home: Path, guide: Guide) -> None:
    async with quiz(studio_with(own_home, guide)) as (pilot, screen, _):
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SectionDialog))
        assert "Which section?" in shown(pilot.app)
        await pilot.press("3")
        await wait_until(pilot, lambda: screen.session is not None and screen.session.mode is QuizMode.SECTION)
        assert card_of(screen).section_id == guide.sections[2].id
        assert f"Quiz · {guide.sections[2].title}" in shown(pilot.app)
        await pilot.press("s", "q")
        assert pilot.app.screen is screen


# -- afterwards ----------------------------------------------------------------------------------------------------


async def play_through(pilot: Pilot[Any], screen: QuizScreen, right: Callable[[Card], bool]) -> None:
    for _ in range(80):
        if screen.summary is not None:
            return
        await pilot.press(key_of(screen, right(card_of(screen))), "space")
    raise AssertionError("the session didn't end")


async def test_the_end_shows_what_was_missed_and_leads_into_a_spoken_drill(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    statements = cards[CardKind.STATEMENT][:6]
    studio = studio_with(own_home, guide, statements)
    missed: set[str] = set()

    def right(card: Card) -> bool:
        if card.section_id == "deployment" and card.id not in missed:
            missed.add(card.id)
            return False
        return True

    async with quiz(studio, size=(80, 40)) as (pilot, screen, _):
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
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, RehearsalScreen))
        drill = pilot.app.screen
        assert isinstance(drill, RehearsalScreen)
        assert drill.plan.follow_up_section == "deployment"
        assert drill.plan.question == guide.section("deployment").follow_up
        await pilot.press("q")
        await wait_until(pilot, lambda: pilot.app.screen is screen)


async def test_nothing_due_offers_the_other_modes(own_home: Path, guide: Guide) -> None:
    async with quiz(studio_with(own_home, guide, [])) as (pilot, screen, _):
        assert "Nothing is due just now." in shown(pilot.app)
        await pilot.press("B")
        await wait_until(pilot, lambda: screen._mode is QuizMode.LONG_BLITZ)


async def test_undo_from_the_end(own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]) -> None:
    async with quiz(studio_with(own_home, guide, cards[CardKind.SUMMARY][:1])) as (pilot, screen, _):
        await pilot.press(key_of(screen, True), "space")
        assert screen.summary
        await pilot.press("u")
        assert screen.summary is None
        assert "0 don't know" in " ".join(shown(pilot.app).split())


# -- room, guides, failures ----------------------------------------------------------------------------------------


async def test_a_card_that_doesn_t_fit_is_paged_by_space(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]]
) -> None:
    long = max(cards[CardKind.MISSING], key=lambda card: len(card.statement))
    async with quiz(studio_with(own_home, guide, [long]), size=(60, 20)) as (pilot, screen, _):
        last = guide.sections[-1].title
        await wait_until(pilot, lambda: "more" in shown(pilot.app))
        assert last not in shown(pilot.app)
        await pilot.press("space")
        await wait_until(pilot, lambda: last in shown(pilot.app))
        assert "space more" not in " ".join(shown(pilot.app).split())
        await pilot.press(key_of(screen, True))
        await wait_until(pilot, lambda: "✔ Right" in shown(pilot.app))


@pytest.mark.parametrize("kind", [kind for kind in CardKind if kind is not CardKind.SPOKEN])
async def test_every_card_and_its_verdict_can_be_read_at_60x20(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]], kind: CardKind
) -> None:
    longest = max(cards[kind], key=lambda card: len(card.statement) + len(card.question))
    async with quiz(studio_with(own_home, guide, [longest]), size=(60, 20)) as (pilot, screen, _):
        assert "This window is" not in shown(pilot.app)
        assert screen.max_scroll_y == 0  # the footer stays where it is
        await pilot.press("0" if kind not in (CardKind.RECALL, CardKind.GAP) else "enter")
        await wait_until(pilot, lambda: "Here it is" in shown(pilot.app))


@pytest.mark.parametrize("kind", [CardKind.ORDER, CardKind.STATEMENT])
async def test_all_keys_stand_in_the_footer_at_60x20(
    own_home: Path, guide: Guide, cards: dict[CardKind, list[Card]], kind: CardKind
) -> None:
    """The widest footers: items to be put in order after another answer, and the end."""
    deck = [*cards[CardKind.SUMMARY][:1], *cards[kind][:1]]
    async with quiz(studio_with(own_home, guide, deck), size=(60, 20)) as (pilot, screen, _):
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


async def test_help_in_a_blitz_promises_only_what_works_there(own_home: Path, guide: Guide) -> None:
    async with quiz(studio_with(own_home, guide), QuizMode.BLITZ) as (pilot, _, _):
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HelpDialog))
        text = " ".join(shown(pilot.app).replace("│", " ").split())
        assert "begin something else" not in text
        assert "a score only of a blitz that went to its end" in text


async def test_cards_of_several_guides_say_whose_they_are(own_home: Path, guide: Guide) -> None:
    other = GuideLibrary().load("disagreement")
    studio = studio_with(own_home, guide)
    studio._library = FakeLibrary([guide, other])  # type: ignore[assignment]
    for one in (guide, other):
        begun = studio.quiz(one.id, mode=QuizMode.DUE, section_id=None, now=Clock().now, random=Random(1))
        begun.next(Clock().now)
        begun.reveal(Clock().now)
    async with quiz(studio) as (pilot, screen, _):
        assert screen.session
        assert screen.session.guides == {guide.id, other.id}
        titles = {guide.id: guide.title, other.id: other.title}
        assert f"Quiz · due today · {titles[card_of(screen).guide_id]}" in shown(pilot.app)


async def test_a_store_that_fails_is_said_and_the_card_stays_open(
    own_home: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio) as (pilot, screen, _):
        assert screen.session

        def full(*_: object) -> int:
            raise StoreError("The disk is full", next_step="Make room.")

        monkeypatch.setattr(screen.session._reviews, "record", full)
        await pilot.press("1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        assert "The disk is full" in shown(pilot.app)
        await pilot.press("enter")
        assert screen.session.verdict is None
        monkeypatch.undo()
        await pilot.press(key_of(screen, True))
        assert "✔ Right" in shown(pilot.app)
        monkeypatch.setattr(screen.session._reviews, "take_back", full)
        for key in ("u", "e"):
            await pilot.press(key)
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
            await pilot.press("enter")
        assert screen.session.verdict is not None


async def test_a_section_that_doesn_t_exist_is_said(own_home: Path, guide: Guide) -> None:
    app = RehearseApp(studio_with(own_home, guide), lambda: QuizScreen(None, QuizMode.SECTION, "nope"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "There is no section “nope”" in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_the_shell_s_quiz_ends_where_no_card_can_be_laid_out(own_home: Path, guide: Guide) -> None:
    app = RehearseApp(studio_with(own_home, guide), lambda: QuizScreen(None, QuizMode.SECTION, "nope", alone=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.return_code is not None)
    assert app.return_code == 2


async def test_a_session_that_can_t_be_opened_leaves_the_one_that_is_on(
    own_home: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = studio_with(own_home, guide)
    async with quiz(studio) as (pilot, screen, _):
        card = card_of(screen)

        def newer(*_: object, **__: object) -> None:
            raise StoreError("The answers were written by a newer version", next_step="Upgrade.")

        monkeypatch.setattr(studio, "quiz", newer)
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog))
        await pilot.press("enter")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        assert card_of(screen) is card
        assert screen._mode is QuizMode.DUE
        assert "Quiz · due today" in shown(pilot.app)
