"""What the list of past answers shows where its rows have no room for all, and where it has none."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets import Static

from rehearse.domain.answer import Mode, Source
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.light_text import contrast
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.widgets.answer_list import AnswerList
from tests.answers import begun_answer
from tests.fakes import ask_from, small_guide
from tests.ui.driving import fake_studio, shown, wait_until
from tests.unit.history.support import NOW, marks, spoken

LONG = "When all the others in the working group are your equals, in"
GUIDE = "Leading people over whom you have no authority"
OFFICES = (f"{LONG} the same office", f"{LONG} other offices")


def keep(studio: Studio, *titles: str, said: str = "We packed it in a box.") -> None:
    """An answer to a scenario of each title."""
    small = small_guide()
    scenarios = tuple(replace(small.scenarios[0], id=f"s{n}", title=title) for n, title in enumerate(titles))
    guide = replace(small, title=GUIDE, scenarios=scenarios)
    ask_from(studio.equipment, guide)
    for scenario in scenarios:
        begun = begun_answer(studio.equipment.store,
            guide_id=guide.id, scenario_id=scenario.id, question="?", source=Source.TYPED, mode=Mode.COACHED,
            settings={}, now=NOW,
        )  # fmt: skip
        studio.equipment.store.complete(replace(begun, transcript=spoken(said), coverage=marks("goal")))


async def test_titles_that_begin_alike_are_told_apart_under_the_cursor(studio: Studio) -> None:
    keep(studio, *OFFICES)
    app = RehearseApp(studio, HistoryScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "2 answers" in shown(app))
        assert sum("When all the" in line and "…" in line for line in shown(app).splitlines()) == 2
        seen = [under_the_cursor(app)]
        await pilot.press("down")
        await wait_until(pilot, lambda: under_the_cursor(app) != seen[0])
        seen.append(under_the_cursor(app))
        assert sorted(seen) == sorted(f"{title} (typed) {GUIDE}" for title in OFFICES)


def under_the_cursor(app: RehearseApp) -> str:
    """What stands under the list, on one line."""
    return " ".join(str(app.screen.query_one("#named", Static).render()).split())


async def test_what_was_searched_for_is_seen_wherever_it_stands(studio: Studio) -> None:
    keep(studio, "Something small", said="So at the very first of all we had to write it all by ourselves in a box.")
    app = RehearseApp(studio, HistoryScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "1 answer" in shown(app))
        await pilot.press("slash", *"box")
        await wait_until(pilot, lambda: "best match" in shown(app))
        (excerpt,) = [line for line in shown(app).splitlines() if "ourselves in a box." in line]
        assert excerpt.strip().startswith("…")
        await pilot.press(*["backspace"] * 3, *"very")
        await wait_until(pilot, lambda: "So at the very" in shown(app))
        (excerpt,) = [line for line in shown(app).splitlines() if "So at the very" in line]
        assert excerpt.rstrip().endswith("…")


async def test_an_empty_list_offers_no_key_that_does_nothing(studio: Studio) -> None:
    app = RehearseApp(studio, HistoryScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "No answers yet" in shown(app))
        await wait_until(pilot, lambda: shown(app).splitlines()[-1].split() == ["q", "back", "?", "help"])
        assert "No answers yet" in "".join(shown(app).splitlines()[:5]), "at the top, where one looks first"
        assert "covered" not in shown(app)


async def test_the_trash_says_how_one_comes_back(studio: Studio) -> None:
    keep(studio, "Something small")
    app = RehearseApp(studio, HistoryScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "1 answer" in shown(app))
        await pilot.press("d", "T")
        await wait_until(pilot, lambda: "Trash · U brings one back, P empties it" in shown(app))
        await wait_until(pilot, lambda: "d delete" not in shown(app))
        await pilot.press("U")
        await wait_until(pilot, lambda: "The trash is empty." in shown(app))
        assert "U brings one back" not in shown(app)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "nord", "catppuccin-latte"])
async def test_rows_and_passages_can_be_read_on_any_theme(own_home: Path, theme: str) -> None:
    studio = fake_studio(own_home, theme=theme)
    keep(studio, *OFFICES)
    app = RehearseApp(studio, HistoryScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "2 answers" in shown(app))
        assert worst_contrast(app) >= 3
        await pilot.press("slash", *"box")
        await wait_until(pilot, lambda: "best match" in shown(app))
        assert worst_contrast(app) >= 3
        await pilot.press("enter")
        await pilot.pause()
        assert worst_contrast(app) >= 3


def worst_contrast(app: RehearseApp) -> float:
    """Of the words in the list, each to what it stands on."""
    answers = app.screen.query_one(AnswerList)
    styles = [
        segment.style
        for y in range(2 * len(answers.rows))
        for segment in answers.render_line(y)
        if segment.text.strip() and segment.style
    ]
    return min(contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)) for style in styles)
