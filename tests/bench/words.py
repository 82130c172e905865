"""How much of what was said was written down: word errors, terms, fillers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.speech.phonetics import letters
from tests.bench.texts import FILLERS

_COUNT = "zero one two three four five six seven eight nine ten"
_NUMBERS = {str(n): word for n, word in enumerate(_COUNT.split())}
UNCOUNTED = {"um", "uh", "er", "umm", "uhm", "erm", "hmm"}
"""Left out of word errors, as in Whisper's own evaluation; what becomes of them is measured apart."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int = 0
    total: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.total + other.total)

    def __str__(self) -> str:
        return f"{100 * self.hits / self.total:.1f} %" if self.total else "–"


NONE = Share()


def tokens(text: str, names: Sequence[str] = ()) -> list[str]:
    """Words in lower case without punctuation; names written apart or together count as one word."""
    raw = [piece for word in re.split(r"[\s–—]+", text) if (piece := letters(word))]
    wanted = {letters(name) for name in names}
    found: list[str] = []
    at = 0
    while at < len(raw):
        for length in range(min(4, len(raw) - at), 0, -1):
            joined = "".join(raw[at : at + length])
            if length == 1 or joined in wanted:
                found.append(_NUMBERS.get(joined, joined))
                at += length
                break
    return found


def word_errors(truth: str, heard: str, names: Sequence[str]) -> Share:
    """Substitutions, deletions and insertions of how many words."""
    import jiwer

    said, got = (" ".join(word for word in tokens(text, names) if word not in UNCOUNTED) for text in (truth, heard))
    if not said:
        return Share(len(got.split()), 0)
    found = jiwer.process_words(said, got) if got else None
    errors = len(said.split()) if found is None else found.substitutions + found.deletions + found.insertions
    return Share(errors, len(said.split()))


def terms_right(truth: str, heard: str, terms: Sequence[str], *, exactly: bool) -> tuple[Share, Counter[str]]:
    """Terms that came out, and those that didn't.

    Args:
        truth: what was said.
        heard: the transcript.
        terms: which names count.
        exactly: in the guide's spelling; otherwise case, spaces and hyphens don't matter.
    """
    missed: Counter[str] = Counter()
    hits = total = 0
    for term in terms:
        if exactly:
            pattern = rf"(?<![\w-]){re.escape(term)}(?![\w-])"
            said, got = (len(re.findall(pattern, re.sub(r"\s+", " ", text))) for text in (truth, heard))
        else:
            said, got = (tokens(text, [term]).count(letters(term)) for text in (truth, heard))
        total += said
        hits += min(said, got)
        if got < said:
            missed[term] += said - got
    return Share(hits, total), missed


def fillers_kept(truth: str, heard: str) -> Share:
    """How many of the fillers that were said were written down; an "uh" for an "um" will do."""

    def counted(text: str) -> Counter[str]:
        plain = " " + " ".join(tokens(text)) + " "
        sounds = sum(plain.count(f" {sound} ") for sound in UNCOUNTED)
        return Counter({"um": sounds, **{f: plain.count(f" {f} ") for f in FILLERS if f not in UNCOUNTED}})

    said, got = counted(truth), counted(heard)
    return Share(sum(min(said[kind], got[kind]) for kind in said), said.total())
