"""What a friend is asked: one question for each of the engine's marks, in words that need no knowledge of the app."""

from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import MistakeState, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Quote

MOST_QUOTES = 2
"""Quotes of a mark that are shown; the first is the best."""

_SECTION_VERDICTS = {
    SectionState.COVERED: "This came up.",
    SectionState.THIN: "This was only touched: the word without the thing.",
    SectionState.MISSING: "This didn't come up.",
    SectionState.UNCLEAR: "This couldn't be made out: there was speech without clear words where it may have come up.",
}
_NO_MICROPHONE = "This couldn't be heard: the microphone was away for a while, and it may have come up then."
_MISTAKE_VERDICTS = {
    MistakeState.MADE: "This mistake was made.",
    MistakeState.AVOIDED: "This mistake was avoided.",
}


@dataclass(frozen=True)
class Question:
    """One mark to agree with or not."""

    mark_id: str
    state: str
    """The engine's, as the mark has it."""
    title: str
    about: str
    """What the section or mistake is, "" where the guide is gone."""
    verdict: str
    """What the engine says, as a sentence."""
    reason: str
    """Why, for mistakes; may be ""."""
    quotes: tuple[Quote, ...]


def section_questions(answer: Answer, guide: Guide | None) -> Iterator[Question]:
    """The sections in the guide's order, with the engine's own marks: the user's corrections aren't asked about."""
    known = {section.id: section for section in guide.sections} if guide else {}
    for mark in answer.coverage.sections if answer.coverage else ():
        section = known.get(mark.section_id)
        yield Question(
            mark.section_id,
            mark.state.value,
            section.title if section else mark.section_id,
            section.summary if section else "",
            _NO_MICROPHONE if mark.unheard and not mark.evidence else _SECTION_VERDICTS[mark.state],
            "",
            mark.evidence[:MOST_QUOTES],
        )


def mistake_questions(answer: Answer, guide: Guide | None) -> Iterator[Question]:
    """The mistakes likewise; those that weren't settled aren't asked about."""
    known = {mistake.id: mistake for mistake in guide.mistakes} if guide else {}
    for mark in answer.coverage.mistakes if answer.coverage else ():
        if mark.state is MistakeState.OPEN:
            continue
        mistake = known.get(mark.mistake_id)
        yield Question(
            mark.mistake_id,
            mark.state.value,
            mistake.title if mistake else mark.mistake_id,
            f"Better: {mistake.instead}" if mistake else "",
            _MISTAKE_VERDICTS[mark.state],
            mark.reason,
            mark.evidence[:MOST_QUOTES],
        )
