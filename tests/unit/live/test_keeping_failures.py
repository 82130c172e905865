"""What fails while an answer is given or kept becomes one message, and loses as little as can be."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.sources import SamplesSource
from rehearse.claims import is_claimed
from rehearse.domain.answer import Answer
from rehearse.domain.sound import SAMPLE_RATE
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
from rehearse.speech.transcriber import Hurry, Transcriber, nobody_waits
from tests.small_disk import SmallDisk, small_disk
from tests.unit.live.support import SOUND, TEXTS, EndlessSource, Run

__all__ = ["small_disk"]


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

    def test_what_is_held_when_no_more_can_be_is_an_answer_and_kept_once_there_is_room(
        self, disk_store: AnswerStore, small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("rehearse.audio.recording.MOST_HELD", 1)
        small_disk.fill()
        run = Run(disk_store, EndlessSource()).begin()
        assert run.rehearsal.join(30), "it ends by itself"
        assert run.rehearsal.unsaved
        assert not any(isinstance(event, PipelineFailed) for event in run.events)
        small_disk.empty()
        assert run.rehearsal.save_again()
        assert not run.rehearsal.unsaved
        kept = run.events[-1]
        assert isinstance(kept, AnswerKept)
        assert kept.frames_delivered == kept.frames_recorded
        recording = disk_store.get(kept.answer.id).recording
        assert recording
        assert len(read_recording(recording)) == kept.frames_recorded >= 0.9 * SAMPLE_RATE

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
