"""What the home screen shows, in one value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from rehearse.domain.answer import Answer, Source
from rehearse.domain.guide import Guide
from rehearse.guides.library import read_guides
from rehearse.history.answers import AnswerFilter, in_work
from rehearse.history.records import AnswerSummary
from rehearse.services.equipment import Equipment
from rehearse.services.model_choice import model_words
from rehearse.services.next_drill import NextDrill, next_drill
from rehearse.services.quiz_guides import begun_guides


@dataclass(frozen=True)
class Overview:
    """What the home screen shows."""

    now: datetime
    guides: tuple[Guide, ...]
    latest: dict[str, AnswerSummary]
    """The last judged answer by `guide/scenario`; the last finished one where none was judged."""
    latest_key: str | None
    """The scenario answered last."""
    unfinished: tuple[Answer, ...]
    """Cut off, the oldest first."""
    answers: int
    cards_due: int
    stale_recordings: int
    """How many recordings the settings don't keep any longer."""
    problems: tuple[str, ...]
    """Guides that can't be read, a sentence each."""
    read_only: str = ""
    """Why nothing can be kept; "" where all is well."""
    unattached: int = 0
    """Recordings that belong to no answer."""
    own: frozenset[str] = frozenset()
    """Ids of the guides that are the user's own."""
    tried: str = ""
    """Id of the guide that is tried in this run."""
    next_drill: NextDrill | None = None
    """What helps most now, over all guides; None before the first answer."""
    models: str = ""
    """Which speech models listen."""
    recorded_elsewhere: bool = False
    """Another rehearse is recording or transcribing an answer just now."""


def look_over(
    equipment: Equipment, *, underway: Collection[str], set_back: Collection[str] = (), now: datetime
) -> Overview:
    """Everything the home screen shows; raises StoreError or GuideError.

    Args:
        equipment: where all is kept.
        underway: ids of answers that still have a rehearsal, and so aren't cut off.
        set_back: ids of answers that were cut off and can't be rescued just now; others come first.
        now: UTC.
    """
    store, library = equipment.store, equipment.library
    guides, problems = read_guides(library, library.ids())
    latest: dict[str, AnswerSummary] = {}
    for guide in guides:
        for scenario_id, summary in store.latest_by_scenario(guide.id).items():
            latest[f"{guide.id}/{scenario_id}"] = summary
    unfinished = [answer for answer in store.unfinished() if answer.id not in underway]
    unfinished.sort(key=lambda answer: answer.id in set_back)
    return Overview(
        now=now,
        guides=tuple(guides),
        latest=latest,
        latest_key=_answered_last(equipment, latest),
        # A demo that was cut off is nobody's answer.
        unfinished=tuple(a for a in unfinished if not in_work(a) and a.source is not Source.DEMO),
        answers=store.count(),
        cards_due=equipment.quizzes.due(begun_guides(equipment), now),
        stale_recordings=len(store.audio_to_remove(equipment.settings.keep_audio, now)),
        problems=(*problems, *(str(refused) for refused in library.refused())),
        read_only=store.read_only,
        unattached=len(store.unattached()),
        own=library.own(),
        tried=library.tried,
        models=model_words(equipment.places, equipment.settings.model),
        next_drill=next_drill(equipment, now, guides),
        recorded_elsewhere=any(in_work(a) for a in unfinished),
    )


def _answered_last(equipment: Equipment, latest: Mapping[str, AnswerSummary]) -> str | None:
    """The scenario of the newest answer, judged or not; of the newest result where its guide is gone."""
    for newest in equipment.store.summaries(AnswerFilter(first_tries=True, own=True), limit=1):
        if (key := f"{newest.guide_id}/{newest.scenario_id}") in latest:
            return key
    return max(latest, key=lambda key: latest[key].created_at, default=None)
