"""Word pieces' vectors in eight bits, read from a mapped file."""

from pathlib import Path

import numpy as np
import pytest

from rehearse.coverage import bert
from rehearse.coverage.bert import DATA, Bert
from rehearse.coverage.encoder import SHA256
from rehearse.coverage.word_vectors import DIMENSIONS, ROW, WordVectors
from rehearse.errors import ModelError


def test_a_row_is_its_steps_times_their_length(tmp_path: Path) -> None:
    rows = np.zeros(3, ROW)
    rows["scale"] = [0.5, 0.25, 2.0]
    rows["steps"][1, :2] = [-127, 4]
    rows["steps"][2, 5] = 3
    np.save(tmp_path / "words.npy", rows)
    found = WordVectors(tmp_path / "words.npy").of(np.array([[1, 2], [2, 0]]))
    assert found.shape == (2, 2, DIMENSIONS)
    assert found.dtype == np.float32
    assert found[0, 0, :3].tolist() == [-31.75, 1.0, 0.0]
    assert found[1, 0, 5] == found[0, 1, 5] == 6.0
    assert not found[1, 1].any()


def test_altered_vectors_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = tmp_path / "word-vectors.npy"
    altered.write_bytes(bert.WORDS.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(bert, "WORDS", altered)
    model = Bert(DATA / "sentence-encoder.onnx", SHA256, tmp_path)
    with pytest.raises(ModelError, match=r"word-vectors\.npy were altered"):
        model.last_hidden_state(np.array([[101, 102]]), np.ones((1, 2), np.int64))
