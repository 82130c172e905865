"""What the plan of an interview shows in the smallest window."""

from dataclasses import replace
from pathlib import Path

from rehearse.ui.app import RehearseApp
from rehearse.ui.destinations import PlanInterview
from rehearse.ui.screens.interview.plan import InterviewPlanScreen
from tests.fakes import ask_from, mark_by_keyword, small_guide
from tests.interviewing import interview_guide
from tests.ui.driving import fake_studio, shown, wait_until

LONG = "When all the others in the working group are your equals, in the same"


def screen_with_long_names(home: Path) -> RehearseApp:
    """Two guides, the first with long titles of its own and of its scenarios."""
    first, *others = interview_guide().scenarios
    scenarios = tuple(replace(one, title=f"{LONG} office {n}") for n, one in enumerate((first, *others)))
    long = replace(interview_guide(), id="long", title=f"A guide whose title is long: {LONG} line", scenarios=scenarios)
    small = small_guide()
    studio = fake_studio(home, interview_minutes=10, interview_follow_ups=0)
    ask_from(studio.equipment, long, small)
    mark_by_keyword(studio.equipment, long, small)
    return RehearseApp(studio, lambda: InterviewPlanScreen(PlanInterview()))


async def test_what_would_be_asked_can_be_read_whole(own_home: Path) -> None:
    app = screen_with_long_names(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "You would be asked" in shown(app))
        asked = " ".join(shown(app).partition("You would be asked")[2].split())
        assert f"{LONG} office 0" in asked
        assert f"{LONG} office 1" in asked
        assert "? help" in shown(app).splitlines()[-1]
