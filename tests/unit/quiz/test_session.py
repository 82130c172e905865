"""A session: what comes next, one section alone, and edits of the guide."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.history.reviews import ReviewStore
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.questions import Outcome
from rehearse.quiz.queue import FEWEST_BESIDE, MOST_RETURNS, NEW_A_DAY
from tests.unit.quiz.playing import CARDS, MINUTE, play
from tests.unit.quiz.support import NOW, card, deck, right, session


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


def test_a_question_counts_as_right_only_when_it_is(reviews: ReviewStore) -> None:
    quiz = session(CARDS, reviews)
    play(quiz, "rw0")
    assert quiz.score == 1
    assert [one.verdict.outcome for one in quiz.asked] == [Outcome.RIGHT, Outcome.WRONG, Outcome.WRONG]
