"""From a key to what it shows, in the app itself, with 10,000 answers kept."""

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from textual.pilot import Pilot

from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Settings, find_places
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.widgets.answer_list import AnswerList
from tests.bench.tables import note, show_table, verdict
from tests.make_answers import answers, fill

RUNS = 7
OPEN_LIST, SEARCH, OPEN_ANSWER = 300.0, 50.0, 200.0
"""Milliseconds wanted: for the list, for what a search brings, for an answer of ten minutes."""


def run(*, quick: bool = False, full: bool = False) -> None:
    """Print the table."""
    count = 100_000 if full else 1000 if quick else 10_000
    studio = Studio(Equipment(find_places(), Settings(checked_microphone=True, voice=False)))
    try:
        fill(studio.equipment.store, count)
        (long,) = answers(studio.equipment.store, 1, seed=2, length=1600)
        studio.equipment.store.save(replace(long, id="long"))
        rows = asyncio.run(_measure(studio))
    finally:
        studio.close()
    show_table(
        f"In the app, from a key to what it shows; {count} answers, one of {long.duration / 60:.0f} min",
        ["", "median", "worst", "wanted under"],
        [_row(*row) for row in rows],
    )
    note(f"Each {RUNS} times; painting included.")


def _row(name: str, taken: list[float], limit: float) -> list[str]:
    middle = statistics.median(taken)
    return [name, f"{middle:.0f} ms", f"{max(taken):.0f} ms", f"{limit:.0f} ms: {verdict(middle, limit)}"]


async def _measure(studio: Studio) -> list[tuple[str, list[float], float]]:
    app = RehearseApp(studio)
    opened: list[float] = []
    found: list[float] = []
    read: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await _until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.pause(2.0)  # what the home screen prepares in the background is over
        for _ in range(RUNS):
            opened.append(await _timed(pilot, "h", lambda: len(_list(app).rows) > 1))
            await pilot.press("slash", "w")
            await _until(pilot, lambda: "best match" in _title(app))
            before = _list(app).rows
            found.append(
                await _timed(pilot, "e", lambda before=before: _list(app).rows is not before)  # type: ignore[misc]  # no type for a default
            )
            await pilot.press("escape")
            await _until(pilot, lambda: "newest first" in _title(app))
            listed = _list(app)
            listed.cursor = next(i for i in range(len(listed.rows)) if listed.summary(i).id == "long")
            read.append(await _timed(pilot, "enter", lambda: isinstance(app.screen, AnswerScreen)))
            await pilot.press("escape")
            await _until(pilot, lambda: isinstance(app.screen, HistoryScreen))
            await pilot.press("escape")
            await _until(pilot, lambda: isinstance(app.screen, HomeScreen))
    return [
        ("open the history", opened, OPEN_LIST),
        ("one more letter of a search", found, SEARCH),
        ("open the longest answer", read, OPEN_ANSWER),
    ]


def _list(app: RehearseApp) -> AnswerList:
    return app.screen.query_one(AnswerList) if isinstance(app.screen, HistoryScreen) else AnswerList()


def _title(app: RehearseApp) -> str:
    screen = app.screen
    return screen._state(len(_list(app).rows)) if isinstance(screen, HistoryScreen) else ""


async def _timed(pilot: Pilot[int], key: str, there: Callable[[], bool]) -> float:
    begun = time.perf_counter()
    pilot.app.simulate_key(key)  # unlike `pilot.press`, waits for nothing
    await _until(pilot, there)
    painted = asyncio.Event()
    pilot.app.screen.call_after_refresh(painted.set)
    await painted.wait()
    return 1000 * (time.perf_counter() - begun)


async def _until(pilot: Pilot[int], there: Callable[[], bool], limit: float = 30.0) -> None:
    ends = time.perf_counter() + limit
    while not there():
        if time.perf_counter() > ends:
            raise TimeoutError(f"{pilot.app.screen!r} never showed what was waited for")
        await asyncio.sleep(0.001)
