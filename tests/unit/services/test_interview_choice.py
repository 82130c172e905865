"""Which questions help most."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rehearse.domain.coverage import SectionState
from rehearse.history.attempts import Attempt, Tried
from rehearse.history.suggestion import Practice, suggest
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.services.interview_choice import guide_candidates, usual_guides
from tests.fakes import small_guide

SMALL = small_guide()
GUIDE = replace(SMALL, scenarios=(SMALL.scenarios[0], replace(SMALL.scenarios[0], id="second")))
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ALL = {section.id: SectionState.COVERED for section in GUIDE.sections}


def attempt(days_ago: float, states: Mapping[str, SectionState], scenario: str | None = None) -> Attempt:
    name = scenario or GUIDE.scenarios[0].id
    return Attempt("x", GUIDE.id, name, NOW - timedelta(days=days_ago), states, {}, 90.0)


def practice(*attempts: Attempt) -> Practice:
    return Practice(GUIDE, attempts, {one.scenario_id: Tried(one.created_at, 1) for one in attempts})


def need(*attempts: Attempt, scenario: int = 0) -> float:
    return guide_candidates(practice(*attempts), [], NOW)[scenario].need


def why(*attempts: Attempt) -> str:
    return guide_candidates(practice(*attempts), [], NOW)[0].why


def test_weak_comes_before_untried_and_that_before_what_goes_well() -> None:
    weak = {**ALL, "goal": SectionState.MISSING, "lesson": SectionState.THIN}
    assert need(attempt(1, weak)) > need(attempt(1, ALL))
    assert need(attempt(1, weak), scenario=1) > need(scenario=1), "a weak guide's untried before a guide never tried"
    assert need() > need(attempt(1, ALL))
    assert need(attempt(9, ALL)) > need(attempt(1, ALL))


def test_what_was_never_tried_comes_before_what_was_tried_a_fortnight_ago() -> None:
    assert need(attempt(14, ALL), scenario=1) > need(attempt(14, ALL), attempt(14, ALL, "second"), scenario=1)
    assert need(attempt(40, ALL)) > need(attempt(14, ALL))


@pytest.mark.parametrize(
    "missed",
    [
        pytest.param((["lesson"],), id="one"),
        pytest.param((["goal", "lesson"],), id="two as weak: the one that takes more of an answer"),
        pytest.param((["goal"], ["goal", "lesson"], ["lesson"], ["lesson"]), id="the one left out most"),
        pytest.param((["goal"], *[["lesson"]] * 4, []), id="a habit outweighs what was left out long ago"),
    ],
)
def test_the_section_named_is_the_one_that_the_next_drill_names(missed: Sequence[Sequence[str]]) -> None:
    tried = [attempt(9 - n, {**ALL, **dict.fromkeys(names, SectionState.MISSING)}) for n, names in enumerate(missed)]
    sections = tuple(replace(one, share=(0.1, 0.9 if one.id == "lesson" else 0.3)) for one in GUIDE.sections)
    made = replace(practice(*tried), guide=replace(GUIDE, sections=sections))
    drill = suggest([made], NOW)
    assert drill is not None
    assert drill.section_id == "lesson"
    assert guide_candidates(made, [], NOW)[0].why.startswith("Lesson ")


def test_a_habit_weighs_more_than_a_single_answer() -> None:
    new_section = {"goal": SectionState.MISSING}
    tried = [attempt(9 - n, {"lesson": SectionState.MISSING}) for n in range(5)] + [attempt(1, new_section)]
    assert why(*tried) == "Lesson came up in none of the last 5 in which it was judged"


def test_answers_to_what_the_guide_no_longer_asks_do_not_count() -> None:
    weak = {**ALL, "goal": SectionState.MISSING}
    assert why(attempt(1, weak, "gone")) == "not tried yet"
    assert need(attempt(1, weak, "gone"), attempt(1, ALL)) == need(attempt(1, ALL))


def test_what_couldnt_be_heard_was_tried_all_the_same() -> None:
    assert why(attempt(1, dict.fromkeys(ALL, SectionState.UNCLEAR))) == "last tried yesterday"


def test_only_the_last_answers_tell_what_is_weak() -> None:
    weak = {**ALL, "goal": SectionState.MISSING}
    learned = [attempt(20, weak)] + [attempt(5 - n, ALL) for n in range(5)]
    assert need(*learned) == need(*learned[1:])


def test_cards_that_will_be_forgotten_by_the_day_count() -> None:
    def fading(known: float) -> float:
        outlook = [SectionOutlook(GUIDE.id, "goal", "Goal", 3, 3, known)]
        return guide_candidates(practice(attempt(1, ALL)), outlook, NOW)[0].need

    assert fading(0.2) > fading(0.9)


def test_the_reason_names_the_weakest_section_or_how_long_it_was() -> None:
    weak = {**ALL, "goal": SectionState.MISSING}

    assert why() == "not tried yet"
    assert why(attempt(1, weak)) == "Goal was left out"
    assert why(attempt(2, weak), attempt(1, weak)) == "Goal came up in none of your last 2"
    assert why(attempt(2, weak), attempt(1, ALL)) == "Goal came up in 1 of your last 2"
    assert why(attempt(3, weak), attempt(2, weak), attempt(1, {})) == (
        "Goal came up in none of the last 2 in which it was judged"
    )
    unheard = {**ALL, "goal": SectionState.UNCLEAR}
    assert why(attempt(3, weak), attempt(2, unheard), attempt(1, ALL)) == (
        "Goal came up in 1 of the last 2 in which it was heard"
    )
    assert why(attempt(0.1, ALL)) == "tried today"
    assert why(attempt(9, ALL)) == "last tried 9 days ago"


def test_times_are_those_of_the_settings() -> None:
    assert guide_candidates(practice(), [], NOW, think=7, answer=50)[0].seconds == 57


def test_where_few_guides_were_practised_others_of_their_field_are_asked_from_too() -> None:
    guides = [replace(GUIDE, id=name, field=field) for name, field in zip("abcdef", "xxyxxx", strict=True)]
    assert usual_guides(guides, {"b"}) == ["b", "a", "d"]
    assert usual_guides(guides, set()) == ["a", "b", "d"]
    assert usual_guides(guides, {"c", "a", "f", "e"}) == ["a", "c", "e", "f"]
