"""Which questions help most."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rehearse.domain.coverage import SectionState
from rehearse.history.attempts import Attempt
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.services.interview_choice import guide_candidates, usual_guides
from tests.fakes import small_guide

GUIDE = small_guide()
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ALL = {section.id: SectionState.COVERED for section in GUIDE.sections}


def attempt(days_ago: float, states: Mapping[str, SectionState], scenario: str | None = None) -> Attempt:
    name = scenario or GUIDE.scenarios[0].id
    return Attempt("x", GUIDE.id, name, NOW - timedelta(days=days_ago), states, {}, 90.0)


def need(*attempts: Attempt) -> float:
    return guide_candidates(GUIDE, attempts, [], NOW)[0].need


def test_weak_comes_before_untried_and_that_before_what_goes_well() -> None:
    weak = {**ALL, "goal": SectionState.MISSING, "lesson": SectionState.THIN}
    assert need(attempt(1, weak)) > need(attempt(1, ALL))
    assert need() > need(attempt(1, ALL))
    assert need(attempt(9, ALL)) > need(attempt(1, ALL))


def test_only_the_last_answers_tell_what_is_weak() -> None:
    weak = {**ALL, "goal": SectionState.MISSING}
    learned = [attempt(20, weak)] + [attempt(5 - n, ALL) for n in range(5)]
    assert need(*learned) == need(*learned[1:])


def test_cards_that_will_be_forgotten_by_the_day_count() -> None:
    def fading(known: float) -> float:
        outlook = [SectionOutlook(GUIDE.id, "goal", "Goal", 3, 3, known)]
        return guide_candidates(GUIDE, [attempt(1, ALL)], outlook, NOW)[0].need

    assert fading(0.2) > fading(0.9)


def test_the_reason_names_the_weakest_section_or_how_long_it_was() -> None:
    weak = {**ALL, "goal": SectionState.MISSING}

    def why(*attempts: Attempt) -> str:
        return guide_candidates(GUIDE, attempts, [], NOW)[0].why

    assert why() == "not tried yet"
    assert why(attempt(1, weak)) == "Goal was left out"
    assert why(attempt(2, weak), attempt(1, weak)) == "Goal came up in none of your last 2"
    assert why(attempt(2, weak), attempt(1, ALL)) == "Goal came up in 1 of your last 2"
    assert why(attempt(0.1, ALL)) == "tried today"
    assert why(attempt(9, ALL)) == "last tried 9 days ago"


def test_times_are_those_of_the_settings() -> None:
    assert guide_candidates(GUIDE, [], [], NOW, think=7, answer=50)[0].seconds == 57


def test_where_few_guides_were_practised_others_of_their_field_are_asked_from_too() -> None:
    guides = [replace(GUIDE, id=name, field=field) for name, field in zip("abcdef", "xxyxxx", strict=True)]
    assert usual_guides(guides, {"b"}) == ["b", "a", "d"]
    assert usual_guides(guides, set()) == ["a", "b", "d"]
    assert usual_guides(guides, {"c", "a", "f", "e"}) == ["a", "c", "e", "f"]
