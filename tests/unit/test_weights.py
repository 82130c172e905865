"""Weights are what we mean, or one clear sentence says what they are."""

import json
import os
import sys
from collections.abc import Callable
from hashlib import sha256 as digest
from pathlib import Path

import pytest

from rehearse import weights
from rehearse.errors import ModelError
from rehearse.weights import check_weights, install_command, sha256

CONTENT = b"weights" * 1000
EXPECTED = digest(CONTENT).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "model.bin"
    path.write_bytes(CONTENT)
    return path


def check(path: Path, cache: Path | None = None) -> None:
    check_weights(path, EXPECTED, cache, again="pip install some-weights")


def test_the_digest(file: Path) -> None:
    assert sha256(file) == EXPECTED
    check(file)


def test_one_changed_byte(file: Path) -> None:
    file.write_bytes(CONTENT[:-1] + b"S")
    with pytest.raises(ModelError) as raised:
        check(file)
    said = str(raised.value)
    assert said.startswith(f"The weights model.bin were altered: {file} has SHA-256 ")
    assert f"expected {EXPECTED[:12]}…" in said
    assert said.endswith("Get them again: pip install some-weights")
    assert raised.value.exit_status == 1


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_missing(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "model.bin"
    make(path)
    with pytest.raises(ModelError) as raised:
        check(path)
    assert str(raised.value).startswith(f"The weights model.bin are missing: {path}: ")
    assert "Get them again" in raised.value.next_step


def test_packages_come_again_into_the_python_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda _: object())  # environments made by uv have no pip
    assert install_command("a==1").startswith(f"{sys.executable} -m pip install ")
    monkeypatch.setattr(weights, "find_spec", lambda _: None)
    assert install_command("a==1") == f"uv pip install --python {sys.executable} --reinstall-package a a==1"


def test_they_are_read_once(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    check(file, cache)
    monkeypatch.setattr(weights, "sha256", lambda _: pytest.fail("read again"))
    check(file, cache)


def test_a_change_is_noticed_by_time_and_size(file: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    check(file, cache)
    file.write_bytes(CONTENT[:-1] + b"S")
    os.utime(file, ns=(1, 1))
    with pytest.raises(ModelError, match="altered"):
        check(file, cache)
    file.write_bytes(CONTENT + b"!")
    with pytest.raises(ModelError, match="altered"):
        check(file, cache)


def test_altered_weights_arent_remembered(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"other")
    for _ in range(2):
        with pytest.raises(ModelError):
            check(file, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("content", [b"", b"no json", b"[1]", b"\xff", b'{"x": 1}'])
def test_a_damaged_memory_is_made_again(file: Path, tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "checked-weights.json").write_bytes(content)
    check(file, cache)
    assert str(file) in json.loads((cache / "checked-weights.json").read_text(encoding="utf-8"))


def test_a_memory_that_cant_be_written_costs_only_time(file: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    check(file, tmp_path / "cache")


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_the_memory_is_for_its_owner_alone(file: Path, tmp_path: Path) -> None:
    check(file, tmp_path / "cache")
    assert (tmp_path / "cache" / "checked-weights.json").stat().st_mode & 0o777 == 0o600
