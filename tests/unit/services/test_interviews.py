"""Interviews with the real store and content, a small guide and an engine that knows keywords."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearse.domain.answer import Answer
from rehearse.domain.combined import follow_up_marks
from rehearse.domain.series import SeriesKind
from rehearse.errors import InputError, StoreError
from rehearse.services.interview_turns import Turn
from rehearse.services.interviews import Interviews
from rehearse.services.kept_interview import KeptInterview
from rehearse.services.next_drill import next_drill
from rehearse.services.studio import Studio
from tests.fakes import ask_from, small_guide
from tests.interviewing import planned
from tests.ui.driving import ANSWER, fake_studio

GUIDE = small_guide()
GUIDE = replace(
    GUIDE, scenarios=(*GUIDE.scenarios, replace(GUIDE.scenarios[0], id="second", question="And the second thing?"))
)
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LESSON = "The lesson was that a box needs a label, and that somebody has to read it before it goes out at night."


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    studio = fake_studio(tmp_path)
    ask_from(studio.equipment, GUIDE)
    return studio


@pytest.fixture
def interviews(studio: Studio) -> Interviews:
    return studio.interviews


def begin(interviews: Interviews, *, follow_ups: int = 2, questions: int = 1) -> KeptInterview:
    plan = planned(interviews, [GUIDE.id], 10, follow_ups, NOW)
    return interviews.begin(replace(plan, questions=plan.questions[:questions]), NOW)


def answer(studio: Studio, turn: Turn, text: str) -> Answer:
    """Kept as a rehearsal would keep it, typed."""
    assert turn.plan is not None
    given = studio.mark_typed(GUIDE, turn.plan.scenario, text)
    assert given.coverage is not None
    given = replace(
        given,
        question=turn.plan.question,
        coverage=follow_up_marks(given.coverage, turn.plan.follow_up_section),
        follow_up_of=turn.plan.follow_up_of,
        follow_up_section=turn.plan.follow_up_section,
        series_id=turn.plan.series_id,
    )
    studio.equipment.store.save(given)
    return given


def without_guide(kept: KeptInterview, index: int) -> KeptInterview:
    """The guide of one of its questions is gone."""
    gone = replace(kept.interview.questions[index], guide_id="gone")
    return replace(kept, interview=kept.interview.changed(index, gone))


def test_an_interview_opens_asks_further_about_what_was_left_out_and_closes(
    studio: Studio, interviews: Interviews
) -> None:
    turn = interviews.next_turn(begin(interviews))
    assert turn.plan is not None
    assert "10 minutes" in turn.lead
    assert "one question" in turn.lead
    assert (turn.plan.question, turn.is_follow_up) == (GUIDE.scenarios[0].question, False)
    kept = interviews.answered(turn, answer(studio, turn, ANSWER), 90.0)
    turn = interviews.next_turn(kept)
    assert turn.plan is not None
    assert turn.is_follow_up
    assert (turn.plan.question, turn.plan.follow_up_section) == ("And the lesson?", "lesson")
    kept = interviews.answered(turn, answer(studio, turn, LESSON), 30.0)
    turn = interviews.next_turn(kept)
    assert turn.plan is None
    assert "thank" in turn.lead.lower()
    ended = interviews.ended(turn.kept, NOW + timedelta(minutes=3))
    assert interviews.get(ended.id) == ended
    assert [len(studio.equipment.series.answers(ended.id)), ended.interview.spent] == [2, 120.0]
    assert interviews.unfinished() is None


def test_what_is_said_next_is_known_before_the_answer_as_far_as_it_can_be(
    studio: Studio, interviews: Interviews
) -> None:
    turn = interviews.next_turn(begin(interviews, follow_ups=1, questions=2))
    acknowledged, led, asked = turn.next_said
    turn = interviews.next_turn(interviews.answered(turn, answer(studio, turn, ANSWER), 60.0))
    assert (turn.lead, turn.is_follow_up) == (acknowledged, True)
    turn = interviews.next_turn(interviews.answered(turn, answer(studio, turn, LESSON), 60.0))
    assert turn.plan is not None
    assert (turn.lead, turn.plan.question) == (led, asked)
    closing = turn.next_said[-1]
    turn = interviews.next_turn(interviews.answered(turn, answer(studio, turn, "No."), 9.0))
    assert (turn.lead, turn.plan) == (closing, None)


def test_one_that_was_broken_off_goes_on_where_it_stood(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(begin(interviews))
    given = answer(studio, turn, ANSWER)
    interviews.next_turn(interviews.answered(turn, given, 60.0))  # a follow-up is begun and never answered
    kept = studio.interviews.unfinished()
    assert kept is not None
    turn = studio.interviews.next_turn(kept, resumed=True)
    assert turn.plan is not None
    assert turn.plan.follow_up_of == given.id
    assert "back" in turn.lead
    assert kept.interview.questions[0].further == ()


def test_a_turn_knows_how_the_interview_stood_before_anything_was_said(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(begin(interviews))
    rescued = answer(studio, turn, ANSWER)
    turn = interviews.next_turn(turn.before, resumed=True)
    assert turn.is_follow_up
    assert turn.before.interview.questions[0].answer_id == rescued.id
    assert turn.before.interview.questions[0].further == ()
    again = interviews.next_turn(turn.before, resumed=True)
    assert (again.lead, again.plan) == (turn.lead, turn.plan)


def test_an_answer_that_was_cut_off_and_rescued_belongs_to_its_question(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(begin(interviews))
    rescued = answer(studio, turn, ANSWER)  # kept, and the interview wasn't told
    kept = interviews.unfinished()
    assert kept is not None
    turn = interviews.next_turn(kept, resumed=True)
    assert turn.plan is not None
    assert turn.plan.follow_up_of == rescued.id
    told = answer(studio, turn, LESSON)
    turn = interviews.next_turn(turn.kept)  # as after a crash: the follow-up's answer is there, and not known
    assert turn.plan is None
    assert [one.answer_id for one in turn.kept.interview.questions[0].further] == [told.id]


def test_a_question_whose_guide_is_gone_is_left_out(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(without_guide(begin(interviews, questions=2), 0))
    assert turn.index == 1
    assert (turn.kept.interview.questions[0].over, turn.kept.interview.questions[0].skipped) == (True, False)


@pytest.mark.parametrize("follow_ups", [0, 1])
def test_a_question_whose_successor_is_gone_is_asked(studio: Studio, interviews: Interviews, follow_ups: int) -> None:
    kept = without_guide(begin(interviews, follow_ups=follow_ups, questions=2), 1)
    for _ in range(follow_ups + 1):
        turn = interviews.next_turn(kept)
        assert turn.plan is not None
        assert turn.index == 0
        kept = interviews.answered(turn, answer(studio, turn, ANSWER), 60.0)
    assert interviews.next_turn(kept).plan is None


def test_a_skipped_question_comes_back_past_those_that_cant_be_asked_any_more(
    studio: Studio, interviews: Interviews
) -> None:
    kept = begin(interviews, follow_ups=0, questions=2)
    first, second = kept.interview.questions
    kept = replace(kept, interview=replace(kept.interview, questions=(first, second, first)))
    turn = interviews.next_turn(interviews.skipped(interviews.next_turn(kept), 5.0))
    turn = interviews.next_turn(without_guide(interviews.skipped(turn, 5.0), 1))  # skipped, and gone since
    assert turn.index == 2
    turn = interviews.next_turn(interviews.brought_back(turn.kept), resumed=True)
    assert turn.index == 2
    turn = interviews.next_turn(interviews.brought_back(turn.kept), resumed=True)
    assert turn.index == 0


@pytest.mark.parametrize("gone", ["the answer", "the guide"])
def test_follow_ups_brought_back_in_vain_arent_in_the_way_of_a_question(
    studio: Studio, interviews: Interviews, gone: str
) -> None:
    turn = interviews.next_turn(begin(interviews, questions=2))
    turn = interviews.next_turn(interviews.skipped(turn, 5.0))
    given = answer(studio, turn, ANSWER)
    turn = interviews.next_turn(interviews.answered(turn, given, 60.0))
    assert turn.is_follow_up
    turn = interviews.next_turn(interviews.skipped(turn, 5.0))
    assert turn.plan is None
    kept = turn.kept
    if gone == "the answer":
        studio.equipment.store.purge([given.id], whatever=True)
    else:
        kept = without_guide(kept, 1)
    assert kept.interview.skipped_last == 1
    turn = interviews.next_turn(interviews.brought_back(kept), resumed=True)
    assert (turn.plan, turn.kept.interview.skipped_last) == (None, 0)
    turn = interviews.next_turn(interviews.brought_back(turn.kept), resumed=True)
    assert turn.plan is not None
    assert turn.index == 0


def test_no_follow_up_is_asked_twice_nor_after_the_wanted_number(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(begin(interviews, follow_ups=3))
    kept = interviews.answered(
        turn, answer(studio, turn, "Nothing of it, just talk about the weather and the food we had there."), 9.0
    )
    asked = []
    while (turn := interviews.next_turn(kept)).plan is not None:
        asked.append(turn.plan.question)
        kept = interviews.answered(
            turn, answer(studio, turn, "I really couldn't tell you anything about that now, it has been too long."), 9.0
        )
    assert len(asked) == 3
    assert len(set(asked)) == 3


def test_without_follow_ups_none_is_asked_and_a_skipped_question_isnt_either(
    studio: Studio, interviews: Interviews
) -> None:
    turn = interviews.next_turn(begin(interviews, follow_ups=0, questions=2))
    assert turn.plan is not None
    first = turn.plan.scenario.id
    turn = interviews.next_turn(interviews.skipped(turn, 5.0))
    assert turn.plan is not None
    assert turn.plan.scenario.id != first
    turn = interviews.next_turn(interviews.answered(turn, answer(studio, turn, ANSWER), 60.0))
    assert turn.plan is None


def test_a_skipped_question_that_is_brought_back_is_asked_next_and_the_rest_after_it(
    studio: Studio, interviews: Interviews
) -> None:
    turn = interviews.next_turn(begin(interviews, follow_ups=0, questions=2))
    assert turn.plan is not None
    first = turn.plan.question
    turn = interviews.next_turn(interviews.skipped(turn, 5.0))
    kept = interviews.brought_back(turn.kept)
    assert interviews.get(kept.id) == kept
    turn = interviews.next_turn(kept, resumed=True)
    assert turn.plan is not None
    assert turn.plan.question == first
    turn = interviews.next_turn(interviews.answered(turn, answer(studio, turn, ANSWER), 60.0))
    assert turn.plan is not None
    assert (turn.index, turn.plan.question == first) == (1, False)
    assert interviews.brought_back(turn.kept) == turn.kept  # nothing is skipped


def test_an_answer_that_was_deleted_or_not_judged_isnt_asked_about(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(begin(interviews, questions=2))
    given = answer(studio, turn, ANSWER)
    kept = interviews.answered(turn, given, 60.0)
    studio.equipment.store.purge([given.id], whatever=True)
    turn = interviews.next_turn(kept)
    assert turn.plan is not None
    assert not turn.is_follow_up
    kept = interviews.answered(turn, answer(studio, turn, "No idea."), 5.0)
    assert interviews.next_turn(kept).plan is None


def test_nothing_that_was_said_stands_in_the_interviews_record(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(begin(interviews))
    kept = interviews.answered(
        turn,
        answer(studio, turn, "The goal was xylophones, with steps of zinc, and the lesson I kept was quartz."),
        9.0,
    )
    turn = interviews.next_turn(kept)
    interviews.ended(turn.kept, NOW)
    record = str(studio.equipment.series.get(kept.id).record)
    assert not any(word in record for word in ("xylophones", "zinc", "quartz"))


def test_a_damaged_record_isnt_in_the_way_of_a_plan(studio: Studio, interviews: Interviews) -> None:
    kept = begin(interviews)
    broken = studio.equipment.series.begin(SeriesKind.INTERVIEW, {"minutes": 10}, NOW + timedelta(days=1))
    assert interviews.unfinished() == kept
    assert interviews.choices(NOW).past == 1
    with pytest.raises(StoreError):
        interviews.get(broken.id)


def test_forgetting_an_interview_keeps_its_answers(studio: Studio, interviews: Interviews) -> None:
    turn = interviews.next_turn(begin(interviews))
    given = answer(studio, turn, ANSWER)
    interviews.delete(turn.kept.id)
    assert studio.equipment.store.get(given.id).series_id is None
    assert interviews.all() == []
    with pytest.raises(InputError):
        interviews.get(turn.kept.id)


def test_a_plan_is_made_of_what_is_kept_and_names_the_section_that_is_drilled_next(
    studio: Studio, interviews: Interviews
) -> None:
    never_tried = replace(GUIDE, id="another")
    ask_from(studio.equipment, never_tried, GUIDE)
    studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    now = datetime.now(UTC)
    drill = next_drill(studio.equipment, now)
    assert drill is not None
    assert (drill.guide.id, drill.suggestion.section_id) == (GUIDE.id, "lesson")
    plan = interviews.choices(now).planned(["another", GUIDE.id], 10, 1)
    assert plan is not None
    first, second = plan.questions[:2]
    assert (first.guide_id, first.scenario_id, first.why) == (GUIDE.id, "second", "Lesson was left out")
    assert (second.guide_id, second.why) == ("another", "not tried yet")
