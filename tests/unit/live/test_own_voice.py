"""The interviewer's voice is kept out of the answer, and whoever talks over it isn't."""

import threading
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.live.events import PipelineFinished
from rehearse.live.pipeline import LivePipeline
from tests.fakes import HandFed, KeywordAssessor, LoudnessDetector, ScriptedTranscriber, small_guide, sound

GUIDE = small_guide()
ECHO = 0.2
"""How loud the voice comes back in these tests; a speaker is 0.3."""


class Voice:
    """The interviewer: what is louder than the echo talks over it."""

    def __init__(self) -> None:
        self.text = 0
        self.gave_way = 0
        self._talking = 0

    def sounding(self) -> int:
        return self.text

    def talked_over_for(self, frame: Samples, until: float) -> tuple[bool, int]:
        self._talking = self._talking + 1 if float(np.max(np.abs(frame))) > ECHO + 0.05 else 0
        return self._talking >= 8, self._talking

    def give_way(self) -> None:
        self.gave_way += 1


class Answer:
    """A pipeline fed by hand; its transcript has three texts for three stretches of speech."""

    def __init__(self, recording: Path | None = None) -> None:
        self.source, self.voice = HandFed(), Voice()
        self.finished: list[PipelineFinished] = []
        self.over = threading.Event()
        self.pipeline = LivePipeline(
            self.source,
            load_transcriber=lambda: ScriptedTranscriber(("our goal", "the steps", "the lesson")),
            load_engine=lambda: KeywordAssessor(GUIDE),
            scenario=GUIDE.scenarios[0],
            recording=recording,
            emit=self.note,
            load_detector=LoudnessDetector,
            own_voice=self.voice,
        )
        self.pipeline.open()

    def note(self, event: object) -> None:
        if isinstance(event, PipelineFinished):
            self.finished.append(event)
            self.over.set()

    def begin(self) -> "Answer":
        self.pipeline.start()
        return self

    def hear(self, *seconds: float) -> "Answer":
        self.source.feed(sound(*seconds))
        return self

    def interviewer(self, seconds: float, then: Samples | None = None) -> "Answer":
        """Their echo, and what follows on it while they still may be heard."""
        self.voice.text += 1
        self.source.feed(np.full(round(seconds * SAMPLE_RATE), ECHO, np.float32))
        if then is not None:
            self.source.feed(then)
        return self

    def silent(self) -> "Answer":
        """The interviewer is, and no echo can come."""
        self.number, self.voice.text = self.voice.text, 0
        return self

    def end(self) -> PipelineFinished:
        self.pipeline.finish()
        assert self.over.wait(10)
        assert self.pipeline.join(10)
        return self.finished[0]


def lengths(finished: PipelineFinished) -> list[float]:
    return [span.end - span.start for span in finished.speech]


def test_what_the_interviewer_says_in_the_middle_is_left_out_and_the_clock_stands(tmp_path: Path) -> None:
    answer = Answer(tmp_path / "answer.wav").begin().hear(0.5, 2, 1).interviewer(3).silent().hear(0.5, 1, 1)
    assert answer.pipeline.elapsed == pytest.approx(6.0)
    finished = answer.end()
    assert lengths(finished) == pytest.approx([2, 1], abs=0.1)
    assert finished.speech[1].start == pytest.approx(4.0, abs=0.05)
    recorded = read_recording(tmp_path / "answer.wav")
    assert len(recorded) == finished.frames_recorded == finished.frames_delivered == 6 * SAMPLE_RATE
    assert not np.any(np.isclose(recorded, ECHO, atol=0.05))
    assert answer.voice.gave_way == 0


def test_silence_doesnt_grow_while_the_interviewer_speaks() -> None:
    answer = Answer().begin().hear(0.5, 2, 4).interviewer(3)
    assert answer.pipeline.silence == pytest.approx(4.0, abs=0.1)
    assert lengths(answer.end()) == pytest.approx([2], abs=0.1)


def test_who_talks_over_the_interviewer_is_heard_from_the_first_word_on(tmp_path: Path) -> None:
    answer = Answer(tmp_path / "answer.wav").begin().hear(0.5, 2, 1).interviewer(2, sound(0, 1.5, 1))
    assert answer.voice.gave_way == 1
    finished = answer.silent().hear(1).end()
    assert lengths(finished) == pytest.approx([2, 1.5], abs=0.2)
    echo = np.isclose(read_recording(tmp_path / "answer.wav"), ECHO, atol=0.05).sum() / SAMPLE_RATE
    assert echo <= 0.2, "no more of the interviewer than a lead"


def test_the_next_thing_they_say_is_left_out_again() -> None:
    answer = Answer().begin().hear(0.5, 2, 1).interviewer(1, sound(0, 1, 1)).interviewer(2).silent().hear(0.5, 1, 0.5)
    assert lengths(answer.end()) == pytest.approx([2, 1, 1], abs=0.2)


def test_a_word_begun_in_the_last_moment_of_the_voice_is_whole() -> None:
    answer = Answer().begin().hear(0.5, 2, 1).interviewer(1, sound(0, 0.2)).silent().hear(0, 1, 1)
    assert lengths(answer.end()) == pytest.approx([2, 1.2], abs=0.2)


def test_the_question_is_no_pre_roll_and_begins_nothing() -> None:
    answer = Answer()
    answer.pipeline.start_on_voice()
    answer.interviewer(3).silent().hear(2)
    assert not answer.pipeline.begun
    answer.hear(0, 2, 1)
    assert answer.pipeline.begun
    assert lengths(answer.end()) == pytest.approx([2], abs=0.1)


def test_a_key_that_ends_the_answer_while_they_speak_adds_nothing() -> None:
    answer = Answer().begin().hear(0.5, 2, 1).interviewer(1)
    answer.pipeline.finish()
    answer.source.deliver(np.full(8000, ECHO, np.float32))
    assert lengths(answer.end()) == pytest.approx([2], abs=0.1)
