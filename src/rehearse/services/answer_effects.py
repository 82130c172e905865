"""What answers set going: cards become due, follow-up questions that were answered are asked no more."""

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
    from rehearse.history.database import Database
    from rehearse.history.reviews import ReviewStore


class AnswerEffects:
    """Knows what was told when asked, and makes cards due."""

    def __init__(self, reviews: Callable[[], ReviewStore], database: Callable[[], Database]) -> None:
        """Both may raise StoreError.

        Args:
            reviews: asked when an answer is there.
            database: where follow-up answers are kept; asked once for each answer.
        """
        self._reviews = reviews
        self._database = database
        self._answered: dict[str, set[str]] = {}

    def note(self, answer: Answer) -> None:
        """A section missed aloud makes its cards due, one told when asked is asked no more. Neither loses an answer."""
        from rehearse.services.quizzes import missed_sections

        if answer.source is Source.DEMO or answer.coverage is None:
            return
        if answer.follow_up_of and answer.follow_up_section in answer.coverage.covered:
            self._known(answer.follow_up_of).add(answer.follow_up_section or "")
        if answer.settings.get(SHORTENED):  # what there was no time for wasn't missed
            return
        with suppress(StoreError):
            self._reviews().make_due(missed_sections(answer.coverage), answer.guide_id, datetime.now(UTC))

    def told_when_asked(self, answer_id: str) -> frozenset[str]:
        """Ids of the sections that follow-up answers to this one have covered."""
        return frozenset(self._known(answer_id))

    def _known(self, answer_id: str) -> set[str]:
        if answer_id not in self._answered:
            from rehearse.history.follow_ups import told_when_asked

            self._answered[answer_id] = set()
            with suppress(StoreError):
                self._answered[answer_id].update(told_when_asked(self._database(), answer_id))
        return self._answered[answer_id]
