"""Claims: held by one at a time, seen by others, and gone with the program that held them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.claims import claim, is_claimed


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "a.wav"
    path.write_bytes(b"sound")
    return path


def test_one_at_a_time(sound: Path) -> None:
    first = claim(sound)
    assert first is not None
    assert is_claimed(sound)
    assert claim(sound) is None
    first.release()
    first.release()
    assert not is_claimed(sound)
    second = claim(sound)
    assert second is not None
    second.release()


def test_looking_leaves_the_file_as_it_is_and_free(sound: Path) -> None:
    assert not is_claimed(sound)
    assert sound.read_bytes() == b"sound"
    held = claim(sound)
    assert sound.read_bytes() == b"sound", "others can still read it"
    assert held is not None
    held.release()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be renamed there, which does the same")
def test_sharing_a_folder_keeps_off_who_wants_it_alone(tmp_path: Path) -> None:
    one, two = claim(tmp_path, shared=True), claim(tmp_path, shared=True)
    assert one is not None
    assert two is not None
    assert claim(tmp_path) is None
    one.release()
    two.release()
    alone = claim(tmp_path)
    assert alone is not None
    assert claim(tmp_path, shared=True) is None
    alone.release()


def test_what_is_not_there_is_nobodys(tmp_path: Path) -> None:
    assert not is_claimed(tmp_path / "a.wav")
    granted = claim(tmp_path / "a.wav")
    assert granted is not None
    granted.release()


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.wav")
    assert not is_claimed(tmp_path / "a.wav")


HOLDS = """
import sys
from pathlib import Path
from rehearse.claims import claim
held = claim(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_it_ends_with_a_program_that_is_killed(sound: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(sound)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        assert is_claimed(sound)
        assert claim(sound) is None
        os.kill(program.pid, signal.SIGKILL)
    assert not is_claimed(sound)
