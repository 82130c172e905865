"""A typed answer: marked like a spoken one, and kept."""

from dataclasses import replace
from datetime import UTC, datetime

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.guide_versions import GUIDE_VERSION, guide_version
from rehearse.domain.transcript import Transcript
from rehearse.errors import InputError
from rehearse.services.equipment import Equipment


def mark_typed(equipment: Equipment, guide: Guide, scenario: Scenario, text: str, mode: Mode) -> Answer:
    """Mark and keep a typed answer.

    Raises:
        InputError: there is no text.
    """
    transcript = Transcript.typed(text)
    if not transcript.words:
        raise InputError("There is no answer to mark", next_step="Type or paste one.")
    coverage = equipment.engine(guide).assess(transcript, scenario, final=True)
    draft = equipment.store.draft(
        guide_id=guide.id,
        scenario_id=scenario.id,
        question=scenario.question,
        source=Source.TYPED,
        mode=mode,
        settings={GUIDE_VERSION: guide_version(guide)},
        now=datetime.now(UTC),
    )
    answer = replace(draft, status=AnswerStatus.FINISHED, transcript=transcript, coverage=coverage, recording=None)
    equipment.store.complete(answer)
    return answer
