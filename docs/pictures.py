"""Draws the screens that the pages show into `pictures/`: `python docs/pictures.py`; a test says when that is due.

The app runs without a terminal on the guides as they are shipped, with the answers that `spoken.py` has kept. What
moves (clocks, levels, dates) stands still, so that the same program draws the same pictures.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from textual.pilot import Pilot

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from spoken import GUIDE, LIVE_SECONDS, SCENARIO, kept

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.rehearsal import Band
from rehearse.drills.ladder import RUNG_SECONDS
from rehearse.errors import DeviceError
from rehearse.guides.library import GuideLibrary
from rehearse.live.events import CoverageChanged, TranscriptChanged
from rehearse.quiz.modes import QuizMode
from rehearse.services import drills
from rehearse.services.studio import Studio
from rehearse.ui import destinations as to
from rehearse.ui.app import RehearseApp
from rehearse.ui.bridge import LiveUpdate
from rehearse.ui.screens.quiz.quiz import QuizScreen
from rehearse.ui.screens.rehearse.microphone import MicrophoneScreen
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.widgets.mark_row import MarkRow
from rehearse.ui.widgets.recording_bar import Meter, RecordingBar
from tests.fakes import KeywordAssessor
from tests.ui.driving import Buzz, fake_studio, shown, wait_until

FOLDER = HERE / "pictures"
SIZE = (100, 30)
CELL = 12.2
"""Units of the picture that a letter is wide, as Rich draws it."""
SAID = "I exported it to ONNX."
SPEECH = (-40, -31, -24, -19, -15, -17, -22, -28, -35, -26, -18, -13, -16, -21, -30, -44, -50, -38, -25, -17, -14, -20)
"""dBFS: how the level of somebody's voice goes up and down."""

Run = Callable[[RehearseApp, Pilot[Any]], Awaitable[None]]


class Waiting(Buzz):
    """A microphone of a quiet room: what is said comes from the script."""

    def __init__(self, trouble: DeviceError | None = None) -> None:
        super().__init__(silent=True)
        self.trouble = trouble


def studio(home: Path, source: Callable[[], Any] = Waiting) -> Studio:
    """The app's studio: guides, settings and store are real; microphone, speech model and engine are scripted."""
    made = fake_studio(home, texts=(SAID,))
    made.equipment._library = GuideLibrary(made.equipment.places.guides)
    made.equipment._make_source = lambda _: source()
    made.equipment.now = lambda: 3.0
    made.equipment._engines[GUIDE] = cast(Any, KeywordAssessor(made.equipment.library.load(GUIDE)))
    return made


def keep(made: Studio, name: str, ago: timedelta, *, series: str | None = None, rung: int = 0) -> Answer:
    """One of the spoken answers as a kept one, given so long ago; of a drill, in so many seconds."""
    guide = made.equipment.library.load(GUIDE)
    scenario = guide.scenario(SCENARIO)
    transcript, coverage, delivery = kept()[name]
    begun = made.equipment.store.draft(
        guide_id=guide.id, scenario_id=scenario.id, question=scenario.question, source=Source.MICROPHONE,
        mode=Mode.COACHED, settings={RUNG_SECONDS: rung}, now=datetime.now(UTC) - ago, series_id=series,
    )  # fmt: skip
    assert begun.recording is not None
    begun.recording.write_bytes(b"")
    done = replace(begun, status=AnswerStatus.FINISHED, transcript=transcript, coverage=coverage, delivery=delivery)
    return made.equipment.store.complete(done)


async def settled(app: RehearseApp, pilot: Pilot[Any], text: str) -> None:
    """Wait for a text, and for everything that was still to be drawn."""
    await wait_until(pilot, lambda: text in shown(app))
    await app.workers.wait_for_complete()
    await pilot.pause(0.2)


def stand_still(app: RehearseApp, levels: tuple[int, ...] = SPEECH) -> None:
    """Stop what the screen draws by the clock, and show these levels, repeated."""
    for timer in list(app.screen._timers):
        timer.stop()
    for meter in app.screen.query(Meter):
        for at in range(80):
            meter.push(levels[at % len(levels)])


# -- the pictures ------------------------------------------------------------------------------------------------------


def home(folder: Path) -> tuple[RehearseApp, Run]:
    """The first screen after two answers."""
    made = studio(folder)
    keep(made, "first", timedelta(days=3))
    keep(made, "second", timedelta())

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "2 answers kept")

    return RehearseApp(made), run


def microphone(folder: Path) -> tuple[RehearseApp, Run]:
    """The microphone check, with what it heard."""
    made = studio(folder, Buzz)

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "The microphone is open.")
        await pilot.press("space")
        await settled(app, pilot, SAID)
        stand_still(app)
        await pilot.pause(0.2)

    return RehearseApp(made, lambda: MicrophoneScreen(first_time=True)), run


def no_sound(folder: Path) -> tuple[RehearseApp, Run]:
    """The microphone check where the input is muted."""
    trouble = DeviceError(
        "The microphone delivers only silence", next_step="Unmute it, or choose another one in the settings."
    )
    made = studio(folder, lambda: Waiting(trouble))

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "delivers only silence")
        stand_still(app, (-100,))
        await pilot.pause(0.2)

    return RehearseApp(made, lambda: MicrophoneScreen(first_time=True)), run


def _rehearsal(folder: Path) -> RehearseApp:
    made = studio(folder)
    guide = made.equipment.library.load(GUIDE)
    return RehearseApp(made, lambda: RehearsalScreen(guide, made.plan(guide, guide.scenario(SCENARIO))))


def brief(folder: Path) -> tuple[RehearseApp, Run]:
    """Thinking time."""

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "microphone open")
        screen = app.screen
        assert isinstance(screen, RehearsalScreen)
        await wait_until(pilot, lambda: screen._ready and "still loading" not in shown(app))
        stand_still(app, (-52, -51, -54))
        app.screen.query_one("#brief-clock", RecordingBar).elapsed = 9.0
        await pilot.pause(0.2)

    return _rehearsal(folder), run


def answer(folder: Path) -> tuple[RehearseApp, Run]:
    """An answer while it is given: three sections lit."""
    transcript, coverage, _ = kept()["live"]

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "microphone open")
        await pilot.press("enter")
        await settled(app, pilot, "recording")
        app.screen.post_message(LiveUpdate(TranscriptChanged(transcript, "what bit us")))
        app.screen.post_message(LiveUpdate(CoverageChanged(coverage, coverage.covered)))
        await wait_until(pilot, lambda: "3/6" in shown(app))
        stand_still(app)
        for row in app.screen.query(MarkRow):
            row.fresh = False
        bar = app.screen.query_one("#answer-clock", RecordingBar)
        bar.band, bar.elapsed = Band.SHORT, LIVE_SECONDS + 3
        bar.query_one(Meter).note = "● recording"
        await pilot.pause(0.2)

    return _rehearsal(folder), run


def review(folder: Path) -> tuple[RehearseApp, Run]:
    """The review of the second answer."""
    made = studio(folder)
    given = keep(made, "second", timedelta())
    guide = made.equipment.library.load(GUIDE)

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "Coverage")

    return RehearseApp(made, to.Review(guide, given)), run


def why(folder: Path) -> tuple[RehearseApp, Run]:
    """The same with a mark unfolded."""
    app, before = review(folder)

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await before(app, pilot)
        await pilot.press("down", "down", "w")
        await settled(app, pilot, "sure")

    return app, run


def delivery(folder: Path) -> tuple[RehearseApp, Run]:
    """How the second answer was spoken."""
    made = studio(folder)
    given = keep(made, "second", timedelta())
    assert given.delivery is not None
    guide = made.equipment.library.load(GUIDE)

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "Time by section")

    return RehearseApp(made, to.HowSpoken(guide, given.delivery, audible=True)), run


def _study(folder: Path, chapter: str, text: str) -> tuple[RehearseApp, Run]:
    made = studio(folder)
    keep(made, "second", timedelta())
    guide = made.equipment.library.load(GUIDE)

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, text)

    return RehearseApp(made, to.Study(guide, chapter)), run


def study(folder: Path) -> tuple[RehearseApp, Run]:
    """A section's page in the study screen."""
    return _study(folder, "section:monitoring", "Monitoring")


def sample(folder: Path) -> tuple[RehearseApp, Run]:
    """A sample answer, coloured by section."""
    return _study(folder, f"scenario:{SCENARIO}", "Stolen cards")


def quiz(folder: Path) -> tuple[RehearseApp, Run]:
    """A quiz card, answered."""
    made = studio(folder)
    screen = QuizScreen(GUIDE, QuizMode.DUE, now=lambda: datetime(2026, 3, 2, 9, tzinfo=UTC), seed=4)

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await wait_until(pilot, lambda: screen.session is not None)
        await pilot.press("1", "question_mark")
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)

    return RehearseApp(made, lambda: screen), run


def ladder(folder: Path) -> tuple[RehearseApp, Run]:
    """A ladder after three of its rungs."""
    made = studio(folder)
    guide = made.equipment.library.load(GUIDE)
    scenario = guide.scenario(SCENARIO)
    series = drills.series_for(made.equipment, drills.ladder(guide, scenario.id), drills.Underway(), datetime.now(UTC))
    for minutes, (rung, name) in enumerate(((180, "second"), (120, "second"), (60, "first"))):
        keep(made, name, timedelta(minutes=10 - minutes), series=series.id, rung=rung)

    async def run(app: RehearseApp, pilot: Pilot[Any]) -> None:
        await settled(app, pilot, "next 0:30")

    return RehearseApp(made, to.Ladder(guide, scenario)), run


PICTURES: dict[str, Callable[[Path], tuple[RehearseApp, Run]]] = {
    "home": home,
    "microphone": microphone,
    "no-sound": no_sound,
    "brief": brief,
    "answer": answer,
    "review": review,
    "why": why,
    "delivery": delivery,
    "study": study,
    "sample": sample,
    "quiz": quiz,
    "ladder": ladder,
}


async def draw(name: str, folder: Path) -> str:
    """One picture as SVG; `folder` becomes the app's data folder."""
    app, run = PICTURES[name](folder)
    async with app.run_test(size=SIZE) as pilot:
        await run(app, pilot)
        svg = app.export_screenshot(title="rehearse")
    return own_letters(flush(svg))


def own_letters(svg: str) -> str:
    """Without the server that Rich has letters fetched from: what the reader has is used."""
    return re.sub(r',\s*url\("https?://[^)]*\) format\("[^"]*"\)', "", svg)


def flush(svg: str) -> str:
    """With every text where its first letter stands: some programs leave out the spaces before it."""

    def moved(found: re.Match[str]) -> str:
        before, x, between, length, after, spaces = found.groups()
        by = len(spaces) // len("&#160;") * CELL
        return f"{before}{float(x) + by:g}{between}{float(length) - by:g}{after}"

    text = r'(<text[^>]*? x=")([\d.]+)("[^>]*? textLength=")([\d.]+)("[^>]*>)((?:&#160;)+)(?![<&])'
    return re.sub(text, moved, svg)


def words(svg: str) -> str:
    """What stands in a picture, for comparison: the text of each line, without its looks."""
    return "\n".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def main(names: list[str]) -> None:
    """Draw those of these names, or all."""
    for name in names or PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(draw(name, Path(folder)))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
