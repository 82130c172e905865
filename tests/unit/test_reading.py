"""Only regular files are read, and no more of them than was said."""

import os
import threading
from pathlib import Path

import pytest

from rehearse.reading import read_bytes, read_text

POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="devices and pipes among the files are POSIX's")


def reason(path: Path, most: int = 100) -> str:
    with pytest.raises(OSError) as raised:
        read_bytes(path, most)
    return str(raised.value.strerror)


def test_up_to_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 100)
    assert read_bytes(path, 100) == b"x" * 100
    assert reason(path, 99) == "it is larger than 0 kB"
    (tmp_path / "link").symlink_to(path)
    assert read_bytes(tmp_path / "link", 100) == b"x" * 100


def test_a_text(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert read_text(path) == "one\ntwo\nthree\n"
    path.write_bytes(b"one\0")
    with pytest.raises(OSError, match="it isn't text"):
        read_text(path)
    path.write_bytes(b"\xff")
    with pytest.raises(UnicodeDecodeError):
        read_text(path)


def test_what_isnt_there_and_what_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path / "none", 1)
    with pytest.raises(IsADirectoryError):
        read_bytes(tmp_path, 1)


@POSIX
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null", "/dev/tty"])
def test_a_device_behind_a_link(tmp_path: Path, device: str) -> None:
    (tmp_path / "link").symlink_to(device)
    assert reason(tmp_path / "link") == "it isn't a file and may never end"


@POSIX
def test_a_pipe_isnt_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert reason(tmp_path / "pipe") == "it isn't a file and may never end"


@POSIX
def test_a_pipe_that_comes_at_the_last_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.touch()
    opened = os.open

    def late(name: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return opened(name, flags)

    monkeypatch.setattr(os, "open", late)
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.append(reason(path)), daemon=True)
    reading.start()
    reading.join(5)
    assert said == ["it isn't a file and may never end"]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no files without a size here")
def test_a_file_that_states_no_size() -> None:
    assert reason(Path("/proc/self/maps"), 1000) == "it is larger than 1 kB"
