"""The row under a review that shows where the time went: it follows the user's corrections."""

from dataclasses import replace

from rehearse.delivery import measure
from rehearse.domain.answer import Answer, Source
from rehearse.domain.coverage import Correction, Coverage
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.review.answer import AnswerScreen
from rehearse.ui.screens.review.compare import CompareScreen
from rehearse.ui.screens.review.delivery import DeliveryScreen
from rehearse.ui.widgets.timeline import Timeline
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, shown, wait_until
from tests.unit.history.support import marks, spoken

GUIDE = small_guide()
SAID = spoken("The goal was fewer wrong orders here. The steps were simple and they ran at night.")


def told() -> Coverage:
    """Goal and steps, each by its own sentence."""
    coverage = marks("goal steps", "lesson", avoided="no-lesson vague")
    goal, steps, lesson = coverage.sections
    return replace(
        coverage,
        sections=(
            replace(goal, evidence=(SAID.quote(0, 7),)),
            replace(steps, evidence=(SAID.quote(7, 16),)),
            lesson,
        ),
    )


def heard(studio: Studio) -> Answer:
    coverage = told()
    answer = replace(
        studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER),
        source=Source.MICROPHONE, transcript=SAID, coverage=coverage, delivery=measure(SAID, (), coverage),
    )  # fmt: skip
    studio.equipment.store.save(answer)
    return answer


async def test_a_section_crossed_out_leaves_the_timeline_and_comes_back(studio: Studio) -> None:
    answer = heard(studio)
    app = RehearseApp(studio, lambda: AnswerScreen(GUIDE, answer))
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen) and "(N)" in shown(app))
        screen = app.screen
        assert isinstance(screen, AnswerScreen)

        def letters() -> set[str]:
            return set(str(screen.query_one(Timeline).render()))

        assert letters() == {"G", "S"}
        await pilot.press("c")
        await wait_until(pilot, lambda: [one.mark_id for one in screen.answer.corrections] == ["goal"])
        assert letters() == {"S"}
        screen.action_delivery()
        await wait_until(pilot, lambda: isinstance(app.screen, DeliveryScreen) and "Time by section" in shown(app))
        assert isinstance(app.screen, DeliveryScreen)
        assert list(app.screen.delivery.seconds_by_section) == ["steps"]
        await pilot.press("q")
        await wait_until(pilot, lambda: app.screen is screen)
        await pilot.press("u")
        await wait_until(pilot, lambda: not screen.answer.corrections)
        assert letters() == {"G", "S"}


async def test_side_by_side_a_section_crossed_out_has_no_time(studio: Studio) -> None:
    answer = heard(studio)
    crossed_out = replace(answer, corrections=(Correction("goal", "missing"),))
    app = RehearseApp(studio, lambda: CompareScreen(GUIDE, crossed_out, answer))
    async with app.run_test(size=(80, 40)) as pilot:
        await wait_until(pilot, lambda: " %" in shown(app))
        (goal,) = (line for line in shown(app).splitlines() if line.strip().startswith("Goal"))
        assert goal.count(" %") == 1
