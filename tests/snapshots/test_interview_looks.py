"""How the report on an interview looks."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from rehearse.domain.sound import AudioBlock
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from tests.interviewing import BEGUN, planned, whole_interview, with_interview_guide
from tests.ui.driving import Buzz, fake_studio, shown, wait_until

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


@pytest.mark.parametrize("size", SIZES)
def test_plan(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    with_interview_guide(studio)

    async def run(pilot: Pilot[Any]) -> None:
        await wait_until(pilot, lambda: "You would be asked" in shown(pilot.app))
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.1)

    assert snap_compare(RehearseApp(studio, to.PlanInterview()), terminal_size=size, run_before=run)


@pytest.mark.parametrize("size", SIZES)
def test_a_question(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    """As it is asked for the first time, with what leads to it."""
    with_interview_guide(studio)
    studio.equipment.now = lambda: 3.0
    studio.equipment._make_source = lambda _: Held()
    kept = studio.interviews.begin(planned(studio.interviews, None, 20, 2, BEGUN), BEGUN)

    async def run(pilot: Pilot[Any]) -> None:
        await wait_until(pilot, lambda: "microphone open" in shown(pilot.app) and "question 1" in shown(pilot.app))
        await wait_until(pilot, lambda: "still loading" not in shown(pilot.app))
        await pilot.pause(0.1)

    assert snap_compare(RehearseApp(studio, to.RunInterview(kept.id)), terminal_size=size, run_before=run)


@pytest.mark.parametrize("size", SIZES)
def test_where_it_was_stopped(snap_compare: Any, studio: Studio, size: tuple[int, int]) -> None:
    with_interview_guide(studio)
    studio.equipment.now = lambda: 3.0
    studio.equipment._make_source = lambda _: Held()
    kept = studio.interviews.begin(planned(studio.interviews, None, 20, 2, BEGUN), BEGUN)

    async def run(pilot: Pilot[Any]) -> None:
        await wait_until(pilot, lambda: "microphone open" in shown(pilot.app) and "question 1" in shown(pilot.app))
        await pilot.press("q")
        await wait_until(pilot, lambda: "Stopped" in shown(pilot.app))
        await pilot.pause(0.1)

    assert snap_compare(RehearseApp(studio, to.RunInterview(kept.id)), terminal_size=size, run_before=run)


def test_past_interviews(snap_compare: Any, studio: Studio) -> None:
    whole_interview(studio, typed=True)
    whole_interview(studio, typed=True, broken_off=True)

    async def run(pilot: Pilot[Any]) -> None:
        await wait_until(pilot, lambda: "2 kept" in shown(pilot.app))
        await pilot.pause(0.1)

    assert snap_compare(RehearseApp(studio, to.PastInterviews()), terminal_size=(80, 24), run_before=run)


class Held(Buzz):
    """A microphone that is open and brings nothing, so that no meter moves."""

    def read(self, timeout: float) -> AudioBlock | None:
        time.sleep(timeout)
        return None
