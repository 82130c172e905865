"""The pipeline with real threads, a source as fast as it can, and a scripted recogniser."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.sources import SamplesSource
from rehearse.domain.sound import SAMPLE_RATE, SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.errors import ModelError
from rehearse.live import redecoding
from rehearse.live.events import (
    CoverageChanged,
    FinalisingProgress,
    PipelineFailed,
    PipelineFinished,
    PipelineReady,
    PipelineRefined,
    SpeechPaused,
    SpeechStarted,
    TranscriptChanged,
)
from rehearse.live.whole_answer import transcribe_samples
from rehearse.speech.transcriber import Hurry, Spoken, Transcriber, nobody_waits
from tests.fakes import HandFed, KeywordAssessor, LoudnessDetector, ScriptedTranscriber, sound
from tests.unit.live.pipelines import ANSWER, GUIDE, SCENARIO, TEXTS, Run


def test_an_answer_from_sound_to_marks(tmp_path: Path) -> None:
    run = Run(SamplesSource(ANSWER), recording=tmp_path / "answer.wav")
    finished = run.to_the_end()
    assert isinstance(finished, PipelineFinished)
    assert finished.transcript.text == " ".join(TEXTS)
    assert finished.transcript.model == "scripted"
    assert finished.transcript.duration == len(ANSWER) / SAMPLE_RATE
    assert finished.coverage.final
    assert finished.coverage.covered == ("goal", "steps", "lesson")
    assert finished.frames_recorded == finished.frames_delivered == len(ANSWER)
    assert len(read_recording(tmp_path / "answer.wav")) == len(ANSWER)
    assert [round(span.end - span.start) for span in finished.speech] == [3, 4, 2]
    assert run.pipeline.backlog == 0
    assert run.pipeline.elapsed == finished.transcript.duration


def test_events_tell_the_story_in_order() -> None:
    run = Run(SamplesSource(ANSWER))
    run.to_the_end()
    assert len(run.of(PipelineReady)) == 1
    assert len(run.of(SpeechStarted)) == len(run.of(SpeechPaused)) == 3
    assert abs(run.of(SpeechStarted)[0].at - 0.5) < 0.05
    grown = [event.transcript.text for event in run.of(TranscriptChanged)]
    assert all(after.startswith(before) for before, after in pairwise(grown))
    lit = [section for event in run.of(CoverageChanged) for section in event.newly_covered]
    assert len(lit) == len(set(lit))
    assert set(lit) <= {"goal", "steps", "lesson"}


def test_a_slow_model_says_nothing_before_the_answer_is_over() -> None:
    run = Run(SamplesSource(ANSWER), live=False)
    finished = run.to_the_end()
    assert isinstance(finished, PipelineFinished)
    assert finished.transcript.text == " ".join(TEXTS)
    assert not run.of(TranscriptChanged)
    assert not run.of(CoverageChanged)


def test_what_is_left_after_the_last_word_has_a_progress() -> None:
    decoding = threading.Event()

    class Held(ScriptedTranscriber):
        def transcribe(
            self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
        ) -> Utterance:
            assert decoding.wait(30)
            return super().transcribe(segment, before)

    source = SamplesSource(ANSWER)
    run = Run(source, load=lambda: Held(TEXTS))
    run.pipeline.open()
    run.pipeline.start()
    while run.pipeline._decoder._ending is None:  # all is said, and the first words are still being decoded
        threading.Event().wait(0.005)
    decoding.set()
    run.wait()
    progress = run.of(FinalisingProgress)
    assert [event.done for event in progress] == sorted(event.done for event in progress)
    assert progress[-1].done == pytest.approx(progress[-1].total)


class Asking(ScriptedTranscriber):
    """Asks whether somebody waits before it hears a passage as one."""

    def __init__(self) -> None:
        super().__init__(TEXTS)
        self.hurried: list[bool] = []
        self.asked = threading.Event()
        self.go_on = threading.Event()

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        self.asked.set()
        assert self.go_on.wait(30)
        self.hurried.append(bool(hurry()))
        return super().transcribe_passage(segments)


def test_a_file_is_decoded_with_all_care() -> None:
    asking = Asking()
    asking.go_on.set()
    Run(SamplesSource(ANSWER), load=lambda: asking).to_the_end()
    assert asking.hurried
    assert not any(asking.hurried)


def test_whoever_ends_their_answer_waits_for_the_rest_of_it() -> None:
    source, asking = HandFed(), Asking()
    run = Run(source, early=True, load=lambda: asking)
    run.pipeline.open()
    run.pipeline.start()
    source.feed(sound(0, 2, 1, 2))
    assert asking.asked.wait(30)
    run.pipeline.finish()
    asking.go_on.set()
    source.deliver(sound(0.3))
    run.wait()
    assert asking.hurried == [True, False], "what was given up is heard once the marks are out"
    kinds = [type(event) for event in run.events]
    assert kinds.index(PipelineFinished) == len(kinds) - 1, "its words were the same"


class Afterthought(ScriptedTranscriber):
    """Hears passages better than their segments."""

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        found = super().transcribe_passage(segments) or ()
        return tuple(replace(one, words=tuple(replace(w, text=w.text.upper()) for w in one.words)) for one in found)


def test_a_passage_is_heard_again_in_the_silence_behind_it_and_stays_so() -> None:
    source = HandFed()
    run = Run(source, early=True, load=lambda: Afterthought(TEXTS))
    run.pipeline.open()
    run.pipeline.start()
    source.feed(sound(0, 2, 0.7, 2, 2))
    settled = threading.Event()
    while not settled.wait(0.005):
        if any(event.transcript.words for event in run.of(TranscriptChanged)):
            settled.set()
    source.feed(sound(0, 2))
    run.pipeline.finish()
    finished = run.wait()
    assert isinstance(finished, PipelineFinished)
    first, second, third = TEXTS
    assert finished.transcript.text == f"{first} {second}".upper() + f" {third}"
    shown = [event.transcript.text for event in run.of(TranscriptChanged)]
    assert all(after.startswith(before) for before, after in pairwise(shown))
    (refined,) = run.of(PipelineRefined)
    assert refined.transcript.text == " ".join(TEXTS).upper(), "the last words are heard again after the marks"
    assert refined.transcript.duration == finished.transcript.duration
    assert refined.coverage.final
    assert run.events[-1] is refined


@pytest.mark.parametrize("live", [True, False])
def test_a_file_is_heard_passage_by_passage(live: bool) -> None:
    finished = Run(SamplesSource(ANSWER), load=lambda: Afterthought(TEXTS), live=live).to_the_end()
    assert isinstance(finished, PipelineFinished)
    assert finished.transcript.text == " ".join(TEXTS).upper()


def test_a_source_that_ends_is_heard_to_its_end_however_long_a_hearing_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redecoding, "IDLE", 1e9)
    finished = Run(SamplesSource(ANSWER), load=lambda: Afterthought(TEXTS)).to_the_end()
    assert isinstance(finished, PipelineFinished)
    assert finished.transcript.text == " ".join(TEXTS).upper()


def test_speech_without_words_stays_an_utterance_without_words() -> None:
    run = Run(SamplesSource(ANSWER), load=lambda: ScriptedTranscriber((TEXTS[0], "", TEXTS[2])))
    finished = run.to_the_end()
    assert isinstance(finished, PipelineFinished)
    heard = finished.transcript.utterances
    assert [bool(utterance.words) for utterance in heard] == [True, False, True]
    assert heard[1].end - heard[1].start == pytest.approx(4.0, abs=0.1)


def test_a_model_that_does_not_load_fails_with_its_own_words() -> None:
    def load() -> Transcriber:
        raise ModelError("The weights are missing", next_step="Install them.")

    failed = Run(SamplesSource(ANSWER), load=load).to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert failed.error.what == "The weights are missing"


def test_a_fault_of_ours_becomes_an_error_people_can_read() -> None:
    class Broken(ScriptedTranscriber):
        def transcribe(
            self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
        ) -> Utterance:
            raise ZeroDivisionError("by zero")

    failed = Run(SamplesSource(ANSWER), load=lambda: Broken(())).to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert "by zero" in failed.error.why
    assert failed.error.next_step


def test_a_whole_file_gives_the_same_words() -> None:
    told: list[tuple[float, float]] = []
    found = transcribe_samples(
        ANSWER,
        ScriptedTranscriber(TEXTS),
        KeywordAssessor(GUIDE),
        SCENARIO,
        progress=lambda done, total: told.append((done, total)),
        detector=LoudnessDetector(),
    )
    live = Run(SamplesSource(ANSWER)).to_the_end()
    assert isinstance(live, PipelineFinished)
    assert found.transcript == live.transcript
    assert found.speech == live.speech
    assert told[-1] == (len(ANSWER) / SAMPLE_RATE, len(ANSWER) / SAMPLE_RATE)
