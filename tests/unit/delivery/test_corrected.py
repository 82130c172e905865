from dataclasses import replace

from rehearse.delivery import as_corrected, measure
from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.coverage import Correction, Coverage, SectionMark, SectionState
from rehearse.domain.delivery import Stretch
from tests.unit.history.support import NOW, spoken

SAID = spoken("the goal was clear to all of us. now we put it live", pace=1.0)
MARKS = Coverage(
    (
        SectionMark("goal", SectionState.COVERED, (SAID.quote(0, 8),)),
        SectionMark("steps", SectionState.MISSING),
    ),
    (),
)
ANSWER = Answer(
    "a", "g", "s", "q", NOW, Source.MICROPHONE, Mode.COACHED,
    transcript=SAID, coverage=MARKS, delivery=measure(SAID, (), MARKS),
)  # fmt: skip


def test_a_section_crossed_out_has_no_time_and_what_was_pointed_at_has() -> None:
    crossed_out = replace(ANSWER, corrections=(Correction("goal", "missing"),))
    figures = as_corrected(crossed_out)
    assert figures is not None
    assert figures.timeline == (Stretch(None, 0, 13),)
    pointed_at = Correction("steps", "covered", SAID.quote(8, 13))
    figures = as_corrected(replace(crossed_out, corrections=(*crossed_out.corrections, pointed_at)))
    assert figures is not None
    assert set(figures.seconds_by_section) == {"steps"}


def test_without_corrections_the_figures_are_those_kept() -> None:
    assert as_corrected(ANSWER) is ANSWER.delivery
    assert as_corrected(replace(ANSWER, delivery=None, corrections=(Correction("goal", "missing"),))) is None
