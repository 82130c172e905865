"""A rehearsal without anybody watching: run to its end, and wait for the kept answer."""

import threading
from collections.abc import Callable
from pathlib import Path

from rehearse.domain.answer import Answer, Source
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.rehearsal import plan_for
from rehearse.errors import RehearseError
from rehearse.live.events import AnswerKept, KeepingTrouble, LiveEvent, PipelineFailed
from rehearse.live.rehearsal import Rehearsal
from rehearse.services.studio import Studio


def run_to_end(make: Callable[[Callable[[LiveEvent], object]], Rehearsal]) -> Answer:
    """Run the rehearsal that `make` builds; blocks. Raises what made it fail."""
    over = threading.Event()
    kept: list[Answer] = []
    failed: list[RehearseError] = []

    def note(event: LiveEvent) -> None:
        if isinstance(event, AnswerKept):
            kept.append(event.answer)
            over.set()
        elif isinstance(event, PipelineFailed | KeepingTrouble):
            failed.append(event.error)
            over.set()

    rehearsal = make(note)
    rehearsal.open()
    rehearsal.start()
    try:
        # In slices, so that Ctrl-C is noticed on every platform.
        while not over.wait(0.2):
            pass
    except KeyboardInterrupt:
        rehearsal.discard()
        raise
    rehearsal.join()
    if failed:
        raise failed[0]
    return rehearsal.answer or kept[0]  # its words may have been heard better since


def keep_demo(studio: Studio, guide: Guide, scenario: Scenario) -> Answer:
    """The synthesised candidate's answer, marked and kept."""
    plan = plan_for(guide, scenario, Source.DEMO)
    return run_to_end(lambda emit: studio.demo(plan, emit=emit, cancelled=threading.Event(), real_time=False))


def keep_file(
    studio: Studio,
    guide: Guide,
    scenario: Scenario,
    path: Path,
    remark: Callable[[str], object] | None = None,
) -> Answer:
    """A sound file's answer, marked and kept; `remark` is told what is worth a word. Raises AudioFileError."""
    plan = plan_for(guide, scenario, Source.FILE)
    return run_to_end(lambda emit: studio.from_file(plan, path, emit=emit, cancelled=threading.Event(), remark=remark))
