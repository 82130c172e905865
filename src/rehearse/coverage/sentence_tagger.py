"""What a listener would tick for each sentence of an answer, with those around it in mind; learnt from talk.

The guide's own sentences are written as answers. People talk otherwise: about the point, in passing, over three
sentences. For a guide whose sections were taught from labelled talk (`training/tag_sentences.py` in the repository) a
small BERT, tuned to that talk, reads each sentence together with those around it.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.bert import DATA, Bert, word_pieces
from rehearse.coverage.sparse import Matrix
from rehearse.domain.guide import Guide

Logits = NDArray[np.float64]
"""Shape (sentences, sections): log-odds of a tick."""

TOGETHER = 12
"""Sentences read at once."""
BEFORE = 4
"""Sentences before those that are read with them and judged already."""
OWN = 380
"""Word pieces of sentences read at once, so that what is before them fits in as well; a longer one comes alone."""
LONGEST = 500
"""Word pieces read at most (BERT has 512 places); of more the oldest are left out."""
REMEMBERED = 512
"""Stretches whose tags are kept, so that a growing transcript costs only its last stretch."""
SHARE = 0.3
"""Of the log-odds, which a clause's score is lifted by where it is weighed as a quote; how the two decide together
stands in `pooling.py`."""
MIDDLE, LEAST, MOST = -2.25, -4.0, 2.0
"""Log-odds that change nothing, one tick in ten, and those between which they count."""
FIRST, LAST = 101, 102
"""Word pieces that begin and end what BERT reads."""
SHA256 = "f39ce47d43c0bd8d85bca53635fe0f961c5aae9ccce5d9bcdaa484060872d301"


def lift(logits: Logits) -> Logits:
    """What log-odds add to the scores of the clauses in a sentence."""
    return SHARE * (np.clip(logits, LEAST, MOST) - MIDDLE)


class SentenceTagger:
    """Loads its model at the first use. Safe to use from any thread."""

    def __init__(self, weights: Path, head: Matrix, bias: Matrix, cache: Path | None) -> None:
        """Nothing is loaded yet.

        Args:
            weights: of the encoder.
            head: from a sentence's mean and maximum over its word pieces to its sections, shape (2 × 384, sections).
            bias: shape (sections,).
            cache: folder that remembers checked hashes.
        """
        self._model, self._head, self._bias = Bert(weights, SHA256, cache), head, bias
        self._tokenizer: Any = None
        self._loading = Lock()
        self._known = lru_cache(maxsize=REMEMBERED)(self._run)
        self._pieces = lru_cache(maxsize=REMEMBERED)(self._pieces_of)

    def logits(self, sentences: Sequence[str]) -> Logits:
        """Log-odds that a listener would tick a section for a sentence, shape (sentences, sections).

        Sentences are read in stretches; one that is full doesn't change when more is said.

        Raises:
            ModelError: the weights are missing or altered.
        """
        found = np.zeros((len(sentences), len(self._bias)))
        with self._loading:
            for first, end in self._stretches(sentences):
                found[first:end] = self._known(tuple(sentences[max(0, first - BEFORE) : end]))[first - end :]
        return found

    def _stretches(self, sentences: Sequence[str]) -> list[tuple[int, int]]:
        """First and end of each: as many sentences as may be read at once."""
        found: list[tuple[int, int]] = []
        first = pieces = 0
        for at, sentence in enumerate(sentences):
            more = len(self._pieces(sentence))
            if at > first and (at - first == TOGETHER or pieces + more > OWN):
                found.append((first, at))
                first, pieces = at, 0
            pieces += more
        return [*found, (first, len(sentences))] if sentences else []

    def _run(self, stretch: tuple[str, ...]) -> Logits:
        """Of one stretch alone: eight-bit activations have one scale a run, so that company would change its tags."""
        pieces = [(piece, line) for line, text in enumerate(stretch) for piece in self._pieces(text)]
        read = pieces[-(LONGEST - 2) :]
        ids = np.array([[FIRST, *(piece for piece, _ in read), LAST]], np.int64)
        hidden = self._model.last_hidden_state(ids, np.ones_like(ids))[0]
        lines = np.array([line for _, line in read])
        found = np.tile(self._bias.astype(np.float64), (len(stretch), 1))
        for line in np.unique(lines):
            said = hidden[1:-1][lines == line]
            found[line] += np.concatenate([said.mean(axis=0), said.max(axis=0)]).astype(np.float64) @ self._head
        return found

    def _pieces_of(self, sentence: str) -> tuple[int, ...]:
        """Ids of a sentence's word pieces, at least one, and no more than can be read."""
        if self._tokenizer is None:
            self._tokenizer = word_pieces()
        ids = self._tokenizer.encode(sentence, add_special_tokens=False).ids
        return tuple(ids[: LONGEST - 2]) or (LAST,)


def load_tagger(guide: Guide, cache: Path | None) -> SentenceTagger | None:
    """The tagger of a guide; None where none was taught, or for other sections than the guide has now."""
    taught = DATA / f"talk-{guide.id}.npz"
    if not taught.is_file():
        return None
    sections, tagger = _taught(taught, DATA / "talk-encoder.onnx", cache)
    return tagger if sections == tuple(section.id for section in guide.sections) else None


@lru_cache(maxsize=1)
def _taught(taught: Path, weights: Path, cache: Path | None) -> tuple[tuple[str, ...], SentenceTagger]:
    """Ids of the sections, and their tagger. Kept: each correction makes another engine, which needs no other model."""
    with np.load(taught, allow_pickle=False) as kept:
        sections = tuple(str(section) for section in kept["sections"])
        return sections, SentenceTagger(weights, kept["head"], kept["bias"], cache)
