"""Which wording of an answer was used before: runs of content words that it shares with another text.

The measure is Broder's containment of shingles ("On the resemblance and containment of documents", Compression and
Complexity of Sequences, 1997): the share of the one text's n-grams that stand in the other as well. Two things differ.
The n-grams are of content words alone, for "the goal was fewer wrong orders" and "our goal: fewer wrong orders" are the
same wording. And it is counted in words instead of n-grams, so that the figure is what is lit in the transcript: of the
words that could have been said otherwise, the share that lie in a shared n-gram.

What can't be said otherwise, or is nobody's own wording, counts on neither side: names of the guide's terms, words of
the question, fillers, and words that stand in every phrase.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.drills.details import details

RUN = 3
"""Content words in a row that make a wording. In 1,200 pairs of different people's written answers to the same guide's
questions three are never shared (a test holds it); two are now and then, and mostly name the matter ("wrong orders"),
which has no other words."""

NEAR = 12
"""Words between two content words of a run at most: what stands further apart isn't one stretch."""


@dataclass(frozen=True)
class Content:
    """A word that could have been another."""

    stem: str
    """What its forms have in common."""
    at: int
    """Index into `Transcript.words`."""


@dataclass(frozen=True)
class Repeated:
    """What of a text stands in another."""

    words: int
    """Content words in all."""
    repeated: int
    """Those of them that lie in a shared run."""
    stretches: tuple[tuple[int, int], ...] = ()
    """The shared runs as ranges of `Transcript.words` (the second index lies behind the last), in order, apart."""

    @property
    def share(self) -> float:
        """0..1; 0 where there are no content words."""
        return self.repeated / self.words if self.words else 0.0


def content(transcript: Transcript, guide: Guide, question: str) -> tuple[Content, ...]:
    """The content words of an answer to a guide's question, in order; a word said twice in a row is one."""
    asked = {detail.key for detail in details(Transcript.typed(question), guide)}
    found: list[Content] = []
    for detail in details(transcript, guide):
        if detail.is_term or detail.key in asked or (found and found[-1].stem == detail.key):
            continue
        found.append(Content(detail.key, detail.first_word))
    return tuple(found)


def repeated(now: Sequence[Content], before: Sequence[Content], run: int = RUN) -> Repeated:
    """What of `now` was said in `before` in the same words."""
    known = {tuple(one.stem for one in gram) for gram in _runs(before, run)}
    lit: set[int] = set()
    for start, gram in enumerate(_windows(now, run)):
        if _is_one_stretch(gram) and tuple(one.stem for one in gram) in known:
            lit.update(range(start, start + run))
    return Repeated(len(now), len(lit), _stretches(now, lit))


def _windows(words: Sequence[Content], run: int) -> list[Sequence[Content]]:
    return [words[start : start + run] for start in range(len(words) - run + 1)]


def _runs(words: Sequence[Content], run: int) -> list[Sequence[Content]]:
    return [gram for gram in _windows(words, run) if _is_one_stretch(gram)]


def _is_one_stretch(gram: Sequence[Content]) -> bool:
    return all(later.at - one.at <= NEAR for one, later in pairwise(gram))


def _stretches(words: Sequence[Content], lit: Collection[int]) -> tuple[tuple[int, int], ...]:
    """Neighbouring lit words as ranges of the transcript; what stands between them is lit along."""
    found: list[tuple[int, int]] = []
    for index in sorted(lit):
        here = words[index].at
        if found and index - 1 in lit and here - found[-1][1] < NEAR:
            found[-1] = (found[-1][0], here + 1)
        else:
            found.append((here, here + 1))
    return tuple(found)
