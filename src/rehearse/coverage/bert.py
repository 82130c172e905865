"""BERT models on onnxruntime: their sessions, and the word pieces that they read."""

import os
from pathlib import Path
from typing import Any

from rehearse.memory import HEAVY_WORK, return_freed_memory

DATA = Path(__file__).parent / "data"
THREADS = 2
"""More hardly help with texts this short."""


def open_session(weights: Path) -> Any:
    """A model that is ready to run, on few threads."""
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
        session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        return_freed_memory()
    return session


def word_pieces() -> Any:
    """The tokenizer of uncased BERT."""
    from tokenizers import BertWordPieceTokenizer

    return BertWordPieceTokenizer(str(DATA / "bert-base-uncased-vocab.txt"), lowercase=True)
