"""Files that are replaced whole."""

import os
from pathlib import Path

import pytest

from rehearse.files import real_place, replace_text, replacing

POSIX = pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    replace_text(tmp_path / "a.json", "ä\n")
    assert (tmp_path / "a.json").read_bytes() == "ä\n".encode()
    assert left(tmp_path) == ["a.json"]
    if os.name == "posix":
        assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600


def test_an_error_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    replace_text(path, "old")

    def write() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise ValueError("as the test wants")

    with pytest.raises(ValueError, match="wants"):
        write()
    assert path.read_text() == "old"
    assert left(tmp_path) == ["a"]


@pytest.mark.parametrize("durable", [True, False])
def test_it_waits_for_the_disk_where_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    replace_text(tmp_path / "a", "new", durable=durable)
    assert (tmp_path / "a").read_text() == "new"
    assert bool(waited) is durable


@POSIX
def test_links_are_written_through(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "first").symlink_to("second")
    (tmp_path / "second").symlink_to(real / "file")
    replace_text(tmp_path / "first", "a")  # points at nothing yet
    replace_text(tmp_path / "first", "b")
    assert (real / "file").read_text() == "b"
    assert (tmp_path / "first").is_symlink()
    assert (tmp_path / "second").is_symlink()
    assert left(tmp_path) == ["first", "real", "second"]
    assert left(real) == ["file"]
    assert real_place(tmp_path / "first") == real_place(real) / "file"


@POSIX
def test_links_in_a_circle_are_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links"):
        replace_text(tmp_path / "a", "text")
    assert left(tmp_path) == ["a", "b"]
