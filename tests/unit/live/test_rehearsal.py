"""One run, with real threads and a real store, a source as fast as it can, and a scripted recogniser."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.sources import SamplesSource
from rehearse.domain.answer import MICROPHONE_AWAY, OVERFLOWS, SOUND_LOST, AnswerStatus, Source
from rehearse.domain.rehearsal import follow_up_plan
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock
from rehearse.history.answers import AnswerStore
from rehearse.live.events import (
    AnswerKept,
    LiveEvent,
    PipelineFinished,
)
from rehearse.live.rehearsal import CountingRecorder
from tests.unit.live.support import GUIDE, NOW, PLAN, SOUND, TEXTS, EndlessSource, Run, VanishingSource


def test_an_answer_is_marked_measured_and_kept(store: AnswerStore) -> None:
    run = Run(store)
    kept = run.to_the_end()
    assert isinstance(kept, AnswerKept)
    assert kept.frames_delivered == kept.frames_recorded == len(SOUND)
    assert kept.overflows == 0
    answer = store.get(kept.answer.id)
    assert answer.status is AnswerStatus.FINISHED
    assert answer.created_at == NOW
    assert answer.transcript.text == " ".join(TEXTS)
    assert answer.marks
    assert answer.marks.covered == ("goal", "steps")
    assert answer.delivery
    assert answer.delivery.words_per_minute > 0
    assert answer.settings == {"model": "scripted"}
    assert answer.recording
    assert len(read_recording(answer.recording)) == len(SOUND)


def test_it_is_kept_before_it_is_said_to_be_over(store: AnswerStore) -> None:
    seen: list[int] = []
    run = Run(store)
    note = run.note

    def counted(event: LiveEvent) -> None:
        if isinstance(event, PipelineFinished):
            seen.append(store.count())
        note(event)

    run.rehearsal._emit = counted
    run.to_the_end()
    assert seen == [1]


def test_whoever_waits_for_it_is_told_of_the_kept_answer(store: AnswerStore) -> None:
    told: list[str] = []
    kept = Run(store, kept=lambda answer: told.append(answer.id)).to_the_end()
    assert isinstance(kept, AnswerKept)
    assert told == [kept.answer.id]


def test_sound_that_isnt_to_be_kept_is_deleted_once_it_is_marked(store: AnswerStore, tmp_path: Path) -> None:
    kept = Run(store, keep_audio=False).to_the_end()
    assert isinstance(kept, AnswerKept)
    assert store.get(kept.answer.id).recording is None
    assert not list((tmp_path / "recordings").glob("*.wav"))


class SkippingSource(SamplesSource):
    """Loses half a second after the first block, as a device does that isn't asked in time."""

    def read(self, timeout: float) -> AudioBlock | None:
        block = super().read(timeout)
        return block and replace(block, first_sample=block.first_sample + (SAMPLE_RATE // 2 if self._read else 0))

    @property
    def _read(self) -> bool:
        return self.frames_delivered > SAMPLE_RATE


def test_what_the_recording_lacks_is_kept_beside_it(store: AnswerStore) -> None:
    kept = Run(store, SkippingSource(SOUND)).to_the_end()
    assert isinstance(kept, AnswerKept)
    assert store.get(kept.answer.id).settings[SOUND_LOST] == 0.5
    whole = Run(store).to_the_end()
    assert isinstance(whole, AnswerKept)
    assert SOUND_LOST not in whole.answer.settings


def test_time_without_a_microphone_is_kept_with_its_place_and_is_no_part_of_the_answer(store: AnswerStore) -> None:
    kept = Run(store, VanishingSource(SOUND, at=4.0, seconds=6.0)).to_the_end()
    assert isinstance(kept, AnswerKept)
    answer = store.get(kept.answer.id)
    (absence,) = answer.transcript.absences
    assert absence.at == pytest.approx(4.0, abs=0.2)
    assert absence.seconds == pytest.approx(6.0, abs=0.2)
    assert answer.settings[MICROPHONE_AWAY] == pytest.approx(6.0, abs=0.2)
    whole = Run(store).to_the_end()
    assert isinstance(whole, AnswerKept)
    assert whole.answer.transcript.absences == ()
    assert answer.duration == whole.answer.duration
    assert answer.delivery == whole.answer.delivery


class OverflowingSource(SamplesSource):
    """Says of every fourth block that sound was lost before it."""

    def read(self, timeout: float) -> AudioBlock | None:
        block = super().read(timeout)
        return block and replace(block, overflowed=self.frames_delivered % 6400 == 0)


def test_that_the_device_lost_sound_is_kept_beside_the_answer(store: AnswerStore) -> None:
    kept = Run(store, OverflowingSource(SOUND)).to_the_end()
    assert isinstance(kept, AnswerKept)
    assert kept.overflows == len(SOUND) // 6400 > 0
    assert store.get(kept.answer.id).settings[OVERFLOWS] == kept.overflows
    whole = Run(store).to_the_end()
    assert isinstance(whole, AnswerKept)
    assert OVERFLOWS not in whole.answer.settings


def test_from_the_first_sample_on_there_is_a_row(store: AnswerStore) -> None:
    run = Run(store, EndlessSource()).begin()
    assert run.source.second.wait(10)
    assert run.rehearsal.answer is not None
    assert [answer.id for answer in store.unfinished()] == [run.rehearsal.answer.id]
    run.rehearsal.abandon()
    assert run.rehearsal.join(10)
    (left,) = store.unfinished()
    assert left.recording
    assert len(read_recording(left.recording)) >= SAMPLE_RATE
    assert not run.over.is_set(), "whoever abandons it isn't told any more"


def test_what_is_said_while_paused_isnt_part_of_the_answer(store: AnswerStore) -> None:
    run = Run(store, EndlessSource()).begin()
    assert run.source.second.wait(10)
    run.rehearsal.pause()
    assert run.rehearsal.paused
    run.rehearsal.resume()
    assert not run.rehearsal.paused
    run.rehearsal.finish()
    assert run.over.wait(20)
    assert run.rehearsal.join(10)
    assert run.rehearsal.elapsed == pytest.approx(run.rehearsal.answer.duration)
    assert run.rehearsal.backlog == 0


def test_a_follow_ups_answer_says_what_it_follows(store: AnswerStore) -> None:
    first = Run(store).to_the_end()
    assert isinstance(first, AnswerKept)
    plan = replace(follow_up_plan(GUIDE, first.answer, "lesson", PLAN.mode), source=Source.FILE)
    second = Run(store, plan=plan).to_the_end()
    assert isinstance(second, AnswerKept)
    kept = store.get(second.answer.id)
    assert (kept.follow_up_of, kept.follow_up_section) == (first.answer.id, "lesson")
    assert kept.question == "And the lesson?"
    assert kept.marks
    assert kept.marks.made == ()


def test_the_stand_in_recorder_counts() -> None:
    recorder = CountingRecorder()
    recorder.append(np.zeros(10, np.float32))
    recorder.append(np.zeros(5, np.float32))
    recorder.close()
    assert recorder.frames == 15
