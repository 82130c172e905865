"""The user's word on earlier marks: what they crossed out doesn't earn a mark again, what they ticked does.

A correction is an example among the guide's hundreds besides (`classifier.py`), which shifts scores a little wherever
something similar is said. That isn't enough for words that are said again: there the user's word decides.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.classifier import Labelled
from rehearse.coverage.clauses import content_words, split
from rehearse.coverage.encoder import Encoder
from rehearse.coverage.sparse import Matrix
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript

SAME = 0.75
"""Cosine from which two clauses count as the same words. “We retrain it every Monday” and “we retrain it weekly” have
0.92, “the model is retrained every week” 0.77 with it, “we deploy it every Monday” 0.68, “we retrain it when it drifts”
0.66."""
LEAST_WORDS = 4
"""Of a corrected clause: fewer mean too little to be told again."""

Verdicts = NDArray[np.int8]
"""1 where the user ticked a section for such words, -1 where they crossed it out, 0 where they said nothing."""


class UsersWord:
    """Knows the clauses that the user corrected."""

    def __init__(self, guide: Guide, corrections: Sequence[Labelled], encoder: Encoder) -> None:
        """`corrections` are those of earlier answers, each with the sections that it is about."""
        texts: list[str] = []
        verdicts: list[list[int]] = []
        for correction in corrections:
            verdict = [
                (1 if section.id in correction.sections else -1) if section.id in correction.corrected else 0
                for section in guide.sections
            ]
            said = [correction.text, *_clauses(correction.text)]
            texts += said
            verdicts += [verdict] * len(said)
        self._sections = len(guide.sections)
        self._vectors: Matrix | None = encoder.encode(texts) if texts else None
        self._verdicts: Verdicts = np.array(verdicts, np.int8)

    def verdict(self, meaning: Matrix) -> Verdicts:
        """On words with an embedding of shape (dimensions,), shape (sections,); of several corrections the nearest."""
        if self._vectors is None:
            return np.zeros(self._sections, np.int8)
        likeness = self._vectors @ meaning
        same = np.where(likeness[:, None] >= SAME, np.abs(self._verdicts) * likeness[:, None], 0.0)
        nearest = same.argmax(axis=0)
        chosen = self._verdicts[nearest, np.arange(self._sections)]
        return np.where(same.max(axis=0) > 0, chosen, 0).astype(np.int8)


def _clauses(text: str) -> list[str]:
    """Of a corrected quote, those that say something."""
    _, clauses = split(Transcript.typed(text))
    return [clause.text for clause in clauses if len(content_words(clause.text)) >= LEAST_WORDS]
