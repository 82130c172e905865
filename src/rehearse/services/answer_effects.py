"""What the answers of one run of the app set going: cards become due, follow-up questions are asked no more."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rehearse.domain.answer import SHORTENED
from rehearse.domain.kinds import Source
from rehearse.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearse.domain.answer import Answer
    from rehearse.history.reviews import ReviewStore


class AnswerEffects:
    """Lasts as long as the app; only the cards are kept beyond it."""

    def __init__(self, reviews: Callable[[], ReviewStore]) -> None:
        """`reviews` is asked when an answer is there; it may raise StoreError."""
        self._reviews = reviews
        self._answered: dict[str, set[str]] = {}

    def note(self, answer: Answer) -> None:
        """A section missed aloud makes its cards due, one told when asked is asked no more. Neither loses an answer."""
        from rehearse.services.quizzes import missed_sections

        if answer.source is Source.DEMO or answer.coverage is None:
            return
        if answer.follow_up_of and answer.follow_up_section in answer.coverage.covered:
            self._answered.setdefault(answer.follow_up_of, set()).add(answer.follow_up_section or "")
        if answer.settings.get(SHORTENED):  # what there was no time for wasn't missed
            return
        with suppress(StoreError):
            self._reviews().make_due(missed_sections(answer.coverage), answer.guide_id, datetime.now(UTC))

    def answered_since(self, answer_id: str) -> frozenset[str]:
        """Ids of the sections that follow-up answers to this one have covered."""
        return frozenset(self._answered.get(answer_id, ()))
