"""A typed answer: marked like a spoken one, and kept."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

from rehearse.domain.answer import FILE_DIGEST, SHORTENED, Answer, AnswerStatus, Source
from rehearse.domain.combined import follow_up_marks
from rehearse.domain.guide import Guide
from rehearse.domain.guide_versions import GUIDE_VERSION, guide_version
from rehearse.domain.rehearsal import Plan
from rehearse.domain.transcript import Transcript
from rehearse.errors import InputError
from rehearse.services.equipment import Equipment


def mark_typed(
    equipment: Equipment,
    guide: Guide,
    plan: Plan,
    text: str,
    now: datetime | None = None,
    *,
    cancelled: Event | None = None,
    made_of: str = "",
) -> Answer:
    """Mark and keep a typed answer; of a follow-up question only its section. `now` is its date (UTC), `made_of` the
    digest of the file that it was read from.

    Raises:
        InputError: there is no text.
        Cancelled: `cancelled` was set before it was kept.
    """
    transcript = Transcript.typed(text)
    if not transcript.words:
        raise InputError("There is no answer to mark", next_step="Type or paste one.")
    coverage = equipment.engine(guide).assess(transcript, plan.scenario, final=True)
    draft = equipment.store.draft(
        guide_id=guide.id,
        scenario_id=plan.scenario.id,
        question=plan.question,
        source=Source.TYPED,
        mode=plan.mode,
        settings={
            GUIDE_VERSION: guide_version(guide),
            "answer_seconds": plan.clock.answer,
            **({SHORTENED: True} if plan.shortened else {}),
            **({FILE_DIGEST: made_of} if made_of else {}),
        },
        now=now or datetime.now(UTC),
        follow_up_of=plan.follow_up_of,
        follow_up_section=plan.follow_up_section,
        series_id=plan.series_id,
    )
    coverage = follow_up_marks(coverage, plan.follow_up_section)
    answer = replace(draft, status=AnswerStatus.FINISHED, transcript=transcript, coverage=coverage, recording=None)
    equipment.store.complete(answer, cancelled=cancelled)
    return answer
