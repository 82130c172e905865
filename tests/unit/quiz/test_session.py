"""A session: what comes next, what is kept, what can be taken back, and when a blitz is over."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from rehearse.domain.cards import Card, Phase, Rating, RecallCard
from rehearse.history.reviews import ReviewStore
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.questions import Outcome
from rehearse.quiz.queue import FEWEST_BESIDE, FULL_DAY, MOST_RETURNS, NEW_A_DAY
from rehearse.quiz.scheduler import Scheduler
from rehearse.quiz.session import QuizSession
from tests.unit.quiz.support import NOW, card, deck, right, session, store

CARDS = [card(name, section=section) for name in "abcdefgh" for section in ("goal", "steps")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def reviews(tmp_path: Path) -> ReviewStore:
    return store(tmp_path)


def everything(reviews: ReviewStore) -> list[list[tuple[object, ...]]]:
    """All that the store holds of the quiz."""
    with reviews.database.reading() as connection:
        return [
            [tuple(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")]
            for table in ("quiz_cards", "quiz_reviews", "quiz_rounds")
        ]


def play(quiz: QuizSession, answers: str, now: datetime = NOW) -> list[str]:
    """Answer: r right, w wrong, 0 don't know; the ids asked."""
    asked = []
    for number, what in enumerate(answers):
        question = quiz.next(now + number * MINUTE)
        assert question is not None
        asked.append(question.card.id)
        good = right(question)
        assert isinstance(good, int)
        response = good if what == "r" else (good + 1) % len(question.options) if what == "w" else None
        quiz.answer(response, now + number * MINUTE)
    return asked


def test_new_cards_are_metered(reviews: ReviewStore) -> None:
    quiz = session(deck("model-deployment"), reviews)
    while (question := quiz.next(NOW)) is not None:
        quiz.answer(right(question), NOW)
    assert len(quiz.asked) == NEW_A_DAY
    assert session(deck("model-deployment"), reviews).next(NOW + MINUTE) is None
    assert session(deck("model-deployment"), reviews, now=NOW + timedelta(days=1)).next(NOW + timedelta(days=1))


def test_an_interview_that_is_near_asks_for_more_new_cards(reviews: ReviewStore) -> None:
    quiz = session(deck("model-deployment"), reviews, interview=NOW.date() + timedelta(days=13))
    assert quiz.left(NOW) == 18  # 184 cards in ten days


def test_on_a_full_day_hardly_any_new_cards_come(reviews: ReviewStore) -> None:
    many = [card(str(number)) for number in range(100)]
    for day in range(4):
        now = NOW + timedelta(days=day)
        quiz = session(many, reviews, now=now)
        while (question := quiz.next(now)) is not None:
            quiz.answer(right(question), now)
    later = NOW + timedelta(days=40)
    assert session(many, reviews, now=later).left(later) == 40 + FEWEST_BESIDE
    quiz = session(many, reviews, now=later)
    for _ in range(35):
        question = quiz.next(later)
        assert question
        quiz.answer(right(question), later)
    # What was repeated earlier in the day counts too, however the day is cut into sessions.
    assert session(many, reviews, now=later).left(later) == 5 + FEWEST_BESIDE


def test_due_cards_come_before_new_ones(reviews: ReviewStore) -> None:
    first = play(session(CARDS[:2], reviews), "rr")
    later = NOW + timedelta(days=30)
    quiz = session(CARDS, reviews, now=later)
    assert play(quiz, "rrr", later)[:2] == first


def test_what_was_missed_comes_again_in_the_session_once_the_rest_is_done(reviews: ReviewStore) -> None:
    quiz = session(CARDS[:3], reviews)
    first = play(quiz, "wrr")
    again = quiz.next(NOW + 3 * MINUTE)
    assert again is not None
    assert again.card.id == first[0]
    assert not again.new
    quiz.answer(right(again), NOW + 3 * MINUTE)
    assert quiz.next(NOW + 4 * MINUTE) is None


@pytest.mark.parametrize(("mode", "section"), [(QuizMode.DUE, None), (QuizMode.SECTION, "goal")])
def test_one_who_never_knows_it_is_let_go(reviews: ReviewStore, mode: QuizMode, section: str | None) -> None:
    quiz = session([card("a"), card("b"), card("c")], reviews, mode=mode, section_id=section)
    asked = []
    while (question := quiz.next(NOW)) is not None:
        asked.append(question.card.id)
        assert len(asked) < 50
        quiz.reveal(NOW)
    assert set(Counter(asked).values()) == {1 + MOST_RETURNS}
    assert quiz.left(NOW) == 0
    again = session([card("a"), card("b"), card("c")], reviews, now=NOW + MINUTE)
    assert again.next(NOW + MINUTE) is not None  # they stay due


def test_a_card_let_go_can_be_taken_back(reviews: ReviewStore) -> None:
    quiz = session([card("a")], reviews)
    for _ in range(1 + MOST_RETURNS):
        quiz.next(NOW)
        quiz.reveal(NOW)
    assert quiz.next(NOW) is None
    assert quiz.undo(NOW) is not None
    quiz.answer(0, NOW)
    assert quiz.score == 1


def test_the_same_statement_isn_t_shown_twice_in_a_row_where_there_is_a_choice(reviews: ReviewStore) -> None:
    same = [card("a", statement="The same."), card("b", statement="The same."), card("c")]
    assert [one[-1] for one in play(session(same, reviews), "rrr")] == ["a", "c", "b"]


def test_how_many_are_still_to_come(reviews: ReviewStore) -> None:
    quiz = session(CARDS[:3], reviews)
    quiz.next(NOW)
    assert quiz.left(NOW) == 2
    quiz.answer(None, NOW)
    assert quiz.left(NOW) == 3  # the missed one comes again
    quiz.next(NOW)
    assert quiz.left(NOW) == 2


# -- kept ----------------------------------------------------------------------------------------------------------


def test_every_answer_is_in_the_store_before_the_next_card(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    for number in range(1, 4):
        play(quiz, "r")
        assert len(reviews.states(["small"])) == number
        assert len(reviews.reviews(quiz.asked[-1].card.id)) == 1


def test_a_review_says_how_long_it_took(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    question = quiz.next(NOW)
    assert question
    quiz.answer(right(question), NOW + timedelta(seconds=7))
    (kept,) = reviews.reviews(question.card.id)
    assert (kept.seconds, kept.rating, kept.first, kept.mode) == (7.0, Rating.GOOD, True, "due")


def test_an_answer_without_an_open_question_is_an_error(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    with pytest.raises(ValueError, match="no question is open"):
        quiz.answer(0, NOW)
    quiz.next(NOW)
    with pytest.raises(ValueError, match="is no answer to"):
        quiz.answer(17, NOW)
    quiz.answer(0, NOW)
    with pytest.raises(ValueError, match="no question is open"):
        quiz.answer(0, NOW)


# -- undo ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", ["r", "w", "0", "rw", "wrwr", "rrrrrrr", "wwwwwwwwww"])
def test_undo_restores_everything_exactly(reviews: ReviewStore, answers: str) -> None:
    play(session(CARDS[:5], reviews), "rwr")
    later = NOW + timedelta(days=9)
    quiz = session(CARDS, reviews, now=later)
    before, states, left = everything(reviews), dict(quiz._states), quiz.left(later)
    asked = play(quiz, answers, later)
    assert everything(reviews) != before
    for card_id in reversed(asked):
        question = quiz.undo(later)
        assert question is not None
        assert question.card.id == card_id
    assert quiz.undo(later) is None
    assert everything(reviews) == before
    assert quiz._states == states == reviews.states(["small"])
    assert quiz.left(later) == (left or 0) - 1  # the first card is open again


def test_an_undone_card_can_be_answered_otherwise(reviews: ReviewStore) -> None:
    quiz, other = session(CARDS, reviews), session(CARDS, ReviewStore(reviews.database.path.with_name("other.db")))
    play(quiz, "w")
    quiz.undo(NOW)
    assert quiz.current
    quiz.answer(right(quiz.current), NOW)
    play(other, "r")
    assert quiz._states == other._states


def test_undo_from_the_next_card_asks_the_one_before(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    (first,) = play(quiz, "w")
    second = quiz.next(NOW)
    undone = quiz.undo(NOW)
    assert undone
    assert second
    assert undone.card.id == first
    quiz.answer(right(undone), NOW)
    following = quiz.next(NOW)
    assert following
    assert following.card.id == second.card.id


@pytest.mark.parametrize("mode", [QuizMode.SECTION, QuizMode.BLITZ])
def test_undo_keeps_the_planned_cards(reviews: ReviewStore, mode: QuizMode) -> None:
    quiz = session(CARDS, reviews, mode=mode, section_id="goal" if mode is QuizMode.SECTION else None)
    (first,) = play(quiz, "w")
    second = quiz.next(NOW)
    assert quiz.undo(NOW)
    assert quiz.current
    quiz.answer(right(quiz.current), NOW)
    following = quiz.next(NOW)
    assert second
    assert following
    assert following.card.id == second.card.id != first


def test_a_grade_replaces_the_rating(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    (one,) = play(quiz, "r")
    planned = reviews.states(["small"])[one]
    assert quiz.grade(Rating.EASY, NOW)
    easier = reviews.states(["small"])[one]
    assert easier.due > planned.due
    assert [review.rating for review in reviews.reviews(one)] == [Rating.EASY]
    quiz.undo(NOW)
    assert reviews.states(["small"]) == {}


def test_what_was_wrong_can_t_be_called_easy(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    assert not quiz.grade(Rating.EASY, NOW)
    play(quiz, "w")
    assert not quiz.grade(Rating.EASY, NOW)


# -- blitz ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "length"), [(QuizMode.BLITZ, 60), (QuizMode.LONG_BLITZ, 120)])
def test_the_clock_of_a_blitz(reviews: ReviewStore, mode: QuizMode, length: int) -> None:
    quiz = session(CARDS, reviews, mode=mode)
    begun = NOW + timedelta(seconds=3)
    quiz.start(begun)
    assert quiz.seconds_left(begun) == length
    assert quiz.seconds_left(begun + timedelta(seconds=12.5)) == length - 12.5
    almost, over = begun + timedelta(seconds=length - 0.01), begun + timedelta(seconds=length)
    question = quiz.next(almost)
    assert question
    assert not quiz.is_over(almost)
    assert quiz.is_over(over)
    assert quiz.answer(right(question), over) is None
    assert quiz.asked == ()
    assert quiz.next(over) is None
    assert quiz.seconds_left(over + timedelta(hours=1)) == 0


def test_a_blitz_never_runs_out_of_cards_and_leaves_new_ones_new(reviews: ReviewStore) -> None:
    quiz = session(CARDS[:3], reviews, mode=QuizMode.BLITZ)
    quiz.start(NOW)
    for number in range(20):
        question = quiz.next(NOW + timedelta(seconds=number))
        assert question
        quiz.answer(right(question), NOW + timedelta(seconds=number))
    assert quiz.score == 20
    assert reviews.states(["small"]) == {}


def test_a_clock_that_was_a_year_ahead_plans_as_if_it_had_been_right(reviews: ReviewStore, tmp_path: Path) -> None:
    undisturbed = ReviewStore(tmp_path / "undisturbed.db")
    day, year = timedelta(days=1), timedelta(days=365)
    later = NOW + 30 * day
    for kept in (reviews, undisturbed):
        play(session(CARDS[:1], kept), "r")
    play(session(CARDS[:1], reviews, now=NOW + year), "r", NOW + year)
    for kept in (reviews, undisturbed):
        play(session(CARDS[:1], kept, now=later), "r", later)
    assert reviews.states(["small"]) == undisturbed.states(["small"])


def test_a_blitz_asks_only_what_can_be_answered_by_one_key(reviews: ReviewStore) -> None:
    quiz = session(deck("model-deployment"), reviews, mode=QuizMode.BLITZ)
    quiz.start(NOW)
    for _ in range(60):
        question = quiz.next(NOW)
        assert question
        assert question.options
        assert not isinstance(question.card, RecallCard)
        quiz.answer(0, NOW)


def test_what_a_blitz_misses_is_due(reviews: ReviewStore) -> None:
    play(session(CARDS[:1], reviews), "r")
    known = reviews.states(["small"])[CARDS[0].id]
    quiz = session(CARDS[:1], reviews, mode=QuizMode.BLITZ)
    quiz.start(NOW)
    play(quiz, "w")
    missed = reviews.states(["small"])[CARDS[0].id]
    assert known.due > NOW
    assert missed.due == NOW
    assert missed.stability == known.stability


def blitz(reviews: ReviewStore, answers: str, now: datetime) -> tuple[int | None, bool]:
    quiz = session(CARDS, reviews, now=now, mode=QuizMode.BLITZ)
    quiz.start(now)
    for number, what in enumerate(answers):
        question = quiz.next(now + timedelta(seconds=number))
        assert question
        quiz.answer(right(question) if what == "r" else None, now + timedelta(seconds=number))
    end = now + timedelta(seconds=60)
    summary = quiz.summary(end)
    assert quiz.summary(end + MINUTE).asked == summary.asked  # asked for again: kept once
    return summary.best, summary.beaten


def test_personal_best(reviews: ReviewStore) -> None:
    assert blitz(reviews, "rrrw", NOW) == (None, True)
    assert blitz(reviews, "rrr", NOW + timedelta(hours=1)) == (3, False)
    assert blitz(reviews, "rrrrw", NOW + timedelta(hours=2)) == (3, True)
    assert blitz(reviews, "w", NOW + timedelta(hours=3)) == (4, False)
    best = reviews.best("small", 60)
    assert best
    assert (best.right, best.asked) == (4, 5)
    assert reviews.best("small", 120) is None


def test_a_lucky_guess_is_no_personal_best(reviews: ReviewStore) -> None:
    assert blitz(reviews, "rrw", NOW) == (None, False)


def test_a_blitz_that_was_left_is_no_personal_best(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews, mode=QuizMode.BLITZ)
    quiz.start(NOW)
    play(quiz, "r")
    assert not quiz.summary(NOW + timedelta(seconds=30)).beaten
    assert reviews.best("small", 60) is None


# -- one section ---------------------------------------------------------------------------------------------------


def test_one_section_asks_its_cards_alone_until_none_is_missed(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews, mode=QuizMode.SECTION, section_id="steps")
    asked = play(quiz, "wrrrrrrw")
    assert len(set(asked)) == 8
    assert all(":steps:" in one for one in asked)
    assert quiz.left(NOW) == 2
    assert play(quiz, "rr", NOW + timedelta(hours=1)) == [asked[0], asked[-1]]
    assert quiz.next(NOW + timedelta(hours=2)) is None


def test_one_section_asks_even_what_isn_t_due(reviews: ReviewStore) -> None:
    play(session(CARDS[:2], reviews), "rr")
    quiz = session(CARDS[:2], reviews, mode=QuizMode.SECTION, section_id="goal")
    assert play(quiz, "r") == [CARDS[0].id]


# -- edits of the guide --------------------------------------------------------------------------------------------


def test_a_reworded_statement_takes_its_card_s_state_over(reviews: ReviewStore) -> None:
    old = card("a", statement="The shop threw away a fifth of its bread every evening.")
    new = card("b", statement="The shop threw away a fifth of its bread each evening.")
    play(session([old], reviews), "r")
    before = reviews.states(["small"])[old.id]
    quiz = session([new, card("c")], reviews)
    assert set(reviews.states(["small"])) == {new.id}
    assert reviews.states(["small"])[new.id].stability == before.stability
    assert len(reviews.reviews(new.id)) == 1
    question = quiz.next(NOW)
    assert question
    assert question.card.id.endswith(":c")


def test_cards_of_a_guide_that_is_gone_aren_t_asked_and_come_back_with_it(reviews: ReviewStore) -> None:
    gone = card("x", guide="gone")
    play(session([gone, *CARDS[:2]], reviews), "rrr")
    later = NOW + timedelta(days=60)
    without = session(CARDS[:2], reviews, now=later)
    assert all(not one.startswith("gone/") for one in play(without, "rr", later))
    assert without.next(later) is None
    assert "gone" not in {section.guide_id for section in without.summary(later).sections}
    question = session([gone], reviews, now=later).next(later)
    assert question
    assert not question.new


# -- the load of sixty days ----------------------------------------------------------------------------------------


def learner(cards: tuple[Card, ...], reviews: ReviewStore, days: int, *, interview: int | None = None) -> list[int]:
    """Answers every day all there is; remembers as FSRS says people do. How many answers each day took."""
    random = Random(11)
    date = NOW.date() + timedelta(days=interview) if interview else None
    plan, load = Scheduler(date, UTC), []
    for day in range(days):
        now = NOW + timedelta(days=day)
        quiz = session(cards, reviews, now=now, interview=date)
        while (question := quiz.next(now)) is not None:
            state = quiz._states.get(question.card.id)
            knows = (
                0.6 if state is None else 0.97 if state.phase is not Phase.REVIEW else plan.retrievability(state, now)
            )
            quiz.answer(right(question) if random.random() < knows else None, now)
            now += timedelta(seconds=8)
        load.append(len(quiz.asked))
    return load


@pytest.mark.timeout(600)
def test_the_load_levels_off_over_sixty_days(reviews: ReviewStore) -> None:
    cards = deck("model-deployment")
    load = learner(cards, reviews, 60)
    weeks = [sum(load[at : at + 7]) / 7 for at in range(0, 56, 7)]
    assert len(reviews.states(["model-deployment"])) == len(cards)
    assert max(load) <= 60, load  # some minutes, on the worst day
    assert max(weeks) <= 1.5 * FULL_DAY, weeks
    assert weeks[-1] < max(weeks) / 2, weeks
    peak = weeks.index(max(weeks))
    assert all(later <= earlier * 1.25 for earlier, later in zip(weeks[peak:], weeks[peak + 1 :], strict=False)), weeks


@pytest.mark.timeout(600)
def test_everything_was_seen_and_is_remembered_when_the_interview_comes(reviews: ReviewStore) -> None:
    cards = deck("disagreement")
    learner(cards, reviews, 30, interview=30)
    states = reviews.states(["disagreement"])
    assert len(states) == len(cards)
    morning = NOW + timedelta(days=30)
    plan = Scheduler(morning.date(), UTC)
    remembered = [plan.retrievability(state, morning) for state in states.values()]
    assert sum(remembered) / len(remembered) > 0.9
    assert all((morning - state.last_review).days <= 4 for state in states.values())


def test_a_question_counts_as_right_only_when_it_is(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    play(quiz, "rw0")
    assert quiz.score == 1
    assert [one.verdict.outcome for one in quiz.asked] == [Outcome.RIGHT, Outcome.WRONG, Outcome.WRONG]
