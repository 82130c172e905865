"""Leaving while a candidate or a file is heard: it isn't the user who speaks."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from rehearse.domain.rehearsal import Plan
from rehearse.errors import ModelError
from rehearse.live.rehearsal import Rehearsal
from rehearse.services.rehearsals import Emit
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.rehearse.sources import DemoScreen, FileRehearsalScreen
from tests.fakes import small_guide
from tests.ui.driving import Buzz, fake_studio, shown, wait_until

GUIDE = small_guide()


def heard_at_leisure(studio: Studio) -> None:
    """A demo and a file both last for minutes."""

    def demo(plan: Plan, *, emit: Emit, cancelled: Event, real_time: bool = True) -> Rehearsal:
        return studio.rehearsals.begin(plan, Buzz(), emit)

    def from_file(
        plan: Plan, path: Path, *, emit: Emit, cancelled: Event, remark: Callable[[str], object] | None = None
    ) -> Rehearsal:
        return studio.rehearsals.begin(plan, Buzz(), emit)

    studio.demo = demo  # type: ignore[method-assign]  # no voice has to be made
    studio.from_file = from_file  # type: ignore[method-assign]  # no file has to be read


async def test_q_calls_a_demo_off(own_home: Path) -> None:
    studio = fake_studio(own_home)
    heard_at_leisure(studio)
    app = RehearseApp(studio, lambda: DemoScreen(GUIDE, GUIDE.scenarios[0]))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: "the candidate speaks" in shown(app))
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert not any("Your answer" in note.message for note in app._notifications)
        await wait_until(pilot, lambda: not studio.equipment.store.unfinished())


async def test_q_says_what_is_heard_of_a_file(own_home: Path) -> None:
    studio = fake_studio(own_home)
    heard_at_leisure(studio)
    app = RehearseApp(studio, lambda: FileRehearsalScreen(GUIDE, GUIDE.scenarios[0], own_home / "answer.wav"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: "hearing the file" in shown(app))
        await pilot.press("q")
        await wait_until(pilot, lambda: any("The file is being heard" in note.message for note in app._notifications))
        await pilot.press("x")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_a_demo_that_cannot_be_made_leads_back(own_home: Path) -> None:
    def demo(*_: Any, **__: Any) -> Rehearsal:
        raise ModelError("The voice is missing", next_step="Install it anew.")

    studio = fake_studio(own_home)
    studio.demo = demo  # type: ignore[method-assign]  # as where its weights are gone
    app = RehearseApp(studio, lambda: DemoScreen(GUIDE, GUIDE.scenarios[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog) and "The voice is missing" in shown(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))
