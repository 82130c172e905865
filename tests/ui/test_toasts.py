"""Notifications: few at once, each once, and never over what one reads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.screens.room import Heading
from tests.ui.driving import shown, wait_until


@asynccontextmanager
async def with_toasts(studio: Studio, *said: str) -> AsyncIterator[tuple[Pilot[Any], RehearseApp]]:
    """The history in the smallest window, after these notifications, the last of which is seen."""
    app = RehearseApp(studio, HistoryScreen)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: "No answers yet" in shown(app))
        for one in said:
            app.notify(one)
            await pilot.pause()
        await wait_until(pilot, lambda: said[-1] in shown(app))
        yield pilot, app


def toasts(app: RehearseApp) -> list[str]:
    return [str(toast.render()) for toast in app.screen.query(Toast)]


def over_the_heading(app: RehearseApp) -> bool:
    heading = app.screen.query_one(Heading).region
    seen = [toast.region for toast in app.screen.query(Toast)]
    return heading.height == 2 and all(region and heading.contains_region(region) for region in seen)


async def test_what_is_said_again_is_seen_once(studio: Studio) -> None:
    """A key that is pressed again where it can do nothing, say."""
    async with with_toasts(studio, "Nothing to bring back.", "Nothing to bring back.", "Nothing to bring back.") as (
        pilot,
        app,
    ):
        await wait_until(pilot, lambda: toasts(app) == ["Nothing to bring back."] and over_the_heading(app))
        assert len(app._notifications) == 1


async def test_the_last_two_are_seen(studio: Studio) -> None:
    async with with_toasts(studio, "The first.", "The second.", "The third.", "The fourth.") as (pilot, app):
        await wait_until(pilot, lambda: toasts(app) == ["The third.", "The fourth."] and over_the_heading(app))


@pytest.mark.parametrize("said", [("Short.",), ("One thing.", "Another thing, which takes as long as this to say.")])
async def test_they_lie_over_the_heading_only(studio: Studio, said: tuple[str, ...]) -> None:
    """Neither over the keys nor over what one reads."""
    async with with_toasts(studio, *said) as (pilot, app):
        await wait_until(pilot, lambda: len(toasts(app)) == len(said) and over_the_heading(app))


async def test_one_that_stands_alone_leaves_the_heading_to_be_read(studio: Studio) -> None:
    async with with_toasts(studio, "In the trash. U brings it back.") as (_, app):
        assert shown(app).splitlines()[0].rstrip().endswith("newest first")
