"""How far interviews are, as their reports count it, without opening what was said in them."""

from collections.abc import Sequence
from contextlib import suppress

from rehearse.domain.interview import Interview, Question
from rehearse.domain.languages import other_language_line
from rehearse.errors import DamagedAnswerError, InputError
from rehearse.history.answers import AnswerFilter, AnswerStore, AnswerSummary
from rehearse.reports.fates import Fate, Standing, fate_of


def standings(store: AnswerStore, interviews: Sequence[Interview]) -> list[Standing]:
    """One for each interview, in their order; raises StoreError."""
    known = {one.id: one for one in store.summaries(AnswerFilter(status=None))}
    return [
        Standing(tuple(_fate(store, question, known.get(question.answer_id or "")) for question in one.questions))
        for one in interviews
    ]


def _fate(store: AnswerStore, question: Question, answer: AnswerSummary | None) -> Fate:
    def in_other_language() -> bool:
        with suppress(InputError, DamagedAnswerError):  # deleted just now, or it can't be read
            return bool(other_language_line(store.get(question.answer_id or "").transcript))
        return False

    return fate_of(
        question,
        answer.status if answer else None,
        judged=answer is not None and answer.judged,
        in_other_language=in_other_language,
    )
