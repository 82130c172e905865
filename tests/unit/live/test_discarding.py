"""A take that is given up, and how it comes back."""

from rehearse.audio.recorded import read_recording
from rehearse.audio.sources import SamplesSource
from rehearse.domain.answer import AnswerStatus
from rehearse.history.answers import AnswerFilter, AnswerStore
from rehearse.live.events import (
    AnswerKept,
)
from tests.unit.live.support import EndlessSource, Run


def test_a_discarded_take_can_be_brought_back_and_transcribed(store: AnswerStore) -> None:
    run = Run(store, EndlessSource()).begin()
    assert run.source.second.wait(10)
    answer_id = run.rehearsal.discard()
    assert answer_id
    assert store.count(AnswerFilter(status=AnswerStatus.DISCARDED)) == 1
    assert store.unfinished() == []
    store.restore(answer_id)
    answer = store.get(answer_id)
    assert answer.recording
    recorded = read_recording(answer.recording)
    kept = Run(store, SamplesSource(recorded), answer=answer).to_the_end()
    assert isinstance(kept, AnswerKept)
    assert kept.answer.id == answer_id
    assert store.get(answer_id).status is AnswerStatus.FINISHED
    assert len(read_recording(answer.recording)) == len(recorded), "what was recorded isn't touched again"


def test_discarding_before_anything_was_said_leaves_nothing(store: AnswerStore) -> None:
    run = Run(store, EndlessSource())
    run.rehearsal.open()
    assert run.rehearsal.discard() is None
    assert store.count(AnswerFilter(status=None)) == 0


def test_giving_up_a_recovery_leaves_the_answer_to_be_recovered(store: AnswerStore) -> None:
    first = Run(store, EndlessSource()).begin()
    assert first.source.second.wait(10)
    first.rehearsal.abandon()
    first.rehearsal.join(10)
    (cut_off,) = store.unfinished()
    second = Run(store, EndlessSource(), answer=cut_off).begin()
    assert second.source.second.wait(10)
    assert second.rehearsal.discard() is None
    assert [answer.id for answer in store.unfinished()] == [cut_off.id]
