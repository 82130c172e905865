"""Whether an answer speaks of what the guide asks at all: somebody who reads a novel aloud answers nothing."""

from collections.abc import Sequence

import numpy as np

from rehearse.coverage.sparse import Matrix

CLAUSES = 3
"""So many of the closest count, by their mean: an answer may begin and end with small talk."""
ON_TOPIC = 0.50
"""Mean cosine of those clauses to what the guide's sentences say, from which nothing is taken off. Chosen on labelled
answers, none of which lost a right tick for it, and on recordings of people who answer nothing, where the first guide's
context had been ticked on 16 of 42 and is on 2."""
ONE_ALONE = 0.06
"""So much closer one clause of a short answer may stand for all: somebody has said one thing so far, to the point."""
SHORT = 40
"""Words up to which an answer has hardly begun."""
SLOPE = 10.0
"""Score taken off for each unit of cosine below."""


class Topicality:
    """Knows the sentences that serve a section."""

    def __init__(self, serving: Matrix) -> None:
        """`serving`: their unit vectors, shape (sentences, dimensions)."""
        self._serving = serving

    def penalty(self, clauses: Sequence[Matrix], words: int) -> float:
        """What is taken off every section's score; 0 for an answer to the question.

        Args:
            clauses: their embeddings, shape (dimensions,) each.
            words: length of the answer.
        """
        if not clauses or not len(self._serving):
            return 0.0
        closest = np.sort((np.stack(clauses) @ self._serving.T).max(axis=1))
        close = float(closest[-CLAUSES:].mean())
        if words < SHORT:
            close = max(close, float(closest[-1]) - ONE_ALONE)
        return SLOPE * max(0.0, ON_TOPIC - close)
