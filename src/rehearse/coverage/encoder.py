"""Sentence embeddings: all-MiniLM-L6-v2 (Apache-2.0), int8, on onnxruntime; the same text gives the same vector."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Event, Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.bert import DATA, Bert, word_pieces
from rehearse.coverage.word_vectors import DIMENSIONS
from rehearse.errors import InputError

Vectors = NDArray[np.float32]
"""Unit-length rows, shape (n, 384)."""

SHA256 = "371701b9b6c3eb491d3c162c147185bffeea8a69a3724d2f2faf426429fb4c92"
MAX_TOKENS = 64
"""A clause rarely has more than 40; the rest of a longer one is cut off."""
ALONE = 512
"""Texts up to which each is run by itself: eight-bit activations have one scale a run, so that its company would change
a text's vector, and the same words would get other marks live than from a file. Some fifth slower."""
BATCH = 16


class Encoder(Protocol):
    """Text to vectors."""

    def encode(self, texts: Sequence[str], *, cancelled: Event | None = None) -> Vectors:
        """One unit-length row a text."""


def sentence_model(cache: Path | None) -> Bert:
    """The model, not loaded yet; `cache` is the folder that remembers checked hashes."""
    return Bert(DATA / "sentence-encoder.onnx", SHA256, cache)


class SentenceEncoder:
    """Loads the model at its first use. Safe to use from any thread."""

    def __init__(self, cache: Path | None = None) -> None:
        """`cache` is the folder that remembers checked hashes."""
        self._model = sentence_model(cache)
        self._tokenizer: Any = None
        self._recent = lru_cache(maxsize=4096)(self._encode_one)
        self._loading = Lock()

    def encode(self, texts: Sequence[str], *, cancelled: Event | None = None) -> Vectors:
        """One unit-length row a text; unless there are hundreds, it depends on that text alone and is remembered.

        Args:
            texts: what to encode; thousands take some seconds.
            cancelled: ends it early.

        Raises:
            ModelError: the weights are missing or altered.
            InputError: it was cancelled.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        if len(texts) <= ALONE:
            found = []
            for text in texts:
                _stop_if(cancelled)
                found.append(self._recent(text))
            return np.stack(found)
        # Sorted by length, so that a batch pads little.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for first in range(0, len(order), BATCH):
            _stop_if(cancelled)
            batch = order[first : first + BATCH]
            vectors[batch] = self._run([texts[index] for index in batch])
        return vectors

    def _encode_one(self, text: str) -> Vectors:
        vector: Vectors = self._run([text])[0]
        return vector

    def _run(self, texts: list[str]) -> Vectors:
        with self._loading:  # several guides' engines may share it, each on a thread of its own
            if self._tokenizer is None:
                self._tokenizer = word_pieces()
                self._tokenizer.enable_truncation(MAX_TOKENS)
                self._tokenizer.enable_padding()
        tokens = self._tokenizer.encode_batch(texts)
        ids = np.array([token.ids for token in tokens], np.int64)
        mask = np.array([token.attention_mask for token in tokens], np.int64)
        hidden = self._model.last_hidden_state(ids, mask)
        # Mean over the tokens that count, then unit length (Reimers and Gurevych 2019, Sentence-BERT).
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        unit: Vectors = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        return unit


def _stop_if(cancelled: Event | None) -> None:
    if cancelled is not None and cancelled.is_set():
        raise InputError("Reading the guide was called off")
