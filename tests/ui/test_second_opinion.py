"""Asking a friend from the review: the page, what comes back, and where it stands."""

import json
from pathlib import Path

from textual.widgets import Input

from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.second_opinion import SecondOpinionScreen
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, shown, wait_until
from tests.unit.opinions.support import saved

GUIDE = small_guide()


def sent_back(folder: Path, answer_id: str, friend: str, goal: str) -> Path:
    labels = [
        {"mark": "goal", "state": "covered", "agree": goal, "quote": "fewer wrong orders", "comment": "not [b]so[/b]"},
        {"mark": "no-lesson", "state": "made", "agree": "can't tell"},
    ]
    path = folder / f"from-{friend}.json"
    path.write_text(json.dumps(saved(answer=answer_id, friend=friend, labels=labels)), encoding="utf-8")
    return path


async def test_a_page_is_written_and_what_comes_back_stands_below_the_marks(studio: Studio, tmp_path: Path) -> None:
    answer = studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER)
    page = tmp_path / "for-ann.html"
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "fewer wrong" in shown(app))
        assert "Ann" not in shown(app)
        await pilot.press("o")
        await wait_until(pilot, lambda: isinstance(app.screen, SecondOpinionScreen))
        app.screen.query_one("#page", Input).value = str(page)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Written:" in shown(app))
        assert answer.id in page.read_text(encoding="utf-8")

        returned = app.screen.query_one("#returned", Input)
        assert returned.has_focus
        for friend, goal, said in (
            ("Ann", "no", "Ann on 2 marks: 1 no, 1 can't tell."),
            ("Bo", "yes", "Bo on 2 marks"),
        ):
            returned.value = str(sent_back(tmp_path, answer.id, friend, goal))
            await pilot.press("enter")
            await wait_until(pilot, lambda said=said: said in shown(app))  # type: ignore[misc]  # no type for a default
        assert "Kept with this answer: Ann, Bo." in shown(app)
        returned.value = str(page)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "can't be taken as a second opinion" in shown(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SecondOpinionScreen))

        await pilot.press("ctrl+g")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await wait_until(pilot, lambda: "Ann: no · Bo: yes" in shown(app))
        assert "Ann: well told" in shown(app), "on the whole"
        app.screen.query_one(CoveragePanel).select("goal")
        await pilot.press("w")
        await wait_until(pilot, lambda: "(not [b]so[/b])" in " ".join(shown(app).split()))
        await pilot.press("c")
        await pilot.press("w")
        await wait_until(pilot, lambda: "Ann: no to “covered”" in shown(app))
    assert [one.friend for one in studio.equipment.store.get(answer.id).opinions] == ["Ann", "Bo"]
