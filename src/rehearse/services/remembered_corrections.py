"""The user's corrections as further examples of a guide: what was ticked or crossed out by hand, with its words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rehearse.coverage.classifier import Labelled
from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Correction, Coverage, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Quote

WEIGHT = 4.0
"""How many of the guide's own sentences one correction outweighs."""


@dataclass(frozen=True)
class Lesson:
    """A correction that something is learned of."""

    answer: Answer
    coverage: Coverage
    """The engine's own."""
    correction: Correction
    words: tuple[Quote, ...]
    """The sentences it is about, one at least."""

    @property
    def given(self) -> float:
        """When the user said so, in seconds since the epoch; of older corrections, when the answer was given."""
        return self.correction.given or self.answer.created_at.timestamp()


def lessons(guide: Guide, answers: Iterable[Answer]) -> list[Lesson]:
    """The last word on each section of each answer, in the order in which they were given; those that teach something.

    A section that the user ticked takes the words they pointed at, or those that nearly earned it. One that they
    crossed out leaves its words as an example of what doesn't serve it. Without words nothing is learned.
    """
    return sorted(_last_words(guide, answers), key=lambda lesson: lesson.given)


def _last_words(guide: Guide, answers: Iterable[Answer]) -> Iterator[Lesson]:
    for answer in answers:
        latest = {correction.mark_id: correction for correction in answer.corrections}
        for correction in latest.values():
            if answer.coverage is not None and (words := _taught(guide, answer.coverage, correction)):
                yield Lesson(answer, answer.coverage, correction, words)


def remembered_examples(guide: Guide, answers: Iterable[Answer]) -> list[Labelled]:
    """What the corrections of these answers teach, one sentence each; the later word on a sentence and a section wins.

    Of the other sections a sentence keeps what the engine saw in it last.
    """
    seen: dict[str, set[str]] = {}
    said: dict[str, dict[str, bool]] = {}
    for lesson in lessons(guide, answers):
        serves = lesson.correction.state == SectionState.COVERED.value
        for quote in lesson.words:
            seen[quote.text] = _served(lesson.coverage, quote)
            # Anew at the end: of words that share a stretch the latest decide.
            said[quote.text] = {**said.pop(quote.text, {}), lesson.correction.mark_id: serves}
    return [_example(text, seen[text], corrected) for text, corrected in said.items()]


def _example(text: str, seen: set[str], corrected: Mapping[str, bool]) -> Labelled:
    ticked = {section for section, serves in corrected.items() if serves}
    return Labelled(text, frozenset(seen - corrected.keys() | ticked), WEIGHT, frozenset(corrected))


def teaches(guide: Guide, coverage: Coverage | None, correction: Correction) -> bool:
    """Something is learned of it: it is about a section, and there are words."""
    return coverage is not None and bool(_taught(guide, coverage, correction))


def _taught(guide: Guide, coverage: Coverage, correction: Correction) -> tuple[Quote, ...]:
    """The words that something is learned of; none where the correction isn't about a section."""
    if correction.mark_id not in {section.id for section in guide.sections}:
        return ()
    if correction.quote is not None:
        return (correction.quote,)
    mark = coverage.section(correction.mark_id)
    if mark.state is SectionState.UNCLEAR:  # its evidence is where to listen, not what was said
        return ()
    return mark.evidence[:1] if correction.state == SectionState.COVERED.value else mark.evidence


def _served(coverage: Coverage, quote: Quote) -> set[str]:
    """Sections that the engine saw in the same words."""
    return {
        mark.section_id
        for mark in coverage.sections
        if mark.state is SectionState.COVERED
        for other in mark.evidence
        if other.first_word < quote.end_word and quote.first_word < other.end_word
    }
