"""A studio of fakes, and waiting for something to become true."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
from textual.app import App
from textual.pilot import Pilot

from rehearse.audio.sources import SamplesSource
from rehearse.domain.rehearsal import PRESSED_TWICE
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from tests.fakes import ScriptedTranscriber, ask_from, mark_by_keyword, small_guide

ANSWER = (
    "So the goal was fewer wrong orders in the kitchen, which cost us money every day. "
    "Then the steps were simple, I packed it in a box and it ran every night."
)


class Buzz:
    """A microphone that hums at speaking loudness from the moment it is opened, in real time or as fast as read."""

    trouble: Any = None

    def __init__(self, *, silent: bool = False) -> None:
        self._inner = SamplesSource(np.zeros(SAMPLE_RATE * 600, np.float32), real_time=True)
        self._silent = silent

    def open(self) -> None:
        self._inner.open()

    def read(self, timeout: float) -> AudioBlock | None:
        block = self._inner.read(timeout)
        if block is None:
            return None
        tone = 0.0 if self._silent else 0.1
        return AudioBlock(hum(len(block.samples), tone), block.first_sample)

    def close(self) -> None:
        self._inner.close()

    @property
    def ended(self) -> bool:
        return self._inner.ended

    @property
    def frames_delivered(self) -> int:
        return self._inner.frames_delivered


def hum(count: int, loudness: float = 0.1) -> Samples:
    """Noise; the real detector takes it for no voice, so tests that want words bring recorded speech."""
    return (np.random.default_rng(7).standard_normal(count) * loudness).astype(np.float32)


def fake_studio(home: Path, *, texts: tuple[str, ...] = (ANSWER,), **chosen: Any) -> Studio:
    """Everything real but the microphone, the speech model, the guide and the engine."""
    settings: dict[str, Any] = {"voice": False, "checked_microphone": True, **chosen}
    guide = small_guide()
    studio = Studio(
        Equipment(
            Places(home),
            Settings(**settings),
            make_source=lambda _: Buzz(),
            load_transcriber=lambda: ScriptedTranscriber(texts),
        )
    )
    ask_from(studio.equipment, guide)
    mark_by_keyword(studio.equipment, guide)
    return studio


async def wait_until(pilot: Pilot[Any], true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Let the app run until `true()`; fails after `seconds`."""
    for _ in range(int(seconds / 0.02)):
        await pilot.pause()
        try:
            if true():
                return
        except Exception:  # noqa: BLE001 - a widget that isn't there yet is simply not true yet
            pass
        await asyncio.sleep(0.02)
    raise AssertionError(f"didn't become true within {seconds} s on {pilot.app.screen}")


def shown(app: App[Any]) -> str:
    """All text on the screen."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


async def ready(pilot: Pilot[Any], app: App[Any]) -> None:
    """Wait until the guide is listed."""
    await wait_until(pilot, lambda: "Something small" in shown(app))


@asynccontextmanager
async def at_home(studio: Studio, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Pilot[Any], RehearseApp]]:
    """The app on its first screen, with the guide listed."""
    app = RehearseApp(studio)
    async with app.run_test(size=size) as pilot:
        await ready(pilot, app)
        yield pilot, app


async def begin_thinking(pilot: Pilot[Any], app: App[Any]) -> None:
    """Start a rehearsal from the first screen; the microphone is open."""
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(app.screen, RehearsalScreen) and "microphone open" in shown(app))


async def spoken_a_while(pilot: Pilot[Any]) -> None:
    """Wait until enter ends the answer that runs, and isn't taken for the press that began it."""

    def long_enough() -> bool:
        screen = pilot.app.screen
        assert isinstance(screen, RehearsalScreen)
        return screen.rehearsal is not None and screen.rehearsal.elapsed >= PRESSED_TWICE

    await wait_until(pilot, long_enough)
