"""How well a guide marks answers that people have labelled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.domain.agreement import Agreement, agreements
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.guides.labelled import LabelledAnswer
from rehearse.live.protocols import Assessor


@dataclass(frozen=True)
class Difference:
    """An answer that is marked otherwise than it was labelled, by ids of sections and mistakes."""

    answer_id: str
    too_many: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True)
class GuideMarks:
    """How marks and labels agree."""

    sections: tuple[Agreement, ...]
    mistakes: tuple[Agreement, ...]
    differences: tuple[Difference, ...]


def compare_with_labels(
    guide: Guide,
    engine: Assessor,
    answers: Sequence[LabelledAnswer],
    told: Callable[[int, int], object] = lambda *_: None,
) -> GuideMarks:
    """Mark the answers and compare; `told` hears how many are done, and of how many."""
    covered: list[frozenset[str]] = []
    made: list[frozenset[str]] = []
    for number, answer in enumerate(answers):
        told(number, len(answers))
        marks = engine.assess(Transcript.typed(answer.text), guide.scenario(answer.scenario), final=True)
        covered.append(frozenset(marks.covered))
        made.append(frozenset(marks.made))
    sections, mistakes = [one.id for one in guide.sections], [one.id for one in guide.mistakes]
    order = [*sections, *mistakes]
    differences = []
    for answer, ticked, faulted in zip(answers, covered, made, strict=True):
        got, wanted = ticked | faulted, answer.sections | answer.mistakes
        if got != wanted:
            too_many, missed = (tuple(one for one in order if one in part) for part in (got - wanted, wanted - got))
            differences.append(Difference(answer.id, too_many, missed))
    return GuideMarks(
        tuple(agreements(sections, [answer.sections for answer in answers], covered)),
        tuple(agreements(mistakes, [answer.mistakes for answer in answers], made)),
        tuple(differences),
    )
