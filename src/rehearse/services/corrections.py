"""The user's word on a kept answer: over a mark, taken back again, and on what is no filler."""

from dataclasses import replace
from time import time

from rehearse.delivery import measure
from rehearse.domain.answer import Answer
from rehearse.domain.corrections import implied_corrections, same_quote, same_words
from rehearse.domain.coverage import Correction
from rehearse.domain.guide import Guide
from rehearse.history.answers import AnswerStore


def correct(store: AnswerStore, guide: Guide, answer: Answer, correction: Correction) -> Answer:
    """Put the user's word over a mark, and over the mistakes that rest on it.

    Where the answer was heard better since it was shown, it quotes the same words of what is kept now, or none.
    """
    quote, given = correction.quote, time()

    def with_it(kept: Answer) -> Answer:
        quoted = quote and same_quote(quote, answer.transcript, kept.transcript)
        implied = implied_corrections(guide, kept, correction)
        said = replace(correction, quote=quoted, given=given)
        return replace(kept, corrections=(*kept.corrections, *implied, said))

    return store.change(answer.id, with_it)


def take_back(store: AnswerStore, guide: Guide, answer: Answer) -> Answer:
    """Take the last correction back, and what came with it."""
    taken_back = answer.corrections[-1]
    before = store.undo_correction(answer.id)
    implied = implied_corrections(guide, before, taken_back)
    while before.corrections and before.corrections[-1] in implied:
        before = store.undo_correction(answer.id)
    return before


def forget(store: AnswerStore, guide: Guide, answer: Answer, mark_id: str) -> Answer:
    """Take back every word of the user's on one mark, and what came with it; the others stand."""
    about = [correction for correction in answer.corrections if correction.mark_id == mark_id]
    implied = {one for correction in about for one in implied_corrections(guide, answer, correction)}
    kept = [one for one in answer.corrections if one not in about and one not in implied]
    return store.replace_corrections(answer.id, kept)


def excuse(store: AnswerStore, answer: Answer, words: tuple[int, ...]) -> Answer:
    """Say which words are no fillers; the delivery is measured without them.

    Where the answer was heard better since it was shown, they are the same words of what is kept now.
    """

    def without_them(kept: Answer) -> Answer:
        excused = same_words(words, answer.transcript, kept.transcript)
        delivery = measure(kept.transcript, kept.speech, kept.coverage, excused=excused)
        return replace(kept, excused=excused, delivery=delivery)

    return store.change(answer.id, without_them)
