"""Which section to drill, from an answer and the mark that is looked at."""

from rehearse.domain.advice import weakest_section
from rehearse.domain.answer import Answer
from rehearse.domain.coverage import MistakeMark, SectionMark
from rehearse.domain.guide import Guide


def section_to_drill(guide: Guide, answer: Answer, mark: SectionMark | MistakeMark | None) -> str | None:
    """The section of the mark, or the one whose absence made the mistake; else what the answer itself was asked about,
    or left out; None where nothing asks for it.
    """
    ids = [section.id for section in guide.sections]
    if isinstance(mark, SectionMark) and mark.section_id in ids:
        return mark.section_id
    if isinstance(mark, MistakeMark):
        told = next((one for one in guide.mistakes if one.id == mark.mistake_id), None)
        if told is not None and told.sections:
            return told.sections[0]
    if answer.follow_up_section in ids:
        return answer.follow_up_section
    weakest = weakest_section(guide, answer)
    return weakest.id if weakest else None
