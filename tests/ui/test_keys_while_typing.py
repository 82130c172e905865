"""While words are typed, footer and help name only keys that aren't taken for letters."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.binding import ActiveBinding
from textual.widgets import Input

from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.help import HelpDialog
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until

GUIDE = small_guide()
PLACES: dict[str, Callable[[], to.Destination | None]] = {
    "home": lambda: None,
    "history": to.History,
    "study": lambda: to.Study(GUIDE),
}


def named(app: RehearseApp, active: ActiveBinding) -> str:
    return active.binding.key_display or app.get_key_display(active.binding)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_no_key_is_named_that_would_be_typed(own_home: Path, place: str, size: tuple[int, int]) -> None:
    studio = fake_studio(own_home)
    studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    app = RehearseApp(studio, PLACES[place]())
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "q back" in shown(app) or "q quit" in shown(app))
        before = shown(app)
        await pilot.press("slash")
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        keys = [named(app, active) for active in app.screen.active_bindings.values()]
        assert [key for key in keys if (len(key) == 1 and key.isalnum()) or key in "?/*"] == []
        await wait_until(pilot, lambda: "f1 help" in shown(app))
        footer = shown(app).splitlines()[-1]
        assert [
            word for word in ("quit", "back", "? ", "start", "open", "t type", "k quiz") if f" {word}" in footer
        ] == ([] if place == "home" else ["back"])
        assert "esc back" in footer or place == "home"
        await pilot.press(*"q?k")
        assert isinstance(app.focused, Input)
        assert app.focused.value == "q?k"
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpDialog))
        assert isinstance(app.screen, HelpDialog)
        assert [key for key, _ in app.screen._keys if len(key) == 1 and key.isascii()] == []
        await pilot.press("escape", "escape")
        await wait_until(pilot, lambda: shown(app).splitlines()[-1] == before.splitlines()[-1])
