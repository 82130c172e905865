"""What a listener would tick for each sentence of an answer, with the ones before it in mind; learnt from talk.

The guide's own sentences are written as answers. People talk otherwise: about the point, in passing, over three
sentences. For a guide whose sections were taught from labelled talk (`training/tag_sentences.py` in the repository) a
small BERT, tuned to that talk, reads each sentence together with those before it.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.bert import DATA, open_session, word_pieces
from rehearse.coverage.sparse import Matrix
from rehearse.domain.guide import Guide
from rehearse.weights import check_weights

Logits = NDArray[np.float64]
"""Shape (sentences, sections): log-odds of a tick."""

BEFORE = 2
"""Sentences read before the one that is judged."""
LONGEST = 160
"""Word pieces read at most; of more the oldest are left out."""
REMEMBERED = 2048
"""Sentences with what stood before them whose tags are kept, so that a growing transcript costs only what is new."""
SHARE = 0.3
"""Of the log-odds, which a clause's score is lifted by; 0.2 to 0.5 do nearly as well on labelled answers, written and
real ones together."""
MIDDLE, LEAST, MOST = -2.25, -4.0, 2.0
"""Log-odds that change nothing, one tick in ten, and those between which they count."""
FIRST, LAST = 101, 102
"""Word pieces that begin and end what BERT reads."""
SHA256 = "8b8cd1d81692f8ab0a50e6bc804f6b22520067c0b68c427c5d8f546b89e3588c"
AGAIN = "install rehearse anew: the file is part of it"


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
        self._weights, self._head, self._bias, self._cache = weights, head, bias, cache
        self._session: Any = None
        self._tokenizer: Any = None
        self._loading = Lock()
        self._known = lru_cache(maxsize=REMEMBERED)(self._run)

    def logits(self, sentences: Sequence[str]) -> Logits:
        """Log-odds that a listener would tick a section for a sentence, shape (sentences, sections).

        Raises:
            ModelError: the weights are missing or altered.
        """
        keys = [tuple(sentences[max(0, at - BEFORE) : at + 1]) for at in range(len(sentences))]
        with self._loading:
            found = [self._known(key) for key in keys]
        return np.array(found).reshape(len(keys), len(self._bias))

    def _run(self, window: tuple[str, ...]) -> Logits:
        """Of one window alone: eight-bit activations have one scale a run, so that company would change its tags."""
        if self._session is None:
            check_weights(self._weights, SHA256, self._cache, again=AGAIN)
            self._session = open_session(self._weights)
            self._tokenizer = word_pieces()
        pieces, own = self._pieces(window)
        ids = np.array([pieces], np.int64)
        hidden = self._session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        said = hidden[-1 - own : -1]
        found: Logits = (
            np.concatenate([said.mean(axis=0), said.max(axis=0)]).astype(np.float64) @ self._head + self._bias
        )
        return found

    def _pieces(self, window: tuple[str, ...]) -> tuple[list[int], int]:
        """Ids of a window, and how many of them are its last sentence's, at least one."""
        *before, sentence = (self._tokenizer.encode(text, add_special_tokens=False).ids for text in window)
        own = (sentence or [LAST])[: LONGEST - 2]
        context = [piece for pieces in before for piece in pieces]
        kept = context[max(0, len(context) - (LONGEST - 2 - len(own))) :] if len(own) < LONGEST - 2 else []
        return [FIRST, *kept, *own, LAST], len(own)


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
