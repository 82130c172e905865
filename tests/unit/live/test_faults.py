"""A fault at any stage of an answer: one sentence that says where its details are, and nothing recorded is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.recording import RecordingWriter
from rehearse.domain.sound import SAMPLE_RATE
from rehearse.faults import keep_faults_in
from rehearse.history.answers import AnswerFilter, AnswerStore
from rehearse.live import rehearsal as rehearsal_module
from rehearse.live.events import AnswerKept, PipelineFailed
from rehearse.speech.transcriber import Transcriber
from tests.fakes import KeywordAssessor, LoudnessDetector, ScriptedTranscriber
from tests.unit.live.support import SOUND, TEXTS, EndlessSource, Run

SPOKEN = "a word that somebody said"


def fault(*_: object, **__: object) -> Any:
    """What a fault's own words may quote."""
    raise ZeroDivisionError(f"{TEXTS[0]}\n{SPOKEN}")


def after(calls: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """`real`, until it was called so often; then the fault."""
    called = 0

    def counted(*given: Any, **named: Any) -> Any:
        nonlocal called
        called += 1
        return fault() if called > calls else real(*given, **named)

    return counted


@pytest.fixture
def log(tmp_path: Path) -> Path:
    keep_faults_in(tmp_path / "cache" / "rehearse.log")
    return tmp_path / "cache" / "rehearse.log"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    yield store
    store.close()


class Late:
    """Models that load once there is a recording."""

    def __init__(self, source: EndlessSource) -> None:
        self.source = source

    def __call__(self) -> Transcriber:
        assert self.source.second.wait(10)
        loaded: Transcriber = fault()
        return loaded


STAGES = [
    "source.open", "source.read", "detector", "recording.open", "recording.append", "recording.close", "model",
    "transcribe", "engine", "assess", "measure", "store.draft", "store.save", "store.complete",
]  # fmt: skip


def broken_at(stage: str, store: AnswerStore, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A rehearsal that has a fault there, and is fine elsewhere."""
    match stage:
        case "source.open" | "source.read":
            source = EndlessSource()
            monkeypatch.setattr(source, stage.split(".")[1], after(20 * (stage == "source.read"), source.read))
            return Run(store, source)
        case "detector":
            detector = LoudnessDetector.probability
            monkeypatch.setattr(LoudnessDetector, "probability", after(40, detector))
        case "recording.open":
            monkeypatch.setattr(rehearsal_module, "RecordingWriter", fault)
        case "recording.append" | "recording.close":
            name = stage.split(".")[1]
            real = getattr(RecordingWriter, name)
            if name == "close":
                monkeypatch.setattr(RecordingWriter, name, lambda self: (real(self), fault()))
            else:
                monkeypatch.setattr(RecordingWriter, name, after(20, real))
        case "model":
            source = EndlessSource()
            return Run(store, source, load=Late(source))
        case "transcribe":
            monkeypatch.setattr(ScriptedTranscriber, "transcribe", fault)
        case "engine":
            return Run(store, engine=fault)
        case "assess":
            monkeypatch.setattr(KeywordAssessor, "assess", fault)
        case "measure":
            monkeypatch.setattr(rehearsal_module, "measure", fault)
        case _:
            monkeypatch.setattr(store, stage.split(".")[1], fault)
    return Run(store)


@pytest.mark.parametrize("stage", STAGES)
def test_a_fault_is_told_logged_and_loses_nothing(
    stage: str, store: AnswerStore, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = broken_at(stage, store, monkeypatch)
    failed = run.to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert [type(event) for event in run.events].count(PipelineFailed) == 1
    said = str(failed.error)
    assert said.startswith("The rehearsal broke off because of a fault in the program: ZeroDivisionError: ")
    assert said.endswith(f"Details saved to {log}.")
    assert said.isprintable(), "one line"
    written = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError\n" in written
    assert "test_faults.py" in written, "the place is told"
    assert not any(word in written for word in (TEXTS[0], SPOKEN))
    assert log.stat().st_mode & 0o077 == 0
    monkeypatch.undo()
    assert store.count() == 0, "it isn't kept as an answer that is over"
    left = store.unfinished()
    recorded = [len(read_recording(one.recording)) for one in left if one.recording and one.recording.exists()]
    whole = stage in ("transcribe", "engine", "assess", "measure", "store.complete", "recording.close")
    begun = stage not in ("source.open", "recording.open", "store.draft", "store.save")
    assert len(recorded) == begun
    if stage in ("measure", "store.complete", "recording.close"):
        assert recorded == [len(SOUND)]
    elif begun and not whole:
        assert recorded[0] >= SAMPLE_RATE


def test_what_was_recorded_up_to_a_fault_can_be_transcribed(
    store: AnswerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_at("measure", store, monkeypatch).to_the_end()
    monkeypatch.undo()
    (left,) = store.unfinished()
    kept = Run(store, answer=left).to_the_end()
    assert isinstance(kept, AnswerKept)
    assert kept.answer.transcript.text == " ".join(TEXTS)


def test_a_recording_isnt_deleted_before_the_answer_is_safe(
    store: AnswerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "complete", fault)
    assert isinstance(Run(store, keep_audio=False).to_the_end(), PipelineFailed)
    (left,) = store.unfinished()
    assert left.recording
    assert len(read_recording(left.recording)) == len(SOUND)


def test_a_fault_in_what_comes_after_is_logged_and_the_answer_shown(store: AnswerStore, log: Path) -> None:
    kept = Run(store, kept=fault).to_the_end()
    assert isinstance(kept, AnswerKept)
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert store.count(AnswerFilter()) == 1


def test_where_nothing_can_be_written_nothing_is_promised(store: AnswerStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep_faults_in(tmp_path / "file" / "rehearse.log")
    failed = Run(store, engine=fault).to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert "Details" not in str(failed.error)
