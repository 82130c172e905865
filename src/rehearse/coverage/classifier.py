"""Which sections does a sentence serve? Kernel ridge regression on the guide's own sentences, one output a section.

Two sentences are alike as far as they mean the same, use the same words, and are said in the same manner; the kernel
adds the three up (Saunders, Gammerman and Vovk 1998, Ridge regression learning algorithm in dual variables).
Deterministic, and solved in closed form: the same guide gives the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.features import Features, Seen
from rehearse.coverage.inversion import invert_in_place
from rehearse.coverage.sparse import Matrix
from rehearse.domain.guide import Guide

MEANING = 0.5
"""Weight of the embeddings' cosine. All weights were cross-validated by answer over labelled answers; they are flat
optima: half or twice of each changes the agreement by less than a point."""
CLOSENESS = 1.0
"""Weight of a bell around each sentence: only what means nearly the same counts."""
WIDTH = 1.5
"""Narrowness of that bell, exp(-WIDTH |a - b|²)."""
WORDS = 0.7
MANNER = 0.1
RIDGE = 0.3
"""Penalty; the noise expected in the guide's own labels."""


@dataclass(frozen=True)
class Labelled:
    """A sentence of the guide with every section it serves."""

    text: str
    sections: frozenset[str]
    weight: float = 1.0
    corrected: frozenset[str] = frozenset()
    """Sections of which the user said whether it serves them; nothing for sentences of the guide."""


def guide_sentences(guide: Guide) -> list[Labelled]:
    """All examples, near misses and small talk; a sentence that stands in two sections serves both."""
    serves: dict[str, set[str]] = {}
    for section in guide.sections:
        for text in section.examples:
            serves.setdefault(text, set()).add(section.id)
    for section in guide.sections:
        for text in section.near_misses:
            serves.setdefault(text, set())
    for text in guide.small_talk:
        serves.setdefault(text, set())
    for scenario in guide.scenarios:
        for sentence in scenario.sample:
            if sentence.section:
                serves.setdefault(sentence.text, set()).add(sentence.section)
    return [Labelled(text, frozenset(sections)) for text, sections in serves.items()]


@dataclass(frozen=True)
class Weights:
    """What was learned; everything linear is summed up, the bells keep a weight a sentence."""

    closeness: NDArray[np.float32]
    """Shape (sentences, sections)."""
    meaning: NDArray[np.float32]
    """Shape (dimensions, sections)."""
    words: NDArray[np.float32]
    manner: NDArray[np.float32]
    bias: NDArray[np.float32]
    """Shape (sections,)."""


class SectionClassifier:
    """Scores of a sentence for each section: about 1 for what serves it, about -1 for what doesn't."""

    def __init__(self, weights: Weights, meaning: Matrix) -> None:
        """`meaning` are the embeddings of the guide's sentences."""
        self.weights = weights
        self._meaning = meaning

    @classmethod
    def fit(
        cls, outputs: Sequence[str], features: Features, sentences: Sequence[Labelled], meaning: Matrix
    ) -> "SectionClassifier":
        """Fit one output an id to the sentences; O(n³) in their number, about half a second for 2,000."""
        seen = features.of([sentence.text for sentence in sentences], meaning)
        wanted = np.array(
            [[1.0 if output in sentence.sections else -1.0 for output in outputs] for sentence in sentences]
        )
        trust = np.array([sentence.weight for sentence in sentences])
        gram = _kernel(seen)
        gram[np.diag_indices_from(gram)] += (RIDGE / trust).astype(np.float32)
        invert_in_place(gram)
        dual, diagonal = (gram @ wanted.astype(np.float32)).astype(np.float64), np.diag(gram).astype(np.float64)
        # What each sentence would score had it not been fitted to, in closed form (Rasmussen and Williams 2006,
        # Gaussian Processes for Machine Learning, 5.4.2).
        left_out = wanted - dual / diagonal[:, None]
        middle, half = _scale(left_out, wanted > 0)
        bias = dual.sum(axis=0) / half - middle / half
        scaled = (dual / half).astype(np.float32)  # with doubles, numpy would make doubles of all features first
        weights = Weights(
            closeness=CLOSENESS * scaled,
            meaning=MEANING * (seen.meaning.T @ scaled),
            words=WORDS * seen.words.transposed_times(scaled),
            manner=MANNER * (seen.manner.T @ scaled),
            bias=bias.astype(np.float32),
        )
        return cls(weights, seen.meaning)

    def scores(self, seen: Seen) -> NDArray[np.float64]:
        """Shape (sentences, sections)."""
        w = self.weights
        bells = _bells(seen.meaning @ self._meaning.T) @ w.closeness
        linear = seen.meaning @ w.meaning + seen.words.times(w.words) + seen.manner @ w.manner
        result: NDArray[np.float64] = (bells + linear + w.bias).astype(np.float64)
        return result


def _scale(left_out: NDArray[np.float64], serves: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle and half distance of what strangers score that do and don't serve a section; shape (sections,).

    With these, 1 is what an unknown serving sentence scores on average and -1 what another one does, however many
    examples a section has beside the others: one threshold fits all sections and all guides.
    """
    inside = np.where(serves, left_out, 0).sum(axis=0) / np.maximum(1, serves.sum(axis=0))
    outside = np.where(~serves, left_out, 0).sum(axis=0) / np.maximum(1, (~serves).sum(axis=0))
    return (inside + outside) / 2, np.maximum((inside - outside) / 2, 0.05)


def _kernel(seen: Seen) -> Matrix:
    cosine = seen.meaning @ seen.meaning.T
    alike = _bells(cosine)
    alike *= np.float32(CLOSENESS)
    cosine *= np.float32(MEANING)
    alike += cosine
    np.matmul(seen.manner, seen.manner.T, out=cosine)  # one matrix serves for all
    cosine *= np.float32(MANNER)
    alike += cosine
    seen.words.add_products(alike, WORDS, scratch=cosine)
    alike += 1  # the constant is the bias
    return alike


def _bells(cosine: Matrix) -> Matrix:
    """exp(-WIDTH |a - b|²) of unit vectors, from their cosine."""
    bells: Matrix = cosine - 1
    bells *= np.float32(2 * WIDTH)
    np.exp(bells, out=bells)  # in place: of a guide's own sentences, each matrix more would hold 30 MB
    return bells
