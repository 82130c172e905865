"""Two decodings of one sound made into one text: the words of the unbiased one, the guide's names of the other.

A recogniser that has names in mind writes more than those names differently: it glues ordinary words together in the
names' style, drops some, hears names in others. So nothing of its text is taken but a name of the guide, and that only
where the unbiased text has something that sounds like it. Hesitations are the other thing that has to be asked for:
an unbiased recogniser leaves every second one out.
"""

from collections.abc import Callable
from difflib import SequenceMatcher

from rehearse.speech.terms import letters, sounds

LONGEST = 5
"""Words on either side of a difference that may hold a name; more are two readings of a sentence."""

ALIKE = 0.6
"""Similarity by sound, 0..1, that a name needs to the words in whose place it would stand."""


HESITATIONS = frozenset(["um", "uh", "er", "erm", "uhm", "umm", "hmm", "mm", "ah"])


def is_hesitation(word: str) -> bool:
    """A sound of somebody who looks for words."""
    return letters(word) in HESITATIONS


def with_names(plain: str, biased: str, names_in: Callable[[str], set[str]]) -> str:
    """The unbiased text, with the names of the biased one where they were said, and its hesitations.

    Args:
        plain: decoded without names in mind.
        biased: the same sound decoded with them.
        names_in: the names that a text spells out.
    """
    from rapidfuzz.distance import Levenshtein

    ours, theirs = plain.split(), biased.split()
    matcher = SequenceMatcher(
        None, [letters(word) for word in ours], [letters(word) for word in theirs], autojunk=False
    )
    result: list[str] = []
    for kind, first, end, other_first, other_end in matcher.get_opcodes():
        before, after = ours[first:end], theirs[other_first:other_end]
        if kind == "replace" and len(before) <= LONGEST and len(after) <= LONGEST:
            text, other = " ".join(before), " ".join(after)
            alike = Levenshtein.normalized_similarity(sounds(text), sounds(other))
            if alike >= ALIKE and names_in(other) - names_in(text):
                result += after
                continue
        if kind == "insert" and all(is_hesitation(word) for word in after):
            result += after
        result += before
    return " ".join(result)
