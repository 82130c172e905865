"""Closed streams, folders that can't be, other encodings, byte-order marks: one sentence, or what was asked for."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="redirections of a POSIX shell")
MARK = b"\xef\xbb\xbf"


def shell(
    arguments: str, redirected: str, home: Path | str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command as a shell starts it, with its redirections."""
    command = f"exec {shlex.quote(sys.executable)} -m rehearse {arguments} {redirected}"
    return subprocess.run(
        ["/bin/sh", "-c", command],
        input=given,
        capture_output=True,
        timeout=100,
        check=False,
        env={**os.environ, "REHEARSE_HOME": str(home), **environment},
    )


@POSIX
@pytest.mark.parametrize(
    ("arguments", "redirected", "said"),
    [
        ("quiz --plain", "<&-", "There is no input: standard input is closed. Type it"),
        ("quiz --plain", "<&- 0>/dev/null", "There is no input: standard input can't be read (Bad file descriptor)."),
        ("score -", "<&-", "There is no input: standard input is closed. Type it"),
        ("score --jsonl", "<&-", "There is no input: standard input is closed. Type it"),
        ("", "<&-", "The app needs a terminal: standard input isn't one."),
        ("guide list", ">&-", "There is nowhere to write to: standard output is closed. Send it"),
        ("--version", ">&-", "There is nowhere to write to: standard output is closed. Send it"),
        ("guide list", "1</dev/null", "Can't write to standard output: Bad file descriptor. Send it"),
    ],
)
def test_a_stream_that_is_closed_is_bad_input(own_home: Path, arguments: str, redirected: str, said: str) -> None:
    done = shell(arguments, redirected, own_home)
    lines = done.stderr.decode().splitlines()
    assert [line.startswith(f"rehearse: {said}") for line in lines] == [True], lines
    assert done.returncode == 2


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_without_room(own_home: Path) -> None:
    done = shell("guide list", ">/dev/full", own_home)
    assert done.stderr.startswith(b"rehearse: Can't write to standard output: No space left on device. Send it")
    assert len(done.stderr.splitlines()) == 1
    assert done.returncode == 2


@POSIX
def test_without_standard_error_only_the_status_tells(own_home: Path) -> None:
    done = shell("score missing.wav", "2>&-", own_home)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


@POSIX
def test_what_is_opened_later_never_takes_a_closed_streams_number(own_home: Path) -> None:
    code = (
        "import sys, os; from rehearse.cli import main; main(['history', 'list']);"
        "found = [os.readlink(f'/proc/self/fd/{n}') for n in (0, 2)];"
        "print(*found, open('/dev/zero').fileno() > 2)"
    )
    if not Path("/proc/self/fd").exists():
        pytest.skip("no list of open files here")
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {shlex.quote(sys.executable)} -c {shlex.quote(code)} <&- 2>&-"],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "REHEARSE_HOME": str(own_home)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "/dev/null /dev/null True"


@POSIX
@pytest.mark.parametrize(
    ("arguments", "home", "why"),
    [
        ("guide list", "~nosuchuser/x", "there is no such home"),
        ("doctor", "~nosuchuser/x", "there is no such home"),
        ("quiz --plain", "x" * 5000, "File name too"),
    ],
)
def test_a_data_folder_that_cannot_be(arguments: str, home: str, why: str) -> None:
    done = shell(arguments, "", home)
    assert done.stderr.decode().startswith(f"rehearse: Can't use the data folder {home}: {why}")
    assert done.stderr.decode().endswith("Choose another folder with REHEARSE_HOME.\n")
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_output_that_is_not_utf8_gets_signs_it_can_show(own_home: Path, encoding: str) -> None:
    found = shell("doctor", "", own_home, PYTHONIOENCODING=encoding).stdout.decode(encoding)
    assert found.count("+ ") > 3
    assert "\\u" not in found
    hint = shell("quiz --plain", "", own_home, PYTHONIOENCODING=encoding).stdout.decode(encoding)
    assert "don't know" in hint


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {}])
def test_json_arrives_whole_whatever_the_encoding(own_home: Path, environment: dict[str, str]) -> None:
    request = {"id": "“Zoë” → 日本", "text": ""}
    done = shell("score --jsonl", "", own_home, given=json.dumps(request).encode(), **environment)
    assert json.loads(done.stdout)["id"] == request["id"]


def test_a_pipe_speaks_utf8_unless_told_otherwise(own_home: Path) -> None:
    environment = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    assert shell("doctor", "", own_home, given=b"", **environment).stdout.decode().count("✔ ") > 3


def test_a_byte_order_mark_is_no_part_of_the_first_line(own_home: Path) -> None:
    request = json.dumps({"id": "a", "text": ""}).encode()
    done = shell("score --jsonl", "", own_home, MARK + request + b"\n" + request + b"\n")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [result["id"] for result in results] == ["a", "a"]
    assert all("empty" in result["error"] for result in results)
    assert shell("score -", "", own_home, MARK + b" ").stderr.startswith(b"rehearse: The answer is empty.")
    asked = shell("quiz --plain", "", own_home, MARK + b"1\n").stdout.decode()
    assert "Question 2" in asked
    assert "Type a number" not in asked


@POSIX
def test_repairing_where_no_folder_can_be(tmp_path: Path) -> None:
    done = shell("doctor --repair", "", "/dev/null/x")
    assert done.stderr.startswith(b"rehearse: Can't use the data folder /dev/null/x: ")
    assert done.returncode == 2
