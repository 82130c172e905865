"""w in the review unfolds every row to a sentence that says why it stands as it does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import NOTHING, Match, MistakeMark, MistakeState, SectionState
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.widgets.mark_row import MarkRow
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, fake_studio, shown, wait_until

GUIDE = small_guide()


def panel(app: RehearseApp) -> str:
    """The text of the panel alone, in one line."""
    return " ".join(" ".join(row.render().plain for row in app.screen.query(MarkRow)).split())


def reviewed(studio: Studio, **sections: Any) -> Answer:
    answer = studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    assert answer.coverage is not None
    marks = tuple(
        replace(mark, **sections[mark.section_id]) if mark.section_id in sections else mark
        for mark in answer.coverage.sections
    )
    return replace(answer, coverage=replace(answer.coverage, sections=marks))


async def unfolded(answer: Answer, studio: Studio, section: str, said: str) -> None:
    app = RehearseApp(studio, to.Review(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "⏎ why" in shown(app))
        down = [one.id for one in GUIDE.sections].index(section)
        await pilot.press(*["down"] * down, "w")
        await wait_until(pilot, lambda: said in panel(app))


@pytest.mark.parametrize("near", [False, True])
async def test_a_missing_row_says_what_came_nearest_or_that_nothing_did(own_home: Path, near: bool) -> None:
    studio = fake_studio(own_home)
    belongs = GUIDE.section("lesson").summary
    nothing = Match(NOTHING, "no words were found that come near it", 1.0)
    words = reviewed(studio).transcript.quote(22, 27)
    changed: dict[str, Any] = {"nearest": words} if near else {"why": (nothing,)}
    nearest = f"The nearest words were “{words.text}”: they tell too little of it for a tick."
    nowhere = f"missing It didn't come up: {nothing.text}. What belongs here: {belongs}"
    said = f"% sure that it came up {nearest}" if near else nowhere
    await unfolded(reviewed(studio, lesson=changed), studio, "lesson", said)


async def test_a_touched_row_says_what_is_lacking_beside_its_words(own_home: Path) -> None:
    studio = fake_studio(own_home)
    answer = reviewed(studio, steps={"state": SectionState.THIN, "why": (Match("blocked", "names are listed", 1.0),)})
    await unfolded(answer, studio, "steps", "Only touched: names are listed. What belongs here:")


async def test_where_nothing_was_judged_every_row_says_why(own_home: Path) -> None:
    studio = fake_studio(own_home)
    short = studio.mark_typed(GUIDE, GUIDE.scenarios[0], "It was fine.")
    assert short.coverage is not None
    still_open = tuple(MistakeMark(one.id, MistakeState.OPEN) for one in GUIDE.mistakes)
    short = replace(short, coverage=replace(short.coverage, mistakes=still_open))
    app = RehearseApp(studio, to.Review(GUIDE, short))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "⏎ why" in shown(app))
        rows = len(GUIDE.sections) + len(GUIDE.mistakes)
        for _ in range(rows):
            await pilot.press("w", "down")
        await wait_until(pilot, lambda: panel(app).count("oo little was said to judge.") == rows)
