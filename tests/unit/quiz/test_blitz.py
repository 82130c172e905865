"""A blitz: its clock, its cards, its score."""

from datetime import datetime, timedelta

import pytest

from rehearse.domain.cards import RecallCard
from rehearse.history.reviews import ReviewStore
from rehearse.quiz.modes import QuizMode
from tests.unit.quiz.playing import CARDS, MINUTE, play
from tests.unit.quiz.support import NOW, deck, right, session


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
