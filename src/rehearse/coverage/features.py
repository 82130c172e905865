"""What the classifier sees of a sentence: its embedding, cues, terms, and how it is said."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage import language
from rehearse.coverage.encoder import Encoder
from rehearse.coverage.terms import TermFinder
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Word

EMBEDDING_SCALE = 4.0
"""Unit vectors are too short for the penalty; cross-validated with it."""
FLAG_SCALE = 0.7


class Features:
    """Sentence to vector; embedding first, flags behind."""

    def __init__(self, guide: Guide, encoder: Encoder) -> None:
        """Compile the guide's cues."""
        self._encoder = encoder
        self._finder = TermFinder(guide)
        self._sections = [section.id for section in guide.sections]
        self._cues = [_any_of(section.cues) for section in guide.sections]
        self._hollow = [_any_of(section.hollow) for section in guide.sections]

    def many(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, features)."""
        embedded = self._encoder.encode(list(texts)).astype(np.float64) * EMBEDDING_SCALE
        flags = np.array([self._flags(text) for text in texts], dtype=np.float64).reshape(len(texts), -1)
        return np.hstack([embedded, flags * FLAG_SCALE])

    def cue(self, section: int, text: str) -> str | None:
        """The section's cue in a sentence, if there is one."""
        return _found(self._cues[section], text)

    def hollow(self, section: int, text: str) -> str | None:
        """The section's hollow wording in a sentence, if there is one."""
        return _found(self._hollow[section], text)

    def _flags(self, text: str) -> list[float]:
        hits = self._finder.find([Word(word) for word in text.split()])
        flags: list[float] = []
        for index, section in enumerate(self._sections):
            flags.append(float(self.cue(index, text) is not None))
            flags.append(min(2.0, sum(section in hit.term.sections for hit in hits)) / 2)
            flags.append(float(self.hollow(index, text) is not None))
        flags += [
            float(language.says_absent(text)),
            float(language.hands_to_others(text)),
            float(language.speaks_in_general(text)),
            float(language.gives_reason(text)),
            min(2.0, language.figures(text)) / 2,
            float(
                bool(re.search(r"\b(?:next|plan|planning|will|would|future|going to|version)\b", text, re.IGNORECASE))
            ),
            float(bool(re.search(r"\b(?:if|when|whenever|every|each|once a)\b", text, re.IGNORECASE))),
            float(len(text.split()) < 5),
        ]
        return flags


def _any_of(phrases: Sequence[str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in longest_first) + r")\b", re.IGNORECASE)


def _found(pattern: re.Pattern[str] | None, text: str) -> str | None:
    match = pattern.search(text) if pattern else None
    return match.group(0) if match else None
