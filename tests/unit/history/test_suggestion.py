from datetime import timedelta

from rehearse.domain.coverage import MistakeState, SectionState
from rehearse.domain.guide import Guide, Mistake, SampleSentence, Scenario, Section
from rehearse.history.attempts import Attempt
from rehearse.history.suggestion import suggest
from tests.unit.history.support import NOW

GUIDE = Guide(
    "g", "G", "q", "f", "s", (),
    tuple(
        Section(name, name.title(), "s", "a", "f", examples=("a", "b", "c"))
        for name in ("context", "deployment", "monitoring")
    ),
    (Mistake("vague", "Too vague", "i", "vague"),),
    (
        Scenario("hard", "Hard one", 3, "q", "w", (SampleSentence("s"),)),
        Scenario("easy", "Easy one", 1, "q", "w", (SampleSentence("s"),)),
    ),
)  # fmt: skip
ALL = {"context": "covered", "deployment": "covered", "monitoring": "covered"}


def attempt(scenario: str, days_ago: float = 0, *, vague: bool = False, **sections: str) -> Attempt:
    states = {name: SectionState(state) for name, state in {**ALL, **sections}.items()}
    mistakes = {"vague": MistakeState.MADE if vague else MistakeState.AVOIDED}
    return Attempt("id", "g", scenario, NOW - timedelta(days=days_ago), states, mistakes, 60)


def test_the_first_drill_is_the_easiest_scenario() -> None:
    first = suggest([], GUIDE, NOW)
    assert (first.scenario_id, first.why) == ("easy", "Start with “Easy one”: nothing has been tried yet.")
    assert suggest([attempt("of an older guide")], GUIDE, NOW) == first


def test_the_weakest_section_of_late_comes_first() -> None:
    tried = [
        attempt("hard", vague=True),
        *[attempt("easy", monitoring="missing", context="thin")] * 2,
        attempt("hard", monitoring="missing"),
        *[attempt("easy")] * 2,
    ]
    best = suggest(tried, GUIDE, NOW)
    assert (best.scenario_id, best.section_id) == ("hard", "monitoring")
    assert best.why == "Monitoring came up in 2 of your last 5 answers."


def test_one_answer_is_spoken_of_as_one() -> None:
    assert (
        suggest([attempt("easy", monitoring="thin")], GUIDE, NOW).why
        == "Monitoring didn't come up in your last answer."
    )


def test_then_a_mistake_made_more_than_once() -> None:
    tried = [attempt("easy", vague=True), attempt("hard", vague=True), attempt("easy")]
    best = suggest(tried, GUIDE, NOW)
    assert (best.scenario_id, best.mistake_id) == ("easy", "vague")
    assert best.why == "“Too vague” happened in 2 of your last 3 answers."


def test_then_what_was_never_tried_and_at_last_what_was_tried_longest_ago() -> None:
    assert suggest([attempt("easy", vague=True)], GUIDE, NOW).why == "“Hard one” hasn't been tried yet."
    best = suggest([attempt("hard", 12), attempt("easy", 3)], GUIDE, NOW)
    assert best.scenario_id == "hard"
    assert best.why == "All sections come up of late; “Hard one” was last tried 12 days ago."
