"""The compression ladder."""

from dataclasses import replace

import pytest

from rehearse.domain.answer import Answer, Mode
from rehearse.domain.coverage import SectionState
from rehearse.drills.ladder import expendable, fell, fell_lines, leave_out_line, next_rung, rungs
from rehearse.drills.plans import RUNGS, rung_plan
from tests.unit.drills.support import GUIDE, PADDING, answer

WHOLE = f"The goal and the steps and the lesson {PADDING}"
SCENARIO = GUIDE.scenarios[0]


def on(seconds: int, text: str, number: int = 1) -> Answer:
    return replace(answer(text, number=number), settings={"answer_seconds": seconds})


def test_a_rung_has_its_time_and_a_grace_that_fits_it() -> None:
    plans = [rung_plan(GUIDE, SCENARIO, seconds, Mode.COACHED, series_id="s") for seconds in RUNGS]
    assert [plan.clock.answer for plan in plans] == [180, 120, 60, 30]
    assert [plan.clock.grace for plan in plans] == [20, 20, 10, 5]
    assert all(plan.question == SCENARIO.question and plan.series_id == "s" for plan in plans)


@pytest.mark.parametrize(("short", "shortened"), [(20, []), (60, [30]), (90, [60, 30])])
def test_a_rung_under_the_shortest_good_answer_is_no_attempt(short: int, shortened: list[int]) -> None:
    scenario = replace(SCENARIO, short_seconds=short)
    plans = [rung_plan(GUIDE, scenario, seconds, Mode.COACHED, series_id=None) for seconds in RUNGS]
    assert [plan.clock.answer for plan in plans if plan.shortened] == shortened


def test_it_goes_on_where_it_stood() -> None:
    assert next_rung(rungs((), GUIDE)) == 180
    assert next_rung(rungs([on(180, WHOLE), on(120, WHOLE)], GUIDE)) == 60
    assert next_rung(rungs([on(120, WHOLE)], GUIDE)) == 180, "its answer was deleted"
    assert next_rung(rungs([on(seconds, WHOLE) for seconds in RUNGS], GUIDE)) is None


def test_the_grid_shows_what_survives_and_where_the_rest_fell() -> None:
    ladder = rungs(
        [on(180, WHOLE), on(120, WHOLE), on(60, f"goal and steps {PADDING}"), on(30, f"goal {PADDING}")], GUIDE
    )
    assert [rung.survivors for rung in ladder] == [
        ("goal", "steps", "lesson"),
        ("goal", "steps", "lesson"),
        ("goal", "steps"),
        ("goal",),
    ]
    assert fell(ladder) == {"steps": 30, "lesson": 60}
    assert fell_lines(ladder, GUIDE) == ("Fell at 1:00: Lesson.", "Fell at 0:30: Steps.")
    assert ladder[3].cells["steps"].state is SectionState.MISSING
    evidence = ladder[0].cells["goal"].evidence
    assert evidence is not None
    assert "goal" in evidence.text


def test_a_rung_climbed_again_counts_as_it_went_last() -> None:
    ladder = rungs([on(180, f"goal {PADDING}"), on(180, WHOLE, 2)], GUIDE)
    assert ladder[0].survivors == ("goal", "steps", "lesson")


def test_the_lightest_section_that_no_mistake_hangs_on_goes_first() -> None:
    goal, steps, lesson = GUIDE.sections
    guide = replace(GUIDE, sections=(replace(goal, share=(0.2, 0.4)), replace(steps, share=(0.05, 0.1)), lesson))
    assert [section.id for section in expendable(guide)] == ["steps", "goal", "lesson"], "no-lesson is a mistake"
    kept_lesson = rungs([on(30, f"goal and lesson {PADDING}")], guide)
    assert leave_out_line(kept_lesson, guide, SCENARIO) == "At 0:30 you left out what can go best: Steps."
    lost_lesson = rungs([on(30, f"goal and steps {PADDING}")], guide)
    assert leave_out_line(lost_lesson, guide, SCENARIO) == (
        "At 0:30 better leave out Steps than Lesson: Steps should take at most 10 % of an answer, and no mistake hangs "
        "on it."
    )
    both_heavier = rungs([on(30, f"steps at least {PADDING}")], guide)
    assert leave_out_line(both_heavier, guide, SCENARIO).startswith("At 0:30 better leave out Steps than Lesson:")
    whole = rungs([on(30, WHOLE)], guide)
    assert leave_out_line(whole, guide, SCENARIO) == "All 3 sections survive 0:30: nothing has to go."
    assert leave_out_line(rungs((), guide), guide, SCENARIO) == ""


def test_where_there_is_time_for_all_nothing_is_best_left_out() -> None:
    line = leave_out_line(rungs([on(60, f"goal and steps {PADDING}")], GUIDE), GUIDE, SCENARIO)
    assert line == "1:00 is time enough for all of it, and Lesson didn't come up."
    nothing = leave_out_line(rungs([on(60, PADDING)], GUIDE), GUIDE, SCENARIO)
    assert nothing == "1:00 is time enough for all of it, and 3 of 3 sections didn't come up."


def test_silence_on_a_rung_is_no_verdict() -> None:
    ladder = rungs([on(180, WHOLE), on(120, "Um.")], GUIDE)
    assert not ladder[1].judged
    assert ladder[1].cells["goal"].state is None
    assert fell(ladder) == {}
