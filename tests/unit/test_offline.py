"""The switches are set before any library can read them, and old traces can be found and deleted."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.offline import SWITCHES, find_traces, remove_traces, switch_off


def left(cache: Path) -> Path:
    folder = cache / "Microsoft" / "DeveloperTools" / ".onnxruntime"
    folder.mkdir(parents=True)
    (folder / "deviceid").write_text("1234")
    (folder / "onnxruntime.db").write_bytes(b"SQLite format 3\0")
    return folder


@pytest.mark.parametrize("module", ["rehearse.coverage.engine", "rehearse.speech.models", "rehearse.cli", "rehearse"])
def test_every_door_into_the_package_sets_the_switches(module: str) -> None:
    code = f"import {module}, os; print(*(os.environ.get(name) for name in {tuple(SWITCHES)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": "", "HF_HUB_OFFLINE": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == list(SWITCHES.values())


def test_a_users_own_value_does_not_hold() -> None:
    environment = {"ORT_DISABLE_TELEMETRY": "0", "PATH": "/bin"}
    switch_off(environment)
    assert environment == {**SWITCHES, "PATH": "/bin"}


def test_traces_lie_in_the_cache_folder(tmp_path: Path) -> None:
    assert find_traces({"HOME": str(tmp_path)}) is None
    assert find_traces({}) is None
    folder = left(tmp_path / ".cache")
    assert find_traces({"HOME": str(tmp_path)}) == folder
    assert find_traces({"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "else")}) is None
    other = left(tmp_path / "else")
    assert find_traces({"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "else")}) == other


def test_removing_leaves_what_others_keep_beside_them(tmp_path: Path) -> None:
    folder = left(tmp_path)
    (tmp_path / "Microsoft" / "Edge").mkdir()
    assert [path.name for path in remove_traces(folder)] == ["deviceid", "onnxruntime.db"]
    assert [path.name for path in (tmp_path / "Microsoft").iterdir()] == ["Edge"]
    remove_traces(left(tmp_path / "second"))
    assert list((tmp_path / "second").iterdir()) == []


def test_traces_are_named_once_and_doctor_deletes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = left(tmp_path / "cache")
    assert main(["history", "list"]) == 0
    said = capsys.readouterr().err
    assert str(folder) in said
    assert "rehearse doctor --forget-telemetry" in said
    assert main(["history", "list"]) == 0
    assert capsys.readouterr().err == ""
    main(["doctor"])
    assert f"{folder} holds onnxruntime's device id" in capsys.readouterr().out
    main(["doctor", "--forget-telemetry"])
    told = capsys.readouterr()
    assert f"Deleted {folder / 'deviceid'}" in told.err
    assert "none left traces" in told.out
    assert not folder.exists()


def test_the_guard_of_the_tests_refuses_the_internet() -> None:
    for family in (socket.AF_INET, socket.AF_INET6):
        with pytest.raises(AssertionError, match="the network was tried"):
            socket.socket(family)
    with pytest.raises(AssertionError, match="the network was tried"):
        socket.create_connection(("127.0.0.1", 9))
    left_end, right_end = socket.socketpair()
    left_end.close()
    right_end.close()
