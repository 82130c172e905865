from dataclasses import replace

import pytest

from rehearse.domain.coverage import Correction
from rehearse.domain.delivery import Filler, Hesitation, Pause
from rehearse.domain.transcript import Transcript
from rehearse.reports.moments import MomentKind, best_moments, clusters, weakest_moments
from tests.unit.history.support import spoken
from tests.unit.reports.support import (
    NO_LESSON,
    OTHER,
    SAID,
    C,
    M,
    T,
    all_three,
    answer,
    asked,
    figures,
    question,
    vague,
)


def test_the_best_are_the_surest_of_two_answers_and_two_sections() -> None:
    first = answer("a", all_three(), sure=0.9)
    second = answer("b", all_three(), sure=0.7)
    best = best_moments(asked([question("a"), question("b")], [first, second]))
    assert [(one.answer_id, one.about, one.number) for one in best] == [("a", "goal", 1), ("b", "steps", 2)]
    assert (best[0].words, best[0].start, best[0].first_word) == ("The goal was fewer wrong orders.", 0.0, 0)
    assert best[0].end == pytest.approx(2.32)
    assert best[0].why == "Goal came up. The mark is 90 % sure: it comes close to “It ran every night”."
    assert best[0].place == "question 1, 0:00 to 0:02"


def test_another_question_comes_before_another_answer_to_the_same() -> None:
    first, told = answer("a", all_three(lesson=M), sure=0.9), answer("b", {"lesson": C}, follow_up="a", sure=0.99)
    third = answer("c", all_three(), sure=0.6)
    best = best_moments(asked([question("a", "b"), question("c")], [first, told, third]))
    assert [(one.answer_id, one.about) for one in best] == [("b", "lesson"), ("c", "goal")]
    assert [one.answer_id for one in best_moments(asked([question("a", "b")], [first, told]))] == ["b", "a"]


def test_the_same_section_of_another_guide_is_another_section() -> None:
    first, second = answer("a", all_three(), sure=0.9), answer("b", all_three(), sure=0.7, guide=OTHER)
    best = best_moments(asked([question("a"), question("b", guide=OTHER)], [first, second]))
    assert [(one.answer_id, one.about) for one in best] == [("a", "goal"), ("b", "goal")]


def test_one_answer_alone_gives_two_sections() -> None:
    best = best_moments(asked([question("a")], [answer("a", all_three(lesson=M))]))
    assert [one.about for one in best] == ["goal", "steps"]
    assert len(best_moments(asked([question("a")], [answer("a", all_three(M, C, M))]))) == 1
    assert best_moments(asked([question("a")], [answer("a", all_three(M, M, T))])) == ()


def test_what_came_up_when_asked_is_found_in_that_answer() -> None:
    told = answer("b", {"lesson": C}, follow_up="a", sure=0.99)
    best = best_moments(asked([question("a", "b")], [answer("a", all_three(M, M, M)), told]))
    assert [(one.answer_id, one.asked) for one in best] == [("b", "And the lesson?")]
    assert best[0].why.startswith("Lesson came up, when you were asked. The mark is 99 % sure")


def test_the_users_own_word_counts_and_is_called_so() -> None:
    mine = answer("a", all_three(M, M, M))
    mine = replace(mine, corrections=(Correction("goal", "covered", mine.transcript.quote(0, 6)),))
    (best,) = best_moments(asked([question("a")], [mine]))
    assert best.why == "Goal came up. That is your own word."
    assert [one.about for one in weakest_moments(asked([question("a")], [mine]))] == ["steps", "lesson"]


def test_the_weakest_are_a_section_left_out_then_a_mistake_of_another_answer() -> None:
    first = answer("a", all_three(C, T, M), mistakes=(NO_LESSON, vague()))
    second = answer("b", all_three(), mistakes=(vague((0, 4)),))
    weakest = weakest_moments(asked([question("a"), question("b")], [first, second]))
    assert [(one.kind, one.answer_id, one.about) for one in weakest] == [
        (MomentKind.MISSING, "a", "lesson"),
        (MomentKind.MISTAKE, "b", "vague"),
    ]
    missing, mistake = weakest
    assert (missing.words, missing.start, missing.place) == ("", None, "question 1"), "nothing was said there"
    assert missing.asked == "What did you ship?"
    assert missing.why == "Lesson didn't come up. Say a sentence about it: what was learned."
    assert (mistake.words, mistake.why) == (
        "The goal was fewer",
        "Hardly anything is named. Name what you used.",
    )


def test_that_a_section_was_left_out_is_told_once() -> None:
    lacking = replace(NO_LESSON, evidence=(spoken(SAID).quote(0, 3),))
    weakest = weakest_moments(asked([question("a")], [answer("a", all_three(lesson=M), mistakes=(lacking,))]))
    assert [one.kind for one in weakest] == [MomentKind.MISSING]


def test_the_section_with_the_largest_share_comes_first_and_left_out_before_touched() -> None:
    sections = tuple(
        replace(section, share=(0.1, {"goal": 0.2, "steps": 0.6, "lesson": 0.3}[section.id]))
        for section in OTHER.sections
    )
    for marks, expected in (
        (all_three(M, M, M), ["steps", "lesson"]),
        (all_three(M, T, T), ["goal", "steps"]),
        (all_three(T, T, T), ["steps", "lesson"]),
    ):
        (one,) = asked([question("a")], [answer("a", marks)])
        one = replace(one, guide=replace(OTHER, sections=sections))
        assert [moment.about for moment in weakest_moments([one])] == expected


def test_a_section_that_was_asked_about_in_vain_says_so() -> None:
    vain = answer("b", {"lesson": M}, follow_up="a")
    (weakest,) = weakest_moments(asked([question("a", "b")], [answer("a", all_three(lesson=M)), vain]))
    assert weakest.why.startswith("Lesson didn't come up, not even when you were asked.")


def test_the_longest_pause_and_the_densest_fillers_weigh_a_second_a_filler() -> None:
    pauses = (Pause(2.0, 5.0), Pause(7.0, 12.0))
    late = spoken(SAID, pace=1.0)
    slow = answer("a", all_three(), said=late, delivery=figures(pauses=pauses))
    (weakest,) = weakest_moments(asked([question("a")], [slow]))
    assert (weakest.kind, weakest.start, weakest.end, weakest.title) == (
        MomentKind.PAUSE,
        7.0,
        12.0,
        "5 seconds of silence",
    )
    assert weakest.words.count(" … ") == 1
    filled = answer("b", all_three(), delivery=figures(fillers=(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)))
    (weakest,) = weakest_moments(asked([question("a"), question("b")], [slow, filled]))
    assert (weakest.kind, weakest.answer_id, weakest.title) == (MomentKind.FILLERS, "b", "6 fillers in a row")
    assert weakest.why.startswith("Within 5 seconds: “um”, “um”")
    assert weakest.first_word == 2


def test_a_pause_before_a_section_says_which() -> None:
    delivery = replace(figures(pauses=(Pause(7.0, 12.0),)), hesitations=(Hesitation("steps", 12.5, 5.0, 0),))
    slow = answer("a", all_three(), said=spoken(SAID, pace=1.0), delivery=delivery)
    assert weakest_moments(asked([question("a")], [slow]))[0].why.endswith("just before Steps.")


def test_short_pauses_and_scattered_fillers_are_nothing_to_speak_of() -> None:
    calm = answer("a", all_three(), delivery=figures(pauses=(Pause(1.0, 4.5),), fillers=(0.0, 4.0)))
    assert weakest_moments(asked([question("a")], [calm])) == ()
    apart = [Filler("um", at, 0, 1) for at in (0.0, 6.0, 12.0, 18.0)]
    assert list(clusters(apart)) == []
    assert [len(close) for close in clusters([*apart, Filler("um", 19.0, 0, 1)])] == [3]


def test_typed_answers_have_moments_without_a_place() -> None:
    typed = answer("a", all_three(T, C, C), said=Transcript.typed(SAID))
    found = [*best_moments(asked([question("a")], [typed])), *weakest_moments(asked([question("a")], [typed]))]
    assert [(one.start, one.playable, bool(one.words)) for one in found] == [(None, False, True)] * 3


@pytest.mark.parametrize("gone", [True, False])
def test_of_an_answer_that_is_gone_or_too_short_there_is_no_moment(gone: bool) -> None:
    short = answer("a", all_three(M, M, M), judged=False)
    told = asked([question("a"), question(None, skipped=True)], [] if gone else [short])
    assert best_moments(told) == weakest_moments(told) == ()
