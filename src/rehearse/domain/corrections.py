"""What the user's word on a section means for the mistakes that rest on it."""

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Correction, MistakeState, SectionState
from rehearse.domain.guide import Guide


def implied_corrections(guide: Guide, answer: Answer, correction: Correction) -> tuple[Correction, ...]:
    """A section that did come up takes "didn't mention it" with it, and the other way round.

    They are kept before the correction itself, so that taking that back finds them.
    """
    if answer.coverage is None or correction.mark_id not in {section.id for section in guide.sections}:
        return ()
    covered = set(answer.coverage.corrected(answer.corrections).covered) - {correction.mark_id}
    if correction.state == SectionState.COVERED.value:
        covered.add(correction.mark_id)
    judged = {mark.mistake_id for mark in answer.coverage.mistakes}
    return tuple(
        Correction(mistake.id, (MistakeState.AVOIDED if covered & set(mistake.sections) else MistakeState.MADE).value)
        for mistake in guide.mistakes
        if mistake.detector == "section-missing" and correction.mark_id in mistake.sections and mistake.id in judged
    )
