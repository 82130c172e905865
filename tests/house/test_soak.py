"""A long day with the app: memory stays flat, and no thread, no file and no widget is left behind."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.soaking import KEY_SECONDS

ROOT = Path(__file__).resolve().parents[2]
MOST_GROWTH = 1.1
"""Of the whole process, between a quarter and the end."""
JUST_OPEN = 8
"""Threads or file handles more than after a quarter: a worker may just be at the store. A leak has one a turn."""
MOST_OBJECTS = 100_000
"""Bytes that Python's own objects may grow by meanwhile; of one rehearsal alone, the sound would be as much."""


def soak(what: str, folder: Path, count: int, *more: str) -> list[dict[str, Any]]:
    """What was held before, after a quarter, after all, and once all was closed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.soaking", what, str(folder), str(count), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def complaints(held: list[dict[str, Any]], *, settled: bool = True) -> set[str]:
    """What isn't as it was; `settled` says that caches were full after a quarter."""
    before, quarter, end, closed = held
    found = {kind for kind in ("threads", "handles") if closed[kind] != before[kind]}
    found |= {kind for kind in ("threads", "handles") if len(end[kind] or ()) > len(quarter[kind] or ()) + JUST_OPEN}
    found |= {"widgets"} if end["widgets"] > quarter["widgets"] else set()
    if settled:
        found |= {"objects"} if end["objects"] > quarter["objects"] + MOST_OBJECTS else set()
        found |= {"resident"} if (end["resident"] or 0) > (quarter["resident"] or 0) * MOST_GROWTH else set()
    return found


def test_two_hundred_rehearsals(tmp_path: Path) -> None:
    held = soak("rehearsals", tmp_path, 200)
    assert complaints(held) == set(), held


def test_eight_hours_of_the_quiz(tmp_path: Path) -> None:
    held = soak("sessions", tmp_path, 8 * 3600 // KEY_SECONDS)
    assert complaints(held) == set(), held


def test_the_screens_of_the_app_let_go_what_they_no_longer_show(tmp_path: Path) -> None:
    held = soak("screen", tmp_path, 120)
    assert complaints(held, settled=False) == set(), held


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_the_watcher_sees_what_it_looks_for(tmp_path: Path) -> None:
    held = soak("sessions", tmp_path, 40, "leaking")
    assert complaints(held) == {"threads", "handles", "widgets", "objects", "resident"}, held
