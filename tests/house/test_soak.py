"""A long day with the app: memory stays flat, and no thread, no file and no widget is left behind."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
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

MOST_WIDGETS = 40
"""Those of the two screens that were shown last may still be held; a line of keys at every key would be hundreds."""

RUNS = {
    "rehearsals": ["rehearsals", "200"],
    "sessions": ["sessions", str(8 * 3600 // KEY_SECONDS)],
    "screen": ["screen", "120"],
    "leaking": ["sessions", "48", "leaking"],
}

Held = list[dict[str, Any]]
"""What was held before, after a quarter, after all, and once all was closed."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Held]]:
    """What a run held; they go on side by side."""
    with ExitStack() as running:
        processes = {}
        for name, (what, *rest) in RUNS.items():
            command = [sys.executable, "-m", "tests.house.soaking", what, str(tmp_path_factory.mktemp(name)), *rest]
            pipe = subprocess.PIPE
            process = subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)
            processes[name] = running.enter_context(process)
            running.callback(process.kill)

        def wait_for(name: str) -> Held:
            said, wrong = processes[name].communicate(timeout=200)
            assert processes[name].returncode == 0, wrong
            found: Held = json.loads(said)
            return found

        yield wait_for


def complaints(held: Held, *, settled: bool = True) -> set[str]:
    """What isn't as it was; `settled` says that caches were full after a quarter."""
    before, quarter, end, closed = held
    found = {kind for kind in ("threads", "handles") if closed[kind] != before[kind]}
    found |= {kind for kind in ("threads", "handles") if len(end[kind] or ()) > len(quarter[kind] or ()) + JUST_OPEN}
    found |= {"widgets"} if end["widgets"] > MOST_WIDGETS else set()
    if settled:
        found |= {"objects"} if end["objects"] > quarter["objects"] + MOST_OBJECTS else set()
        found |= {"resident"} if (end["resident"] or 0) > (quarter["resident"] or 0) * MOST_GROWTH else set()
    return found


def test_two_hundred_rehearsals(held: Callable[[str], Held]) -> None:
    found = held("rehearsals")
    assert complaints(found) == set(), found


def test_eight_hours_of_the_quiz(held: Callable[[str], Held]) -> None:
    found = held("sessions")
    assert complaints(found) == set(), found


def test_the_screens_let_go_what_they_no_longer_show(held: Callable[[str], Held]) -> None:
    found = held("screen")
    assert complaints(found, settled=False) == set(), found


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_the_watcher_sees_what_it_looks_for(held: Callable[[str], Held]) -> None:
    found = held("leaking")
    assert complaints(found) == {"threads", "handles", "widgets", "objects", "resident"}, found
