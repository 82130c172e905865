"""How the drills look, at 80x24. `pytest --snapshot-update` accepts a change that was meant."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot

from rehearse.delivery import measure
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.combined import follow_up_marks
from rehearse.domain.rehearsal import Plan, plan_for
from rehearse.domain.sound import EndedBy, SpeechSegment
from rehearse.domain.transcript import Transcript
from rehearse.drills.plans import RUNGS, anew_plan, round_plan, rung_plan
from rehearse.services import drills
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from tests.fakes import KeywordAssessor, ScriptedTranscriber, small_guide
from tests.snapshots.test_looks import LONG_AGO, settled, studio
from tests.ui.driving import ANSWER

__all__ = ["studio"]

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
SIZE = (80, 24)
ROUNDS = (
    "Well um we had the box somewhere in the kitchen and it stood there for a long while until somebody moved it",
    "The steps ran every night, I packed it in a box with Prometheus and um a red light went on in the kitchen",
    "The steps ran every night at two, I packed it in a box, and Prometheus lit a red lamp in the kitchen",
)
ANEW = (
    "Cooks kept plating dishes nobody had ordered, and so our goal came from that waste. I packed it in a box and it "
    "ran every night. The first lesson was to talk with the staff."
)


def said(studio: Studio, plan: Plan, text: str, minutes: int, seconds: float = 24.0) -> Answer:
    """A kept answer of a drill, spoken in so many seconds."""
    segment = SpeechSegment(np.zeros(1, np.float32), 0.5, seconds, 0.5, seconds, EndedBy.STOP)
    words = Transcript((ScriptedTranscriber([text]).transcribe(segment),), duration=seconds + 1, model="tiny.en")
    marks = follow_up_marks(KeywordAssessor(GUIDE).assess(words, SCENARIO, final=True), plan.follow_up_section)
    draft = studio.equipment.store.draft(
        guide_id=GUIDE.id,
        scenario_id=SCENARIO.id,
        question=plan.question,
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={"answer_seconds": plan.clock.answer},
        now=LONG_AGO + timedelta(minutes=minutes),
        follow_up_of=plan.follow_up_of,
        follow_up_section=plan.follow_up_section,
        series_id=plan.series_id,
    )
    return studio.equipment.store.complete(
        replace(
            draft,
            status=AnswerStatus.FINISHED,
            transcript=words,
            coverage=marks,
            delivery=measure(words, (), marks),
            recording=None,
        )
    )


def begun(studio: Studio, drill: drills.Drill) -> str:
    return drills.series_for(studio.equipment, drill, drills.Underway(), LONG_AGO).id


def looks(snap_compare: Any, studio: Studio, first: to.Destination, text: str) -> bool:
    app = RehearseApp(studio, first)

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot, text)

    return bool(snap_compare(app, terminal_size=SIZE, run_before=run))


def rounds(studio: Studio, number: int) -> None:
    series_id = begun(studio, drills.section_drill(GUIDE, "steps"))
    plan = round_plan(GUIDE, SCENARIO, "steps", Mode.COACHED, series_id=series_id)
    for minute, text in enumerate(ROUNDS[:number]):
        said(studio, plan, text, minute)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "enter begins"), (2, "say it again"), (3, "was best")], ids=["begin", "two", "three"]
)
def test_section_drill(snap_compare: Any, studio: Studio, number: int, text: str) -> None:
    rounds(studio, number)
    assert looks(snap_compare, studio, to.SectionDrill(GUIDE, "steps"), text)


def test_ladder(snap_compare: Any, studio: Studio) -> None:
    series_id = begun(studio, drills.ladder(GUIDE, SCENARIO.id))
    texts = (f"{ANSWER} The lesson was to ask.", ANSWER, "The goal was fewer wrong orders, and that is all of it today")
    for minute, (seconds, text) in enumerate(zip((180, 120, 30), texts, strict=True)):
        said(studio, rung_plan(GUIDE, SCENARIO, seconds, Mode.COACHED, series_id=series_id), text, minute)
    assert RUNGS == (180, 120, 60, 30)
    assert looks(snap_compare, studio, to.Ladder(GUIDE, SCENARIO), "next 1:00")


def test_said_anew(snap_compare: Any, studio: Studio) -> None:
    plan = plan_for(GUIDE, SCENARIO, Source.MICROPHONE)
    first = said(studio, plan, ANSWER, 0, 40.0)
    series_id = begun(studio, drills.said_anew(GUIDE, first))
    said(studio, anew_plan(plan, series_id=series_id), ANEW, 5, 40.0)
    assert looks(snap_compare, studio, to.SaidAnew(GUIDE, first), "take 2 of 2")


def test_a_typed_round(snap_compare: Any, studio: Studio) -> None:
    plan = round_plan(GUIDE, SCENARIO, "steps", Mode.COACHED, series_id=None)
    first = to.DrillRound(GUIDE, plan, "Section drill: Steps", "round 2 of 3", typed=True)
    assert looks(snap_compare, studio, first, "no words")
