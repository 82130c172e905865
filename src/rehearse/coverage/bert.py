"""BERT encoders on onnxruntime, and the word pieces that they read."""

import os
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.word_vectors import WordVectors
from rehearse.memory import HEAVY_WORK, return_freed_memory
from rehearse.weights import check_weights

DATA = Path(__file__).parent / "data"
WORDS = DATA / "word-vectors.npy"
WORDS_SHA256 = "b5d40327b219a36db513a093e294ec1b5ae18de492feb496b8bf970f6add8bb0"
AGAIN = "install rehearse anew, they are part of it"
THREADS = 2
"""More hardly help with texts this short."""


class Bert:
    """Word pieces to hidden states. Loads at its first use; safe to use from any thread."""

    def __init__(self, layers: Path, expected: str, cache: Path | None) -> None:
        """Nothing is loaded yet.

        Args:
            layers: the encoder's file.
            expected: its SHA-256 in hex.
            cache: folder that remembers checked hashes.
        """
        self._layers, self._expected, self._cache = layers, expected, cache
        self._session: Any = None
        self._words: WordVectors | None = None
        self._loading = Lock()

    def check(self) -> None:
        """Make sure that both files are the ones we mean; raises ModelError."""
        check_weights(self._layers, self._expected, self._cache, again=AGAIN)
        check_weights(WORDS, WORDS_SHA256, self._cache, again=AGAIN)

    def last_hidden_state(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """The last layer, shape (texts, pieces, 384), of ids and their mask, shape (texts, pieces).

        Raises:
            ModelError: the weights are missing or altered.
        """
        with self._loading:
            if self._session is None or self._words is None:
                self.check()
                self._words, self._session = WordVectors(WORDS), _open_session(self._layers)
        feed = {"words": self._words.of(ids), "attention_mask": mask}
        hidden: NDArray[np.float32] = self._session.run(["last_hidden_state"], feed)[0]
        return hidden


def _open_session(layers: Path) -> Any:
    """An encoder that is ready to run, on few threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    # Idle threads sleep: Whisper wants the cores between two clauses.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Texts differ in length, so memory planned for one shape only piles up.
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = False
    with HEAVY_WORK:
        session = onnxruntime.InferenceSession(str(layers), options, providers=["CPUExecutionProvider"])
        return_freed_memory()
    return session


def word_pieces() -> Any:
    """The tokenizer of uncased BERT."""
    from tokenizers import BertWordPieceTokenizer

    return BertWordPieceTokenizer(str(DATA / "bert-base-uncased-vocab.txt"), lowercase=True)
