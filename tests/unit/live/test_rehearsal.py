"""One run, with real threads and a real store, a source as fast as it can, and a scripted recogniser."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.sources import SamplesSource
from rehearse.claims import is_claimed
from rehearse.domain.answer import SOUND_LOST, Answer, AnswerStatus, Source
from rehearse.domain.coverage import Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.rehearsal import Plan, follow_up_plan, plan_for
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock
from rehearse.errors import DeviceError, DiskFullError, ModelError, StoreError
from rehearse.history.answers import AnswerFilter, AnswerStore
from rehearse.live.events import (
    AnswerKept,
    KeepingRecovered,
    KeepingTrouble,
    LiveEvent,
    PipelineFailed,
    PipelineFinished,
)
from rehearse.live.pipeline import LivePipeline
from rehearse.live.rehearsal import CountingRecorder, Rehearsal, follow_up_marks
from rehearse.speech.transcriber import Hurry, Transcriber, nobody_waits
from tests.fakes import KeywordAssessor, LoudnessDetector, ScriptedTranscriber, small_guide, sound
from tests.small_disk import SmallDisk, small_disk

__all__ = ["small_disk"]

GUIDE = small_guide()
PLAN = plan_for(GUIDE, GUIDE.scenarios[0], Source.FILE)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXTS = ("our goal was fewer wrong orders", "the steps were simple enough for me and everybody else")


SOUND = sound(0.5, 3, 1, 4, 1)


class EndlessSource(SamplesSource):
    """Goes on until it is closed, and says when it has brought a second."""

    def __init__(self) -> None:
        super().__init__(sound(0.2, 0.3))
        self.second = threading.Event()
        self._brought = 0

    def read(self, timeout: float) -> AudioBlock | None:
        if self.ended:
            return None
        self._brought += 1600
        if self._brought >= SAMPLE_RATE:
            self.second.set()
            threading.Event().wait(0.001)
        return AudioBlock(np.full(1600, 0.3, np.float32), self._brought - 1600)

    @property
    def ended(self) -> bool:
        return self._closed


class Run:
    """A rehearsal and what it reported."""

    def __init__(self, store: AnswerStore, source: Any = None, *, plan: Plan = PLAN, **parts: Any) -> None:
        self.events: list[LiveEvent] = []
        self.over = threading.Event()
        self.source: Any = source or SamplesSource(SOUND)
        load: Callable[[], Transcriber] = parts.pop("load", lambda: ScriptedTranscriber(TEXTS))
        engine: Callable[[], Any] = parts.pop("engine", lambda: KeywordAssessor(GUIDE))
        self.rehearsal = Rehearsal(
            plan,
            lambda emit, open_recording: LivePipeline(
                self.source,
                load_transcriber=load,
                load_engine=engine,
                scenario=plan.scenario,
                recording=Path(),
                emit=emit,
                listen_early=False,
                load_detector=LoudnessDetector,
                open_recording=open_recording,
            ),
            store,
            self.note,
            settings={"model": "scripted"},
            **parts,
        )

    def note(self, event: LiveEvent) -> None:
        self.events.append(event)
        if isinstance(event, AnswerKept | PipelineFailed):
            self.over.set()

    def begin(self) -> "Run":
        self.rehearsal.open()
        self.rehearsal.start(NOW)
        return self

    def to_the_end(self) -> LiveEvent:
        self.begin()
        assert self.over.wait(30)
        assert self.rehearsal.join(30)
        return self.events[-1]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    yield store
    store.close()


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


def test_from_the_first_sample_on_there_is_a_row(store: AnswerStore) -> None:
    run = Run(store, EndlessSource()).begin()
    assert run.source.second.wait(10)
    assert [answer.id for answer in store.unfinished()] == [run.rehearsal.answer.id]  # type: ignore[union-attr]
    run.rehearsal.abandon()
    assert run.rehearsal.join(10)
    (left,) = store.unfinished()
    assert left.recording
    assert len(read_recording(left.recording)) >= SAMPLE_RATE
    assert not run.over.is_set(), "whoever abandons it isn't told any more"


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


class Broken:
    """A recogniser or engine that fails when it is used."""

    name = "broken"

    def transcribe(self, segment: object, before: Sequence[object] = (), *, hurry: Hurry = nobody_waits) -> Any:
        raise ZeroDivisionError("division by zero")

    hypothesise = transcribe


def missing_model() -> Transcriber:
    raise ModelError("The speech model is missing", next_step="Install it again.")


@pytest.mark.parametrize(
    ("load", "said"),
    [
        (missing_model, "The speech model is missing. Install it again."),
        (Broken, "The rehearsal broke off because of a fault in the program: ZeroDivisionError: division by zero."),
    ],
)
def test_a_workers_failure_becomes_one_message_and_the_recording_stays(
    store: AnswerStore, load: Callable[[], Transcriber], said: str
) -> None:
    def late() -> Transcriber:
        threading.Event().wait(0.5)  # so that there is a recording by then
        return load()

    run = Run(store, load=late)
    failed = run.to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert str(failed.error).startswith(said)
    assert [type(event) for event in run.events].count(PipelineFailed) == 1
    assert store.count() == 0
    for answer in store.unfinished():
        assert answer.recording
        assert len(read_recording(answer.recording)) > 0


class Unplugged(SamplesSource):
    """A source that doesn't open."""

    def open(self) -> None:
        raise DeviceError("The microphone “USB” can't be opened", why="it is busy: another program uses it")


def test_a_microphone_that_doesnt_open_leaves_no_row(store: AnswerStore) -> None:
    failed = Run(store, Unplugged(SOUND)).to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert "busy" in failed.error.why
    assert store.count(AnswerFilter(status=None)) == 0


def test_a_store_that_fails_at_the_end_is_a_message_too(store: AnswerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise StoreError("Can't write to the answers' database", why="the disk is full", next_step="Free some space.")

    monkeypatch.setattr(store, "complete", full)
    run = Run(store)
    failed = run.to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert failed.error.why == "the disk is full"
    assert not any(isinstance(event, PipelineFinished | AnswerKept) for event in run.events)
    (left,) = store.unfinished()
    assert left.recording
    assert len(read_recording(left.recording)) == len(SOUND)


def test_a_store_that_fails_at_the_beginning(store: AnswerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: Answer) -> None:
        raise StoreError("The answers' database is busy", next_step="Close the other rehearse.")

    monkeypatch.setattr(store, "save", locked)
    failed = Run(store).to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert "busy" in str(failed.error)


def coverage(*states: SectionState) -> Coverage:
    ids = ("goal", "steps", "lesson")
    return Coverage(
        tuple(SectionMark(key, state) for key, state in zip(ids, states, strict=True)),
        (MistakeMark("vague", MistakeState.MADE),),
    )


def test_a_follow_up_is_marked_by_its_own_section() -> None:
    marks = coverage(SectionState.COVERED, SectionState.MISSING, SectionState.MISSING)
    assert follow_up_marks(marks, None) is marks
    narrowed = follow_up_marks(marks, "lesson")
    assert [mark.section_id for mark in narrowed.sections] == ["goal", "lesson"]
    assert narrowed.mistakes == ()


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


class TestFullDisk:
    """While there is no room, everything is held in memory, and kept once there is."""

    @pytest.fixture
    def disk_store(self, small_disk: SmallDisk) -> Iterator[AnswerStore]:
        store = AnswerStore(small_disk.path / "rehearse.db", small_disk.path / "recordings")
        store.recordings.mkdir()
        yield store
        store.close()

    def test_an_answer_given_on_a_full_disk_is_kept_once_there_is_room(
        self, disk_store: AnswerStore, small_disk: SmallDisk
    ) -> None:
        small_disk.fill()
        run = Run(disk_store)
        marked = threading.Event()
        note = run.note

        def noted(event: LiveEvent) -> None:
            note(event)
            if isinstance(event, KeepingTrouble) and run.rehearsal._unsaved:
                marked.set()

        run.rehearsal._emit = noted
        run.begin()
        assert run.rehearsal.join(30)
        troubles = [event for event in run.events if isinstance(event, KeepingTrouble)]
        assert troubles
        assert isinstance(troubles[0].error, DiskFullError)
        assert not run.over.is_set(), "it is neither kept nor lost"
        assert not run.rehearsal.save_again()
        answer = run.rehearsal.answer
        assert answer
        assert answer.recording
        assert is_claimed(answer.recording), "no other rehearse takes it for one that was cut off"
        small_disk.empty()
        assert run.rehearsal.save_again()
        assert isinstance(run.events[-1], AnswerKept)
        kept = disk_store.get(answer.id)
        assert kept.transcript.text == " ".join(TEXTS)
        assert len(read_recording(answer.recording)) == len(SOUND)
        assert not is_claimed(answer.recording)
        assert run.rehearsal.save_again(), "nothing is kept twice"
        assert sum(isinstance(event, AnswerKept) for event in run.events) == 1

    def test_room_that_comes_back_while_speaking_takes_everything(
        self, disk_store: AnswerStore, small_disk: SmallDisk
    ) -> None:
        small_disk.fill()
        run = Run(disk_store, EndlessSource()).begin()
        assert run.source.second.wait(20)
        small_disk.empty()
        run.rehearsal.finish()
        assert run.over.wait(30)
        kept = run.events[-1]
        assert isinstance(kept, AnswerKept)
        assert any(isinstance(event, KeepingRecovered) for event in run.events)
        assert kept.answer.recording
        assert len(read_recording(kept.answer.recording)) == kept.frames_recorded >= SAMPLE_RATE
        assert run.rehearsal.join(10)
