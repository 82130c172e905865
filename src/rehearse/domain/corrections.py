"""The user's word on a mark: what turning it around says, what follows for the mistakes that rest on it, and where the
words that it points at stand once they were heard better.
"""

from collections.abc import Iterable, Sequence

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Correction, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Quote, Transcript, plain_word

REACH = 20
"""Words on either side within which the sentence around a word is looked for."""
SHIFT = 1.0
"""Seconds by which two hearings of the same sound may place a word apart."""


def turned_around(
    mark: SectionMark | MistakeMark,
    transcript: Transcript,
    word: int | None = None,
    earlier: Sequence[Correction] = (),
) -> Correction:
    """The opposite of a mark.

    Args:
        mark: as it stands.
        transcript: of its answer.
        word: pointed at: a section that is ticked gets the sentence around it.
        earlier: corrections of the same answer; without a word the section gets those that the user last pointed at.
    """
    if isinstance(mark, MistakeMark):
        made = MistakeState.AVOIDED if mark.state is MistakeState.MADE else MistakeState.MADE
        return Correction(mark.mistake_id, made.value)
    if mark.state is SectionState.COVERED:
        return Correction(mark.section_id, SectionState.MISSING.value)
    quote = next((one.quote for one in reversed(earlier) if one.mark_id == mark.section_id and one.quote), None)
    if word is not None:
        quote = transcript.quote(*sentence_around(transcript, word))
    return Correction(mark.section_id, SectionState.COVERED.value, quote)


def sentence_around(transcript: Transcript, word: int) -> tuple[int, int]:
    """First word and end of the sentence that a word stands in, cut at `REACH` words."""
    words = transcript.words
    first, end = word, word + 1
    while first > 0 and not words[first - 1].ends_sentence and word - first < REACH:
        first -= 1
    while end < len(words) and not words[end - 1].ends_sentence and end - word < REACH:
        end += 1
    return first, end


def same_word(word: int | None, before: Transcript, now: Transcript) -> int | None:
    """Where a word of a transcript stands in a later hearing of the same sound; None where it doesn't have it.

    Args:
        word: index into the words of `before`; None, and one that no word has, is none here either.
        before: timed, as `now` is.
        now: what was heard since.
    """
    if word is None or not 0 <= word < len(before.words):
        return None
    if before == now:
        return word
    wanted = before.words[word]
    near = [
        index
        for index, one in enumerate(now.words)
        if plain_word(one.text) == plain_word(wanted.text) and abs(one.start - wanted.start) <= SHIFT
    ]
    return min(near, key=lambda index: abs(now.words[index].start - wanted.start), default=None)


def same_words(words: Iterable[int], before: Transcript, now: Transcript) -> tuple[int, ...]:
    """The same of several; those that the later hearing doesn't have are left out."""
    found = [there for word in words if (there := same_word(word, before, now)) is not None]
    return tuple(found) if before == now else tuple(sorted(set(found)))


def same_quote(quote: Quote, before: Transcript, now: Transcript) -> Quote | None:
    """The words between the same first and last word in a later hearing; None where it doesn't have both, in order."""
    if before == now:
        return quote
    first, last = same_word(quote.first_word, before, now), same_word(quote.end_word - 1, before, now)
    return now.quote(first, last + 1) if first is not None and last is not None and first <= last else None


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
