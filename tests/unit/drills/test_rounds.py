"""The section drill: rounds beside each other."""

from dataclasses import replace

from rehearse.domain.answer import Mode
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Term
from rehearse.domain.rehearsal import FROM_QUIZ
from rehearse.drills.details import details
from rehearse.drills.plans import round_plan
from rehearse.drills.rounds import best, difference, rounds, summary_line
from tests.unit.drills.support import GUIDE, PADDING, answer, transcript

FIRST = f"The box was late {PADDING}"
SECOND = f"Every night the steps ran on Prometheus with a red light in the kitchen {PADDING}"


def test_a_round_asks_for_its_section_alone_and_is_no_attempt() -> None:
    plan = round_plan(GUIDE, GUIDE.scenarios[0], "steps", Mode.COACHED, series_id="s1")
    assert (plan.question, plan.follow_up_section, plan.series_id) == ("And the steps?", "steps", "s1")
    assert plan.follow_up_of == FROM_QUIZ
    assert plan.clock.answer == 45
    follows = round_plan(GUIDE, GUIDE.scenarios[0], "steps", Mode.COACHED, follows="a9", series_id=None)
    assert follows.follow_up_of == "a9"


def test_what_came_in_and_fell_out_stands_in_its_own_words() -> None:
    one, two = rounds([answer(FIRST, section_id="steps"), answer(SECOND, number=2, section_id="steps")], "steps", GUIDE)
    change = difference(one, two)
    assert change.came_in == ("night the steps ran", "Prometheus", "red light", "kitchen")
    assert change.fell_out == ("box was late",)


def test_a_term_that_is_a_little_word_is_that_word() -> None:
    guide = replace(GUIDE, terms=(Term("IT"), Term("feature store")))
    said = details(transcript("We gave it to the feature store"), guide)
    assert [(one.key, one.is_term) for one in said] == [("gave", False), ("feature store", True)]


def test_the_same_words_in_another_form_are_no_change() -> None:
    one, two = rounds(
        [answer(f"We deployed printers {PADDING}"), answer(f"A printer we deploy {PADDING}")], "steps", GUIDE
    )
    assert difference(one, two).came_in == ()
    assert difference(one, two).fell_out == ()


def test_the_best_round_is_covered_in_time_says_much_and_hesitates_little() -> None:
    missing = answer(FIRST, seconds=30, number=1, section_id="steps")
    covered = answer(SECOND, seconds=30, number=2, section_id="steps")
    with_fillers = answer(f"um uh {SECOND}", seconds=30, number=3, section_id="steps")
    too_long = answer(f"{SECOND} with a blue lamp outside", seconds=50, number=4, section_id="steps")
    done = rounds([missing, covered, with_fillers], "steps", GUIDE)
    assert [one.state for one in done] == [SectionState.MISSING, SectionState.COVERED, SectionState.COVERED]
    top = best(done)
    assert top is not None
    assert top.number == 2
    assert [one.fillers for one in done] == [0, 0, 2]
    longer = best(rounds([covered, too_long], "steps", GUIDE))
    assert longer is not None
    assert longer.number == 1, "keeping the time counts more than saying more"
    assert best(()) is None


def test_the_summary_names_the_best_and_the_way() -> None:
    done = rounds(
        [answer(FIRST, seconds=30, section_id="steps"), answer(SECOND, seconds=30, number=2, section_id="steps")],
        "steps",
        GUIDE,
    )
    details = done[1].said
    assert summary_line(done) == (
        f"Round 2 was best: covered, {details} details, no fillers. It went from missing to covered."
    )
    assert summary_line(()) == ""


def test_too_few_words_are_not_judged() -> None:
    (one,) = rounds([answer("The steps.", section_id="steps")], "steps", GUIDE)
    assert one.state is None
    assert one.state_word == "too short"
    assert "Round 1 was best: too short" in summary_line([one])
