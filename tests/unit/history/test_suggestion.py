"""Each rule by which the next drill is chosen; `weighing` has the table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import timedelta

import pytest

from rehearse.domain.coverage import MistakeState, SectionState
from rehearse.domain.guide import Guide, Mistake, SampleSentence, Scenario, Section
from rehearse.history.attempts import Attempt, Tried
from rehearse.history.suggestion import Practice, Suggestion, suggest
from rehearse.history.weighing import FAR, LAST, NEAR, absence, likelihood, need, weights
from tests.unit.history.support import NOW

GUIDE = Guide(
    "g", "G", "q", "f", "s", (),
    tuple(
        Section(name, name.title(), "s", "a", "f", examples=("a", "b", "c"), share=(0.1, share))
        for name, share in (("context", 0.2), ("deployment", 0.4), ("monitoring", 0.3))
    ),
    (Mistake("vague", "Too vague", "i", "vague"),),
    (
        Scenario("hard", "Hard one", 3, "q", "w", (SampleSentence("s"),)),
        Scenario("easy", "Easy one", 1, "q", "w", (SampleSentence("s"),)),
    ),
)  # fmt: skip
OTHER = replace(GUIDE, id="other")
ALL = {"context": "covered", "deployment": "covered", "monitoring": "covered"}


def attempt(scenario: str, days_ago: float = 0, *, vague: bool = False, **sections: str) -> Attempt:
    states = {name: SectionState(state) for name, state in {**ALL, **sections}.items()}
    mistakes = {"vague": MistakeState.MADE if vague else MistakeState.AVOIDED}
    return Attempt("id", "g", scenario, NOW - timedelta(days=days_ago), states, mistakes, 60)


def practice(*attempts: Attempt, guide: Guide = GUIDE) -> Practice:
    judged = Counter(one.scenario_id for one in attempts if one.sections)
    last = {one.scenario_id: one.created_at for one in attempts}
    return Practice(guide, attempts, {name: Tried(at, judged[name]) for name, at in last.items()})


def best(*practised: Practice | Sequence[Attempt], days_left: int | None = None) -> Suggestion:
    found = suggest([one if isinstance(one, Practice) else practice(*one) for one in practised], NOW, days_left)
    assert found is not None
    return found


def test_without_any_practice_nothing_is_proposed() -> None:
    assert suggest([], NOW) is None


def test_where_nothing_was_judged_the_easiest_scenario_comes_first() -> None:
    unjudged = replace(attempt("hard"), sections={}, mistakes={})
    for tried in ([unjudged], [attempt("of an older guide")]):
        found = best(tried)
        assert (found.scenario_id, found.why) == ("easy", "Start with “Easy one”: nothing has been tried yet.")


def test_the_section_most_often_left_out_of_late_where_it_was_left_out_last() -> None:
    tried = [
        attempt("hard", vague=True),
        *[attempt("easy", monitoring="missing", context="thin")] * 2,
        attempt("hard", monitoring="missing"),
        *[attempt("easy")] * 2,
    ]
    found = best(tried)
    assert (found.guide_id, found.scenario_id, found.section_id) == ("g", "hard", "monitoring")
    assert found.why == "Monitoring came up in 2 of your last 5 answers."
    assert found.reason == "Monitoring in 2 of 5 answers"


def test_one_answer_is_spoken_of_as_one_and_none_as_none() -> None:
    once = best([attempt("easy", monitoring="missing")])
    assert (once.why, once.reason) == ("Monitoring didn't come up in your last answer.", "Monitoring didn't come up")
    touched = best([attempt("easy", monitoring="thin")])
    assert (touched.why, touched.reason) == (
        "Monitoring was only touched in your last answer.",
        "Monitoring was only touched",
    )
    assert best([attempt("easy", monitoring="thin")] * 3).reason == "Monitoring in none of 3 answers"


def test_answers_that_dont_count_lie_between_those_that_do() -> None:
    left_out, unjudged = attempt("easy", monitoring="missing"), replace(attempt("hard"), sections={}, mistakes={})
    unheard = attempt("easy", monitoring="unclear")
    assert best([left_out, unjudged]).why == "Monitoring didn't come up in the last answer in which it was judged."
    assert best([left_out, unheard]).why == "Monitoring didn't come up in the last answer in which it was heard."
    assert best([left_out, unjudged, left_out, unheard]).why == (
        "Monitoring came up in none of the last 2 answers in which it was judged."
    )
    assert best([unjudged, unheard, left_out]).why == "Monitoring didn't come up in your last answer."


def test_a_mistake_isnt_said_of_the_last_answers_where_it_wasnt_judged_in_one() -> None:
    vague, unjudged = attempt("easy", vague=True), replace(attempt("hard"), sections={}, mistakes={})
    tried = [vague, attempt("hard", vague=True), unjudged]
    assert best(tried).why == "“Too vague” happened in 2 of the last 2 answers in which it was judged."
    still_open = replace(attempt("hard"), mistakes={"vague": MistakeState.OPEN})
    assert (
        best([vague, still_open, vague]).why
        == "“Too vague” happened in 2 of the last 2 answers in which it was judged."
    )
    assert best([unjudged, vague, vague]).why == "“Too vague” happened in 2 of your last 2 answers."


def test_of_two_sections_as_weak_the_one_that_should_take_more_time_comes_first() -> None:
    assert best([attempt("easy", context="missing", deployment="missing")]).section_id == "deployment"


def test_the_weakest_section_of_all_guides_wins_over_the_guide_practised_last() -> None:
    last = practice(attempt("easy"), attempt("easy", context="missing"))
    weaker = practice(*[attempt("hard", monitoring="missing")] * 4, guide=OTHER)
    assert best(last, weaker).guide_id == "other"
    assert best(weaker, last).guide_id == "other"


def test_a_mistake_counts_from_two_times_on_and_less_than_a_section_as_often() -> None:
    found = best([attempt("easy", vague=True), attempt("hard", vague=True), attempt("easy")])
    assert (found.scenario_id, found.mistake_id) == ("easy", "vague")
    assert (found.why, found.reason) == (
        "“Too vague” happened in 2 of your last 3 answers.",
        "“Too vague” in 2 of 3 answers",
    )
    assert best([attempt("easy", vague=True)]).mistake_id is None
    assert best([attempt("easy", vague=True, context="missing")] * 2).section_id == "context"


def test_what_was_never_tried_comes_before_one_slip_in_five() -> None:
    slip = [attempt("easy", context="missing"), *[attempt("easy")] * 4]
    assert best(slip).why == "“Hard one” hasn't been tried yet."


def test_at_last_what_was_tried_longest_ago() -> None:
    found = best([attempt("hard", 12), attempt("easy", 3)])
    assert (found.scenario_id, found.why, found.reason) == (
        "hard", "“Hard one” was last tried 12 days ago.", "last tried 12 days ago",
    )  # fmt: skip
    assert best([attempt("hard", 90), attempt("easy", 3)]).reason == "last tried on 2026-08-25"
    assert best([attempt("hard", 1.5), attempt("easy")]).reason == "last tried yesterday"
    assert best([attempt("hard", 0.2), attempt("easy")]).reason == "last tried earlier today"
    assert best([attempt("hard", -3), attempt("easy", -3)]).reason == "last tried earlier today"


def test_the_longer_a_guide_lies_idle_the_more_its_weakness_weighs() -> None:
    fresh = practice(*[attempt("easy", context="missing")] * 2, *[attempt("hard")] * 2)
    idle = [attempt("easy", 40, context="missing"), *[attempt("hard", 40)] * 3]
    assert best(fresh, practice(*idle, guide=OTHER)).guide_id == "other"
    recent = [replace(one, created_at=NOW) for one in idle]
    assert best(fresh, practice(*recent, guide=OTHER)).guide_id == "g"


def test_near_the_interview_breadth_comes_before_polish() -> None:
    polish = practice(*[attempt("easy", vague=True)] * 4, attempt("hard"))
    untried = practice(attempt("easy"), guide=OTHER)
    assert best(polish, untried).mistake_id == "vague"
    found = best(polish, untried, days_left=3)
    assert (found.guide_id, found.scenario_id) == ("other", "hard")
    assert found.reason == "not tried yet, interview in 3 days"
    weak = practice(*[attempt("easy", context="missing")] * 5)
    assert best(weak, untried, days_left=3).section_id == "context", "what is never said stays the weakest"


def test_far_from_the_interview_its_date_changes_nothing() -> None:
    polish = practice(*[attempt("easy", vague=True)] * 4, attempt("hard"))
    untried = practice(attempt("easy"), guide=OTHER)
    assert best(polish, untried, days_left=14) == best(polish, untried) == best(polish, untried, days_left=400)


@pytest.mark.parametrize(("days_left", "day"), [(1, "tomorrow"), (0, "today")])
def test_on_the_last_day_nothing_new_is_begun(days_left: int, day: str) -> None:
    found = best([attempt("easy", 5), attempt("easy", 4)], days_left=days_left)
    assert (found.scenario_id, found.reason) == ("easy", "once more, it is what you practise most")
    assert found.why == f"The interview is {day}: “Easy one” is what you have practised most."


def test_on_the_last_day_the_question_most_likely_asked_counts_for_more() -> None:
    likely = practice(*[attempt("easy", context="missing")] * 6, *[attempt("easy", context="missing")] * 3)
    unlikely = practice(attempt("hard", 30, context="missing"), guide=OTHER)
    mended = practice(*[attempt("easy", context="missing")] * 2, *[attempt("easy")] * 7)
    assert best(unlikely, likely, days_left=1).guide_id == "g"
    assert best(unlikely, mended, days_left=1).section_id == "context", "a weakness before a repetition"
    assert best(unlikely, mended, days_left=1).guide_id == "other"


def test_the_weights_go_over_evenly_from_far_to_near() -> None:
    assert weights(None) == weights(14) == weights(30) == FAR
    assert weights(2) == NEAR
    assert weights(1) == weights(0) == LAST
    middle = weights(8)
    assert astuple(middle) == pytest.approx((1.0, 0.75, 0.485, 0.0, 0.45))


def test_the_parts_of_the_score() -> None:
    assert need(1, 1) == 0.5
    assert need(5, 5) == pytest.approx(0.8333, abs=1e-4)
    assert absence(0) == absence(-2) == 0
    assert absence(14) == 0.5
    assert absence(28) == 0.75
    assert likelihood(3, 4) == 0.875
    assert likelihood(0, 0) == 1
