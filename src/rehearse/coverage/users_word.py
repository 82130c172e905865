"""The user's word on earlier marks: what they crossed out doesn't earn a mark again, what they ticked does.

A correction is an example among the guide's hundreds besides (`classifier.py`), which shifts scores a little wherever
something similar is said. That isn't enough for words that are said again: there the user's word decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.classifier import Labelled
from rehearse.coverage.encoder import Encoder
from rehearse.coverage.sparse import Matrix
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript, plain_word

TICKED_AGAIN, CROSSED_OUT_AGAIN = 0.9, 0.85
"""Cosine of a sentence to words that the user ticked, or crossed out, from which it says the same. To “We deployed many
models into production using Docker” the sentence “In my last job we deployed a lot of models into production with
Docker” has 0.86, and one that tells of Kubernetes and a load balancer besides 0.60. Embeddings hardly see who did what
and whether (“the managers could not type it in” has 0.89 to “the managers can type it in now”), so ticks ask for more.
"""

Verdicts = NDArray[np.int8]
"""1 where the user ticked a section for such words, -1 where they crossed it out, 0 where they said nothing."""


@dataclass(frozen=True)
class SaidAgain:
    """Words of an answer that the user corrected in another, to the letter."""

    first_word: int
    end_word: int
    verdict: Verdicts


class UsersWord:
    """Knows what the user corrected."""

    def __init__(self, guide: Guide, corrections: Sequence[Labelled], encoder: Encoder) -> None:
        """`corrections` are those of earlier answers, the latest last, each with the sections that it is about."""
        self._sections = len(guide.sections)
        self._words = [[plain_word(word) for word in one.text.split()] for one in corrections]
        self._verdicts = np.array(
            [
                [
                    (1 if section.id in one.sections else -1) if section.id in one.corrected else 0
                    for section in guide.sections
                ]
                for one in corrections
            ],
            np.int8,
        ).reshape(-1, self._sections)
        self._vectors: Matrix = encoder.encode([one.text for one in corrections])

    def said_again(self, transcript: Transcript) -> Iterator[SaidAgain]:
        """Where corrected words are said again, the latest correction last."""
        said = [plain_word(word.text) for word in transcript.words] if self._words else []
        for words, verdict in zip(self._words, self._verdicts, strict=True):
            for first in range(len(said) - len(words) + 1):
                if words and said[first : first + len(words)] == words:
                    yield SaidAgain(first, first + len(words), verdict)

    def in_other_words(self, meaning: Matrix) -> Verdicts:
        """On a sentence with an embedding of shape (dimensions,), shape (sections,); of several the nearest decides."""
        if not len(self._verdicts):
            return np.zeros(self._sections, np.int8)
        likeness = (self._vectors @ meaning)[:, None]
        least = np.where(self._verdicts > 0, TICKED_AGAIN, CROSSED_OUT_AGAIN)
        same = np.where((self._verdicts != 0) & (likeness >= least), likeness, 0.0)
        nearest = self._verdicts[same.argmax(axis=0), np.arange(self._sections)]
        return np.where(same.max(axis=0) > 0, nearest, 0).astype(np.int8)
