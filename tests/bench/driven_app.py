"""The real app for a bench to drive: `python -m tests.bench.driven_app REPORT SOUND SECONDS MODEL [--unread]`.

Opens an answer at once and reports what happens as JSON lines. With a sound it hears that instead of the microphone.
`--unread`: the guide is read for the first time meanwhile, instead of beforehand as while one still chooses.
"""

import json
import sys
from pathlib import Path
from typing import Any

from rehearse.cli.responsive import answer_keys_quickly
from rehearse.memory import keep_few_heaps


def main(report: Path, sound: str, seconds: float, model: str, *, unread: bool = False) -> None:
    """Run it until it is killed."""
    answer_keys_quickly()  # like the command: before Textual is imported
    keep_few_heaps()
    import numpy as np

    from rehearse.guides.library import GuideLibrary
    from rehearse.live.events import AnswerKept, LiveEvent, PipelineReady
    from rehearse.services.equipment import Equipment
    from rehearse.services.studio import Studio
    from rehearse.settings import Settings, find_places
    from rehearse.ui.app import RehearseApp
    from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
    from tests.bench.feeder import Feeder
    from tests.bench.memory import peak

    def tell(**facts: Any) -> None:
        with report.open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts) + "\n")

    settings = Settings(checked_microphone=True, think_seconds=300, answer_seconds=round(seconds) + 60, model=model)
    heard = Feeder(np.load(sound)) if sound else None
    studio = Studio(Equipment(find_places(), settings, make_source=(lambda _: heard) if heard else None))
    guide = GuideLibrary().load("model-deployment")
    if not unread:
        studio.equipment.prepare(guide)
    rehearse = studio.rehearse

    def note(event: LiveEvent) -> None:
        if isinstance(event, PipelineReady):
            if heard:
                heard.begin()
            tell(ready=True)
        if isinstance(event, AnswerKept):
            tell(
                delivered=event.frames_delivered,
                recorded=event.frames_recorded,
                overflows=event.overflows,
                words=len(event.answer.transcript.words),
                peak=peak(),
            )

    def watched(plan: Any, *, emit: Any) -> Any:
        def both(event: LiveEvent) -> None:
            note(event)
            emit(event)

        return rehearse(plan, emit=both)

    studio.rehearse = watched  # type: ignore[method-assign]  # watched on its way
    try:
        RehearseApp(studio, lambda: RehearsalScreen(guide, studio.plan(guide, guide.scenarios[1]))).run()
    finally:
        studio.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4], unread="--unread" in sys.argv)
