"""Which words of a transcript are lit for a review: the evidence of sections and of mistakes."""

from rehearse.domain.coverage import Coverage, MistakeState, SectionState
from rehearse.domain.guide import Guide
from rehearse.ui.glyphs import section_class
from rehearse.ui.widgets.transcript_view import Highlight


def highlights(guide: Guide, marks: Coverage) -> tuple[Highlight, ...]:
    """Sections in their colour and letter, mistakes with an exclamation mark."""
    order = {section.id: index for index, section in enumerate(guide.sections)}
    found = [
        Highlight(
            quote.first_word,
            quote.end_word,
            section_class(order[mark.section_id]),
            guide.section(mark.section_id).letter,
        )
        for mark in marks.sections
        if mark.state in (SectionState.COVERED, SectionState.THIN)
        for quote in mark.evidence
    ]
    found += [
        Highlight(quote.first_word, quote.end_word, "mistake", "!")
        for mark in marks.mistakes
        if mark.state is MistakeState.MADE
        for quote in mark.evidence
    ]
    return tuple(found)
