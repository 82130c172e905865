"""The guide's sentences with their vectors, to say which of them a clause resembles."""

from collections.abc import Sequence

import numpy as np

from rehearse.coverage.classifier import Labelled
from rehearse.coverage.sparse import Matrix
from rehearse.domain.coverage import Match


class NearestExamples:
    """Looks up a section's examples by meaning."""

    def __init__(self, sentences: Sequence[Labelled], vectors: Matrix, remembered: frozenset[str]) -> None:
        """`remembered` are the texts of the user's own corrections."""
        self._sentences = sentences
        self._vectors = vectors
        self._remembered = remembered
        self._of_section: dict[str, list[int]] = {}
        for number, sentence in enumerate(sentences):
            for section in sentence.sections:
                self._of_section.setdefault(section, []).append(number)

    @property
    def remembered(self) -> int:
        """How many of the sentences are corrections of the user's."""
        return len(self._remembered)

    def nearest(self, section_id: str, vector: Matrix, count: int = 2) -> list[Match]:
        """The section's sentences most like `vector`, by cosine, best first."""
        own = self._of_section.get(section_id)
        if not own:
            return []
        likeness = self._vectors[own] @ vector
        best = [int(i) for i in np.argsort(-likeness)[:count]]
        return [self._match(own[i], float(likeness[i])) for i in best]

    def _match(self, number: int, likeness: float) -> Match:
        text = self._sentences[number].text
        kind = "remembered" if text in self._remembered else "example"
        return Match(kind, text, min(1.0, max(0.0, likeness)))
