"""What is kept of a session, and what can be taken back."""

from datetime import timedelta

import pytest

from rehearse.domain.cards import Rating
from rehearse.history.reviews import ReviewStore
from rehearse.quiz.modes import QuizMode
from tests.unit.quiz.playing import CARDS, play
from tests.unit.quiz.support import NOW, right, session


def everything(reviews: ReviewStore) -> list[list[tuple[object, ...]]]:
    """All that the store holds of the quiz."""
    with reviews.database.reading() as connection:
        return [
            [tuple(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")]
            for table in ("quiz_cards", "quiz_reviews", "quiz_rounds")
        ]


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
