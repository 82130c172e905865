"""A small classifier a section, fitted to the guide's own sentences: which section does a clause serve?

L2-regularised logistic regression (Newton's method; Bishop 2006, Pattern Recognition and Machine Learning, 4.3.3)
on the sentence's embedding and a few flags. Deterministic: the same guide gives the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.features import Features
from rehearse.domain.guide import Guide

Matrix = NDArray[np.float64]

PENALTY = 1.0
"""Weight of the L2 penalty; cross-validated over guide sentences and labelled answers."""
STEPS = 12
"""Newton steps; the weights no longer move after eight."""


@dataclass(frozen=True)
class Labelled:
    """A sentence of the guide with every section it serves."""

    text: str
    sections: frozenset[str]
    weight: float = 1.0


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


class SectionClassifier:
    """Probability of each section for a feature vector."""

    def __init__(self, section_ids: Sequence[str], weights: Matrix) -> None:
        """`weights` has a row a section; the last column is the bias."""
        self.section_ids = tuple(section_ids)
        self.weights = weights

    @classmethod
    def fit(cls, guide: Guide, features: Features, sentences: Sequence[Labelled]) -> "SectionClassifier":
        """Fit one regression a section to `sentences`; classes are weighted to count alike."""
        ids = [section.id for section in guide.sections]
        x = with_bias(features.many([sentence.text for sentence in sentences]))
        importance = np.array([sentence.weight for sentence in sentences])
        rows = []
        for section_id in ids:
            y = np.array([section_id in sentence.sections for sentence in sentences], dtype=np.float64)
            rows.append(_newton(x, y, importance))
        return cls(ids, np.stack(rows))

    def probabilities(self, vectors: Matrix) -> Matrix:
        """Shape (clauses, sections), 0..1."""
        result: Matrix = _sigmoid(with_bias(vectors) @ self.weights.T)
        return result


def with_bias(x: Matrix) -> Matrix:
    """A column of ones behind the features."""
    return np.hstack([x, np.ones((len(x), 1))])


def _sigmoid(z: Matrix) -> Matrix:
    result: Matrix = 1.0 / (1.0 + np.exp(-np.clip(z, -30, 30)))
    return result


def _newton(x: Matrix, y: Matrix, importance: Matrix) -> Matrix:
    positives = max(1.0, float((y * importance).sum()))
    negatives = max(1.0, float(((1 - y) * importance).sum()))
    total = positives + negatives
    balance = np.where(y > 0, total / (2 * positives), total / (2 * negatives)) * importance
    penalty = np.full(x.shape[1], PENALTY)
    penalty[-1] = 1e-6  # the bias is free
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = _sigmoid(x @ w)
        gradient = x.T @ (balance * (p - y)) + penalty * w
        curvature = balance * np.maximum(p * (1 - p), 1e-6)
        hessian = (x * curvature[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return w
