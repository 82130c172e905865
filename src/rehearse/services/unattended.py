"""A rehearsal without anybody watching: run to its end, and wait for the kept answer."""

import threading
from collections.abc import Callable
from pathlib import Path

from rehearse.domain.answer import Answer, Source
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.rehearsal import plan_for
from rehearse.domain.transcript import Transcript
from rehearse.errors import InputError, RehearseError
from rehearse.live.events import AnswerKept, KeepingTrouble, LiveEvent, PipelineFailed
from rehearse.live.rehearsal import Rehearsal
from rehearse.services.answer_files import digest_of, is_text, read_answer
from rehearse.services.studio import Studio
from rehearse.services.typed_answers import mark_typed


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
    """A file's answer, marked and kept: sound, or a text (.txt, .md) as a typed answer.

    Args:
        studio: what marks it, and where it is kept.
        guide: whose question it answers.
        scenario: which of them.
        path: the file.
        remark: told what is worth a word.

    Raises:
        InputError: it can't be read (AudioFileError of sound), or holds no words.
    """
    if is_text(path.name):
        return _keep_text(studio, guide, scenario, path, remark)
    plan = plan_for(guide, scenario, Source.FILE)
    return run_to_end(lambda emit: studio.from_file(plan, path, emit=emit, cancelled=threading.Event(), remark=remark))


def _keep_text(
    studio: Studio, guide: Guide, scenario: Scenario, path: Path, remark: Callable[[str], object] | None
) -> Answer:
    text = read_answer(path)
    if not Transcript.typed(text).words:
        raise InputError(f"{path.name} holds no words", next_step="Write an answer of a few sentences into it.")
    plan = plan_for(guide, scenario, Source.TYPED)
    digest = digest_of(path, plan, lambda: studio.equipment.store.database, remark)
    return mark_typed(studio.equipment, guide, plan, text, made_of=digest)
