"""From a mark to the page of the guide that tells more about it."""

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import MistakeMark, SectionMark


def page_of(mark: SectionMark | MistakeMark | None, answer: Answer) -> str:
    """Id of the chapter: the mark's section or mistake, else the scenario with its sample answer."""
    match mark:
        case SectionMark():
            return f"section:{mark.section_id}"
        case MistakeMark():
            return f"mistake:{mark.mistake_id}"
        case _:
            return f"scenario:{answer.scenario_id}"
