"""The answer's screen while the disk is full: it says so, and the answer is kept once there is room."""

import pytest

from rehearse.history.answers import AnswerFilter
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from tests.small_disk import SmallDisk, small_disk
from tests.ui.driving import fake_studio, shown, wait_until

__all__ = ["small_disk"]


async def test_an_answer_on_a_full_disk_waits_for_room(small_disk: SmallDisk) -> None:
    studio = fake_studio(small_disk.path / "home")
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Something small" in shown(app))
        small_disk.fill()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "microphone open" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "disk is full" in shown(app) or "No space left" in shown(app))
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        assert "● recording" in shown(app), "it goes on"
        await wait_until(pilot, lambda: screen.rehearsal is not None and screen.rehearsal.elapsed > 1)
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen._saver is not None)
        assert "free some space and it is saved by itself" in " ".join(shown(app).split())
        small_disk.empty()
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
    assert studio.equipment.store.count(AnswerFilter(status=None)) == studio.equipment.store.count() == 1


async def test_an_answer_that_outgrows_the_memory_ends_and_waits_for_room(
    small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearse.audio.recording.MOST_HELD", 1)
    studio = fake_studio(small_disk.path / "home")
    app = RehearseApp(studio)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Something small" in shown(app))
        small_disk.fill()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "microphone open" in shown(app))
        await pilot.press("enter")
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await wait_until(pilot, lambda: screen._saver is not None)
        assert any("The answer has ended" in one.message for one in app._notifications)
        small_disk.empty()
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
    assert studio.equipment.store.count() == 1
