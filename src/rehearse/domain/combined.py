"""The marks of what was said when asked further, and those of a question over it and the answer before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Coverage, SectionMark, SectionState

_BETTER = (SectionState.MISSING, SectionState.UNCLEAR, SectionState.THIN, SectionState.COVERED)
"""From worst to best."""


@dataclass(frozen=True)
class CombinedMark:
    """A section's best mark, and where it was earned."""

    mark: SectionMark
    answer_id: str
    """The answer whose words are the evidence."""
    when_asked: bool
    """It took a follow-up question."""

    @property
    def state(self) -> SectionState:
        """As the mark has it."""
        return self.mark.state


def combined(first: Answer, follow_ups: Sequence[Answer] = ()) -> tuple[CombinedMark, ...]:
    """The sections in the guide's order, the users' corrections applied; nothing where the first wasn't judged.

    What was said when asked counts, and is marked as such: a section is taken from a follow-up's answer where it fared
    better there.
    """
    if first.marks is None or not first.marks.judged:
        return ()
    best = {mark.section_id: CombinedMark(mark, first.id, when_asked=False) for mark in first.marks.sections}
    for answer in follow_ups:
        for mark in answer.marks.sections if answer.marks and answer.marks.judged else ():
            before = best.get(mark.section_id)
            if before is not None and _BETTER.index(mark.state) > _BETTER.index(before.state):
                best[mark.section_id] = CombinedMark(mark, answer.id, when_asked=True)
    return tuple(best.values())


def follow_up_marks(coverage: Coverage, section_id: str | None) -> Coverage:
    """The marks of an answer to a follow-up question: only its own section counts, and no mistakes are judged.

    Other sections stay as they came up, but none is called missing for a question that didn't ask for it.
    """
    if section_id is None:
        return coverage
    return replace(
        coverage,
        sections=tuple(
            mark for mark in coverage.sections if mark.section_id == section_id or mark.state is SectionState.COVERED
        ),
        mistakes=(),
    )
