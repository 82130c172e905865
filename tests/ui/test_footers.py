"""In a window of 80 columns every key of the footer can be read, up to the last one, which is the help's."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Footer

from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.drills.anew import SaidAnewScreen
from rehearse.ui.screens.drills.ladder import LadderScreen
from rehearse.ui.screens.drills.section import SectionDrillScreen
from rehearse.ui.screens.home.home import HomeScreen
from rehearse.ui.screens.interview.past import PastInterviewsScreen
from rehearse.ui.screens.interview.report import InterviewReportScreen
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen
from rehearse.ui.screens.review.history import HistoryScreen
from rehearse.ui.screens.review.progress import ProgressScreen
from rehearse.ui.screens.settings.settings import SettingsScreen
from tests.fakes import small_guide
from tests.interviewing import whole_interview
from tests.ui.driving import ANSWER, shown, wait_until

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]
SCREENS: Mapping[str, Callable[[Studio], Screen[Any]]] = {
    "home": lambda _: HomeScreen(),
    "review": lambda studio: AnswerScreen(GUIDE, studio.mark_typed(GUIDE, SCENARIO, ANSWER)),
    "compare": lambda studio: CompareScreen(GUIDE, *(studio.mark_typed(GUIDE, SCENARIO, ANSWER) for _ in range(2))),
    "history": lambda _: HistoryScreen(),
    "progress": lambda _: ProgressScreen(GUIDE),
    "settings": lambda _: SettingsScreen(),
    "interview report": lambda studio: InterviewReportScreen(whole_interview(studio, sound=False).id),
    "past interviews": lambda _: PastInterviewsScreen(),
    "section drill": lambda _: SectionDrillScreen(GUIDE, "steps"),
    "ladder": lambda _: LadderScreen(GUIDE, SCENARIO),
    "said anew": lambda studio: SaidAnewScreen(GUIDE, studio.mark_typed(GUIDE, SCENARIO, ANSWER)),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_whatever_is_offered_at_once_can_be_read(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With every key offered: no state of the screen shows more."""
    screen = SCREENS[name](studio)
    app = RehearseApp(studio, lambda: screen)
    monkeypatch.setattr(type(screen), "check_action", lambda *_: True)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.screen is screen and "? help" in shown(app).splitlines()[-1])
        await pilot.pause()
        assert shown(app).splitlines()[-1].rstrip().endswith("? help")
        assert screen.query_one(Footer).max_scroll_x == 0
