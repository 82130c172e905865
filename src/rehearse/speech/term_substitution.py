"""Naming: what a second decoding, with the guide's names in mind, may change in the first one without them.

Names given to Whisper bring unknown names out right, and bend everything else: ordinary words are glued into names,
sentences get lost. So the words are those of a decoding without names, and from the other one come only names of the
guide that sound like the words they replace, and fillers, which Whisper leaves out unless it hears somebody hesitate.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rehearse.domain.transcript import Word
from rehearse.speech.agreement import plain
from rehearse.speech.phonetics import letters, sounds
from rehearse.speech.term_recognition import TermRecogniser

_ALIKE = 0.6
"""Similarity by sound and letter, 0..1, that the words replaced must have with the name."""

_ALIKE_IF_LIKELY = 0.45
"""The same where the recogniser without names in mind finds the name likely too."""

_LIKELY = 0.3
"""Mean word probability from which it does."""

_ORDINARY_FROM = 0.9
"""Mean probability of the words from which they are taken for themselves, unless they sound just like the name."""

_FILLERS = frozenset({"um", "uh", "er", "umm", "uhm", "erm", "hmm"})
_FILLER_LIKELY = 0.15
"""Probability that a filler needs."""

_FILLER_ROOM = 0.3
"""Seconds that it needs between its neighbours: what takes no time wasn't said. Its own length in the alignment tells
little, which gives a tenth of a second to an "um" of half a second.
"""

_APART = 0.6
"""Seconds that two decodings may disagree on where a word stands."""


@dataclass(frozen=True)
class _Block:
    """Where the two decodings differ: `words[first:last]` against `other[other_first:other_last]`."""

    first: int
    last: int
    other_first: int
    other_last: int


def with_names(words: Sequence[Word], other: Sequence[Word], terms: TermRecogniser) -> tuple[Word, ...]:
    """The words, with names and fillers taken over from another decoding of the same sound.

    Args:
        words: as decoded without names in mind.
        other: as decoded with them. Its probabilities are those without, so that they count as evidence.
        terms: knows the names.
    """
    changes: list[tuple[int, int, tuple[Word, ...]]] = []
    for block in _blocks(words, other):
        changes += _names(words, other, block, terms)
        changes += _fillers(words, other, block)
    result = list(words)
    for first, last, instead in sorted(changes, key=lambda change: change[:2], reverse=True):
        result[first:last] = instead
    return tuple(result)


def _blocks(words: Sequence[Word], other: Sequence[Word]) -> Iterator[_Block]:
    ours, theirs = [plain(word.text) for word in words], [plain(word.text) for word in other]
    for kind, *limits in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _Block(*limits)


def _names(
    words: Sequence[Word], other: Sequence[Word], block: _Block, terms: TermRecogniser
) -> Iterator[tuple[int, int, tuple[Word, ...]]]:
    """Names of the other decoding that touch the block, each with the words that it replaces."""
    free = block.first
    for first, last, name in terms.spelled(other):
        if last <= block.other_first or first >= block.other_last:
            continue
        # A name may begin or end in words that both decodings share ("scikit" of "scikit learn").
        lowest = max(0, free - max(0, block.other_first - first))
        highest = min(len(words), block.last + max(0, last - block.other_last))
        found = _replaced(words, lowest, highest, other[first:last], name)
        if found is None:
            continue
        begin, end = found
        free = end
        yield begin, end, _instead(words[begin:end], other[first:last])


def _replaced(
    words: Sequence[Word], lowest: int, highest: int, name_words: Sequence[Word], name: str
) -> tuple[int, int] | None:
    """The run of words that sounds most like the name, if it sounds enough like it."""
    best, found = 0.0, None
    for begin in range(lowest, highest):
        for end in range(begin + 1, min(highest, begin + 5) + 1):
            run = words[begin:end]
            if run[0].start > name_words[-1].end + _APART or run[-1].end < name_words[0].start - _APART:
                continue
            alike = _likeness(run, name_words, name)
            if alike > best:
                best, found = alike, (begin, end)
    if found is None:
        return None
    likely = sum(word.probability for word in name_words) / len(name_words) >= _LIKELY
    sure = min(word.probability for word in words[slice(*found)]) >= _ORDINARY_FROM
    least = _ORDINARY_FROM if sure else _ALIKE_IF_LIKELY if likely else _ALIKE
    return found if best >= least else None


def _likeness(run: Sequence[Word], name_words: Sequence[Word], name: str) -> float:
    from rapidfuzz.distance import Levenshtein

    said = "".join(word.text for word in run)
    best = 0.0
    for form in {name, " ".join(word.text for word in name_words)}:
        by_sound = Levenshtein.normalized_similarity(sounds(said), sounds(form))
        by_letter = Levenshtein.normalized_similarity(letters(said), letters(form))
        best = max(best, (by_sound + by_letter) / 2)
    return best


def _instead(run: Sequence[Word], name_words: Sequence[Word]) -> tuple[Word, ...]:
    """The name, with the time and the punctuation of the words it replaces, as likely as the likelier of the two."""
    said = sum(word.probability for word in run) / len(run)
    start, end = run[0].start, max(run[0].start, run[-1].end)
    step = (end - start) / len(name_words)
    tail = re.search(r"[,;:!?]*$", run[-1].text) if re.fullmatch(r"(?:[A-Z]\.)+", run[-1].text) else None
    tail = tail or re.search(r"[.,;:!?]*$", run[-1].text)
    assert tail is not None  # a pattern that also matches nothing
    return tuple(
        replace(
            word,
            text=word.text.rstrip(".,;:!?") + (tail.group() if number + 1 == len(name_words) else ""),
            start=start + step * number,
            end=start + step * (number + 1),
            probability=max(word.probability, said),
        )
        for number, word in enumerate(name_words)
    )


def _fillers(
    words: Sequence[Word], other: Sequence[Word], block: _Block
) -> Iterator[tuple[int, int, tuple[Word, ...]]]:
    """Fillers that the first decoding left out, put where they stand in time."""
    had = sum(plain(word.text) in _FILLERS for word in words[block.first : block.last])
    for number in range(block.other_first, block.other_last):
        word = other[number]
        if plain(word.text) not in _FILLERS or word.probability < _FILLER_LIKELY:
            continue
        if _room(other, number) < _FILLER_ROOM:
            continue
        if had:
            had -= 1
            continue
        middle = (word.start + word.end) / 2
        at = block.first
        while at < block.last and (words[at].start + words[at].end) / 2 < middle:
            at += 1
        yield at, at, (word,)


def _room(words: Sequence[Word], number: int) -> float:
    """Seconds from the end of the word before to the start of the word behind."""
    begin = words[number - 1].end if number else words[number].start
    end = words[number + 1].start if number + 1 < len(words) else words[number].end
    return end - begin
