"""Answers that were begun: kept before anything was said, as a recording keeps them."""

from typing import Any

from rehearse.domain.answer import Answer
from rehearse.history.answers import AnswerStore


def begun_answer(store: AnswerStore, **told: Any) -> Answer:
    """A new answer as `AnswerStore.draft` makes it, kept at once as `recording`."""
    answer = store.draft(**told)
    store.save(answer)
    return answer
