"""The screen of two answers side by side: what couldn't be heard or judged, and whose voice it was."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from textual.pilot import Pilot

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.coverage import Coverage, MistakeState, SectionState
from rehearse.domain.delivery import Delivery, Stretch
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.review.compare import CompareScreen
from tests.answers import begun_answer
from tests.fakes import small_guide
from tests.ui.driving import shown, wait_until
from tests.unit.history.support import NOW, marks, spoken

HEARD = marks("goal steps", "lesson", made="vague")
BARELY = Delivery(148, (), 0, (), 0, 9, (), (Stretch("goal", 0, 100), Stretch("steps", 100, 100.1)), ())


def kept(studio: Studio, coverage: Coverage, *, minutes: int = 0, source: Source = Source.MICROPHONE) -> Answer:
    """An answer of so many minutes after `NOW`."""
    guide = small_guide()
    begun = begun_answer(studio.equipment.store,
        guide_id=guide.id, scenario_id=guide.scenarios[0].id, question="?",
        source=source, mode=Mode.COACHED, settings={}, now=NOW + timedelta(minutes=minutes),
    )  # fmt: skip
    answer = replace(begun, transcript=spoken("We packed it in a box."), coverage=coverage, delivery=BARELY)
    studio.equipment.store.complete(answer)
    return studio.equipment.store.get(answer.id)


def muffled(coverage: Coverage) -> Coverage:
    """Its steps couldn't be heard, and so none of its mistakes was judged."""
    return replace(
        coverage,
        sections=tuple(
            replace(one, state=SectionState.UNCLEAR) if one.section_id == "steps" else one for one in coverage.sections
        ),
        mistakes=tuple(replace(one, state=MistakeState.OPEN) for one in coverage.mistakes),
    )


@asynccontextmanager
async def compared(
    studio: Studio, answer: Answer, other: Answer | None, text: str
) -> AsyncIterator[tuple[Pilot[Any], RehearseApp]]:
    """The screen, once `text` can be read on it."""
    app = RehearseApp(studio, lambda: CompareScreen(small_guide(), answer, other))
    async with app.run_test(size=(80, 40)) as pilot:
        await wait_until(pilot, lambda: text in shown(app))
        yield pilot, app


def row(app: RehearseApp, beginning: str) -> str:
    """The one line that begins like this."""
    (found,) = (line.strip() for line in shown(app).splitlines() if line.strip().startswith(beginning))
    return found


async def test_what_could_not_be_heard_is_said_without_a_verdict(studio: Studio) -> None:
    earlier, answer = kept(studio, HEARD), kept(studio, muffled(HEARD), minutes=5)
    async with compared(studio, answer, earlier, "Words a minute") as (pilot, app):
        assert row(app, "Steps").endswith("? couldn't hear")
        assert "lost" not in shown(app)
        await pilot.press("s")
        await wait_until(pilot, lambda: "The sample answer, by section" in shown(app))
        assert row(app, "Steps").endswith("? couldn't hear")


async def test_mistakes_that_were_not_judged_are_not_called_gone(studio: Studio) -> None:
    earlier, answer = kept(studio, HEARD), kept(studio, muffled(HEARD), minutes=5)
    async with compared(studio, answer, earlier, "Words a minute") as (pilot, app):
        assert row(app, "Mistakes").endswith("not judged in both")
        assert row(app, "Made, not judged in both").endswith("Vague")
        assert "gone" not in shown(app)
        await pilot.press("s")
        await wait_until(pilot, lambda: "The sample answer, by section" in shown(app))
        assert row(app, "Mistakes").endswith("not judged")


async def test_beside_the_sample_an_answer_too_short_to_judge_is_not_said_to_make_none(studio: Studio) -> None:
    answer = kept(studio, replace(HEARD, judged=False))
    async with compared(studio, answer, None, "The sample answer, by section") as (_, app):
        assert row(app, "Mistakes").endswith("not judged")


async def test_the_answer_before_is_one_of_ones_own_not_the_demos(studio: Studio) -> None:
    own = kept(studio, HEARD)
    kept(studio, HEARD, minutes=5, source=Source.DEMO)
    answer = kept(studio, HEARD, minutes=10)
    async with compared(studio, answer, None, "Mistakes still made") as (_, app):
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert [one.id for one in screen._others] == [own.id]
        assert "demo" not in shown(app)


async def test_a_first_answer_has_none_before_it_though_a_demo_was_watched(studio: Studio) -> None:
    kept(studio, HEARD, source=Source.DEMO)
    answer = kept(studio, HEARD, minutes=5)
    async with compared(studio, answer, None, "The sample answer, by section") as (pilot, app):
        await wait_until(pilot, lambda: not app.screen.workers)
        await pilot.press("left")
        await wait_until(pilot, lambda: any("your only attempt" in note.message for note in app._notifications))
        assert "sample answer" in shown(app)
        assert "Mistakes still made" not in shown(app)


async def test_a_demo_has_another_before_it_and_both_say_so(studio: Studio) -> None:
    kept(studio, HEARD, source=Source.DEMO)
    answer = kept(studio, HEARD, minutes=5, source=Source.DEMO)
    async with compared(studio, answer, None, "Mistakes still made") as (_, app):
        assert row(app, "demo").split() == ["demo", "demo"]


async def test_a_demo_chosen_by_hand_says_so_over_its_column(studio: Studio) -> None:
    demo, answer = kept(studio, HEARD, source=Source.DEMO), kept(studio, HEARD, minutes=5)
    async with compared(studio, answer, demo, "Mistakes still made") as (_, app):
        (line,) = (line for line in shown(app).splitlines() if "demo" in line)
        steps = next(line for line in shown(app).splitlines() if "Steps" in line)
        assert line.split() == ["demo"]
        assert line.index("demo") == steps.index("✔")
