"""What the classifier sees of a sentence: what it means, which words it uses, and how it is said."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage import language
from rehearse.coverage.clauses import content_words
from rehearse.coverage.encoder import Encoder
from rehearse.coverage.sparse import Matrix, SparseRows
from rehearse.coverage.terms import TermFinder
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Word

LEAST_SENTENCES = 2
"""A word or a pair of words must stand in that many sentences of the guide to count."""


LEAST_NAMES = 3
"""Names from which a run of them is a list."""


class Seen(NamedTuple):
    """The features of some sentences, a row each."""

    meaning: Matrix
    """Unit-length embeddings."""
    words: SparseRows
    """Unit-length, weighted by rarity."""
    manner: Matrix
    """Cues, terms, negation, person, plans, reasons, figures; each 0..1."""


@dataclass(frozen=True)
class Vocabulary:
    """Words and pairs of neighbouring words of the guide's sentences, with their weights."""

    places: dict[str, int]
    rarity: Matrix
    """Logarithm of the inverse share of sentences; in the order of `places`."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Vocabulary":
        """Every word and pair that stands in at least `LEAST_SENTENCES` of the texts."""
        counts = Counter(token for text in texts for token in set(tokens(text)))
        kept = sorted(token for token, count in counts.items() if count >= LEAST_SENTENCES)
        rarity = [math.log(len(texts) / counts[token]) for token in kept]
        return cls({token: place for place, token in enumerate(kept)}, np.array(rarity, np.float32))

    def rows(self, texts: Sequence[str]) -> SparseRows:
        """A row a text, unit-length."""
        return SparseRows([self._row(text) for text in texts], len(self.places))

    def _row(self, text: str) -> tuple[NDArray[np.intp], Matrix]:
        columns = np.array(sorted({self.places[token] for token in tokens(text) if token in self.places}), np.intp)
        values = self.rarity[columns]
        return columns, values / max(float(np.linalg.norm(values)), 1e-9)


def tokens(text: str) -> list[str]:
    """Lower-case words, figures as 0, and pairs of neighbours; the first word also as such."""
    plain = language.with_figures_as_0(text.lower().replace("’", "'"))
    words = [word.replace("'s", "") for word in re.findall(r"[a-z0']+", plain)]
    return words + [f"{before} {word}" for before, word in zip(["^", *words], words, strict=False)]


class Features:
    """Sentence to features, by the cues and terms of one guide."""

    def __init__(self, guide: Guide, encoder: Encoder, vocabulary: Vocabulary) -> None:
        """Compile the guide's cues."""
        self._encoder = encoder
        finder = TermFinder(guide)
        self._named_in = lru_cache(maxsize=8192)(lambda text: finder.find([Word(word) for word in text.split()]))
        self._vocabulary = vocabulary
        self._sections = [section.id for section in guide.sections]
        self._cues = [_any_of(section.cues) for section in guide.sections]
        self._hollow = [_any_of(section.hollow) for section in guide.sections]
        self._names = [_any_of([section.title, *section.synonyms]) for section in guide.sections]

    def of(self, texts: Sequence[str], meaning: Matrix | None = None) -> Seen:
        """Features of the texts; `meaning` spares the encoder where their embeddings are known."""
        if meaning is None:
            meaning = self._encoder.encode(list(texts))
        manner = np.array([self._manner(text) for text in texts], np.float32).reshape(len(texts), -1)
        return Seen(meaning, self._vocabulary.rows(texts), manner)

    def cue(self, section: int, text: str) -> str | None:
        """The section's cue in a sentence, if there is one."""
        return _found(self._cues[section], text)

    def hollow(self, section: int, text: str) -> str | None:
        """The section's hollow wording in a sentence, if there is one."""
        return _found(self._hollow[section], text)

    def beside_hollow(self, section: int, text: str) -> str:
        """The sentence without any of the section's hollow wordings."""
        pattern = self._hollow[section]
        return pattern.sub(" ", text) if pattern else text

    def name(self, section: int, text: str) -> str | None:
        """The section's title or a synonym in a sentence, if it is named."""
        return _found(self._names[section], text)

    def terms(self, section: int, text: str) -> list[str]:
        """Names of the terms in a sentence that hint at the section."""
        hits = self._named_in(text)
        return list(dict.fromkeys(hit.term.name for hit in hits if self._sections[section] in hit.term.sections))

    def lists(self, text: str) -> bool:
        """Names things one after the other and says hardly a word about them."""
        named = [hit for hit in self._named_in(text) if hit.term.named]
        told = len(content_words(text)) - sum(hit.end_word - hit.first_word for hit in named)
        return len(named) >= LEAST_NAMES and told <= len(named)

    def _manner(self, text: str) -> list[float]:
        hits = self._named_in(text)
        flags: list[float] = []
        for index, section in enumerate(self._sections):
            flags.append(float(self.cue(index, text) is not None))
            flags.append(min(2, sum(section in hit.term.sections for hit in hits)) / 2)
            flags.append(float(self.hollow(index, text) is not None))
        flags += [
            float(language.says_absent(text)),
            float(language.hands_to_others(text)),
            float(language.speaks_in_general(text)),
            float(language.gives_reason(text)),
            min(2, language.figures(text)) / 2,
            float(language.plans(text)),
            float(language.recurs(text)),
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
