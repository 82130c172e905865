"""How the report on an interview looks."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from tests.interviewing import whole_interview
from tests.ui.driving import fake_studio, shown, wait_until

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def studio(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """In a place whose clocks show UTC."""
    with monkeypatch.context() as context:
        context.setenv("TZ", "UTC")
        time.tzset()
        yield fake_studio(own_home)
    time.tzset()


async def settled(pilot: Pilot[Any]) -> None:
    await wait_until(pilot, lambda: "questions answered" in shown(pilot.app))
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.1)


@pytest.mark.parametrize("size", SIZES)
def test_report(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    kept = whole_interview(studio, sound=False)
    app = RehearseApp(studio, to.InterviewReport(kept.id, fresh=True))
    assert snap_compare(app, terminal_size=size, run_before=settled)


def test_report_at_its_end(snap_compare: Any, studio: Studio) -> None:
    kept = whole_interview(studio, sound=False)

    async def run(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("end", *["down"] * 12)
        await pilot.pause(0.1)

    assert snap_compare(RehearseApp(studio, to.InterviewReport(kept.id)), terminal_size=(80, 24), run_before=run)


def test_report_of_one_that_was_typed_and_broken_off(snap_compare: Any, studio: Studio) -> None:
    kept = whole_interview(studio, typed=True, broken_off=True)
    app = RehearseApp(studio, to.InterviewReport(kept.id))
    assert snap_compare(app, terminal_size=(80, 24), run_before=settled)


def test_export_of_a_report(snap_compare: Any, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    app = RehearseApp(studio, to.ExportInterview("x"))

    async def run(pilot: Pilot[Any]) -> None:
        await wait_until(pilot, lambda: "Markdown" in shown(app))
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=(80, 24), run_before=run)
