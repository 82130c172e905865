"""What an interview asks, in which order, and when it is over."""

from dataclasses import replace

import pytest

from rehearse.domain.interview import (
    FOLLOW_UP_TURN,
    TALK_SECONDS,
    AskedFurther,
    Candidate,
    Interview,
    Question,
    planned,
    turn_seconds,
)
from rehearse.history.plain_json import from_plain, to_plain


def candidate(guide: str, scenario: str, need: float, seconds: int = 150) -> Candidate:
    return Candidate(guide, scenario, seconds, need, f"why {scenario}")


def asked(interview: Interview) -> list[str]:
    return [question.scenario_id for question in interview.questions]


def interview(*, questions: int = 2, follow_ups: int = 2, minutes: int = 10) -> Interview:
    return Interview(minutes, follow_ups, tuple(Question("g", f"s{n}", 150) for n in range(questions)))


FURTHER = AskedFurther("g/missing/a/0", "missing", "a")


def test_what_helps_most_comes_first_and_each_guide_once_before_any_twice() -> None:
    found = planned(
        [candidate("a", "a1", 0.9), candidate("a", "a2", 0.8), candidate("b", "b1", 0.1), candidate("c", "c1", 0.5)],
        minutes=30,
        most_follow_ups=0,
    )
    assert asked(found) == ["a1", "c1", "b1", "a2"]
    assert found.questions[0].why == "why a1"


def test_as_many_questions_as_fit_with_all_that_is_around_them() -> None:
    many = [candidate("a", f"a{n}", 1 - n / 100) for n in range(30)]
    for minutes in (10, 20, 30):
        for follow_ups in range(4):
            each = turn_seconds(many[0], follow_ups)
            assert each == TALK_SECONDS + 150 + follow_ups * FOLLOW_UP_TURN
            assert len(planned(many, minutes, follow_ups).questions) == minutes * 60 // each


def test_a_question_that_is_too_long_gives_way_to_a_shorter_one_but_one_is_always_asked() -> None:
    assert asked(planned([candidate("a", "long", 1.0, 500), candidate("b", "b1", 0.1, 60)], 10, 0)) == ["long", "b1"]
    assert asked(planned([candidate("a", "long", 1.0, 5000)], 10, 3)) == ["long"]
    with pytest.raises(ValueError, match="nothing to ask"):
        planned([], 10, 0)


def test_it_stands_at_the_first_question_that_isnt_over() -> None:
    begun = interview()
    assert begun.at == 0
    answered = begun.with_answer(0, "one")
    assert (answered.at, answered.answered) == (0, 1)
    assert answered.over(0).at == 1
    assert answered.over(0).skipping(1).at is None
    assert begun.skipping(0).questions[0] == replace(begun.questions[0], over=True, skipped=True)


def test_follow_up_answers_belong_to_their_question_until_there_are_enough() -> None:
    later = interview().with_answer(0, "one").asking(0, FURTHER).with_answer(0, "two")
    assert later.at == 0
    later = later.asking(0, replace(FURTHER, phrasing="x")).with_answer(0, "three")
    assert later.at == 1
    assert [one.answer_id for one in later.questions[0].further] == ["two", "three"]
    assert list(later.with_answer(1, "four").answer_ids()) == ["one", "two", "three", "four"]
    assert later.having_said("closing/0").used == {"g/missing/a/0", "x", "closing/0"}


def test_without_follow_ups_a_question_is_over_with_its_answer() -> None:
    assert interview(follow_ups=0).with_answer(0, "one").at == 1


def test_skipping_a_follow_up_keeps_the_answer_before_it() -> None:
    later = interview().with_answer(0, "one").asking(0, FURTHER).skipping(0)
    assert (later.at, later.questions[0].skipped, later.answered) == (1, False, 1)


def test_what_was_skipped_last_comes_back_and_it_stands_there_again() -> None:
    begun = interview(questions=3)
    assert begun.skipped_last is None
    skipped = begun.skipping(0).skipping(1)
    assert skipped.skipped_last == 1
    back = skipped.bringing_back(1)
    assert (back.at, back.questions[1], back.skipped_last) == (1, begun.questions[1], 0)
    assert back.bringing_back(0) == begun
    over = skipped.skipping(2)
    assert (over.at, over.skipped_last) == (None, 2)
    assert back.with_answer(1, "one").over(1).skipped_last == 0


def test_skipped_follow_ups_come_back_and_those_that_were_all_asked_dont() -> None:
    answered = interview().with_answer(0, "one")
    assert answered.over(0).skipped_last is None
    assert answered.asking(0, FURTHER).with_answer(0, "two").over(0).skipped_last is None
    skipped = answered.asking(0, FURTHER).skipping(0)
    assert skipped.skipped_last == 0
    assert skipped.bringing_back(0) == answered.asking(0, FURTHER)


def test_what_cant_be_asked_any_more_isnt_skipped_and_those_skipped_before_it_come_back() -> None:
    gone = interview(questions=3).skipping(0).over(1)
    assert (gone.at, gone.questions[1].skipped, gone.skipped_last) == (2, False, 0)
    answered = gone.with_answer(2, "one").asking(2, FURTHER).skipping(2)
    assert answered.skipped_last == 2
    in_vain = answered.bringing_back(2).over(2)
    assert in_vain.questions[2].further == ()
    assert (in_vain.at, in_vain.skipped_last) == (None, 0)
    assert not in_vain.after(9999).out_of_time().questions[1].skipped


def test_what_there_is_no_time_for_doesnt_come_back() -> None:
    skipped = interview(questions=3).with_answer(0, "one").over(0).skipping(1)
    assert skipped.after(600 - 75).skipped_last == 1
    assert skipped.after(600 - 74).out_of_time().skipped_last is None
    follow_up = interview().with_answer(0, "one").asking(0, FURTHER).skipping(0)
    assert follow_up.after(600 - FOLLOW_UP_TURN / 2).skipped_last == 0
    assert follow_up.after(600 - FOLLOW_UP_TURN / 2 + 1).skipped_last is None
    assert interview().skipping(0).after(9999).skipped_last == 0  # one question is always asked


def test_when_the_time_is_up_what_wasnt_asked_is_left_out() -> None:
    begun = interview(questions=3)
    assert begun.after(9999).out_of_time() == begun.after(9999)  # one question is always asked
    running = begun.with_answer(0, "one").over(0)
    assert running.after(600 - 75).out_of_time().at == 1  # half of it lies within the ten minutes
    ended = running.after(600 - 74).out_of_time()
    assert ended.at is None
    assert [one.skipped for one in ended.questions] == [False, True, True]


def test_it_comes_back_from_its_record_as_it_was() -> None:
    kept = interview().with_answer(0, "one").asking(0, FURTHER).having_said("opening/2").after(12.5)
    assert from_plain(Interview, to_plain(kept)) == kept
