"""Answers in the home of the commands."""

from datetime import UTC, datetime

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.history.answers import AnswerStore
from tests.answers import begun_answer


def begin_answer(store: AnswerStore, source: Source) -> Answer:
    """An answer of long ago to the first guide's first scenario, just begun."""
    return begun_answer(
        store,
        guide_id="model-deployment",
        scenario_id="beginner",
        question="?",
        source=source,
        mode=Mode.COACHED,
        settings={},
        now=datetime(2024, 3, 1, tzinfo=UTC),
    )
