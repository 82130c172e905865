"""A microphone that isn't there, on a machine that is busy loading the speech model."""

from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest

from rehearse.errors import DeviceError
from rehearse.history.answers import AnswerFilter
from rehearse.live.pipeline import LivePipeline
from rehearse.live.rehearsal import Rehearsal
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.home.home import HomeScreen
from tests.fakes import ScriptedTranscriber
from tests.ui.driving import ANSWER, Buzz, at_home, fake_studio, shown, wait_until


class Missing(Buzz):
    """A microphone that isn't there, which is noticed when it is opened."""

    def open(self) -> None:
        raise DeviceError("There is no microphone", next_step="Plug one in.")


async def test_a_missing_microphone_doesnt_stop_the_app_until_the_model_is_loaded(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, failed, loaded, waited_for = fake_studio(own_home), Event(), Event(), list[float | None]()
    open_at_once, join = Rehearsal.open, LivePipeline.join

    def load() -> ScriptedTranscriber:
        loaded.wait(20)
        return ScriptedTranscriber((ANSWER,))

    def open_late(self: Rehearsal) -> None:
        open_at_once(self)
        failed.wait(20)  # a busy machine: the failure is told of before the job comes to its end

    def join_noted(self: LivePipeline, timeout: float | None = None) -> bool:
        if current_thread() is main_thread() and timeout != 0:
            waited_for.append(timeout)
        return join(self, timeout)

    monkeypatch.setattr(Rehearsal, "open", open_late)
    monkeypatch.setattr(LivePipeline, "join", join_noted)
    studio.equipment._make_source = lambda _: Missing()
    studio.equipment._load_transcriber = load
    async with at_home(studio) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        failed.set()
        await wait_until(pilot, lambda: all(worker.is_finished for worker in app.workers))
        await pilot.pause()
        assert waited_for == []
        loaded.set()
    assert studio.equipment.store.count(AnswerFilter(status=None)) == 0


async def test_where_nothing_can_be_heard_the_footer_says_how_to_go_back(own_home: Path) -> None:
    studio = fake_studio(own_home)
    studio.equipment._make_source = lambda _: Missing()
    async with at_home(studio) as (pilot, app):
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "t type q back ? help" in " ".join(shown(app).splitlines()[-1].split()))
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
