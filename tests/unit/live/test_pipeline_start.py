"""What counts from when on: start, pause, trouble and cancel of a pipeline that is fed by hand."""

from pathlib import Path

import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.sources import SamplesSource
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock
from rehearse.errors import DeviceError
from rehearse.live.events import (
    MicrophoneRecovered,
    MicrophoneTrouble,
    PipelineFailed,
    PipelineFinished,
)
from tests.fakes import HandFed, sound
from tests.unit.live.pipelines import Run


def test_a_word_begun_before_the_start_is_not_lost() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    source.feed(sound(5, 0.5))
    assert run.pipeline.elapsed == 0
    assert run.pipeline.level.peak > -20
    run.pipeline.start()
    source.feed(sound(0, 2, 1))
    run.pipeline.finish()
    finished = run.wait()
    assert isinstance(finished, PipelineFinished)
    (span,) = finished.speech
    assert span.end - span.start == pytest.approx(2.5, abs=0.1)


def test_an_answer_begins_with_the_voice_and_its_first_word_is_whole() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    source.feed(sound(3))
    run.pipeline.start_on_voice()
    source.feed(sound(20))
    assert not run.pipeline.begun
    assert run.pipeline.elapsed == 0
    source.feed(sound(2, 3, 1))
    assert run.pipeline.begun
    run.pipeline.finish()
    finished = run.wait()
    assert isinstance(finished, PipelineFinished)
    (span,) = finished.speech
    assert span.start == pytest.approx(0.3, abs=0.05), "the clock starts where the voice starts"
    assert span.end - span.start == pytest.approx(3.0, abs=0.05)
    assert finished.transcript.duration == pytest.approx(4.3, abs=0.05)


def test_a_click_is_no_beginning() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    run.pipeline.start_on_voice()
    source.feed(sound(2, 0.06, 3))
    assert not run.pipeline.begun
    run.pipeline.cancel()
    assert run.pipeline.join(5)


def test_who_speaks_already_when_the_time_is_up_goes_on_speaking() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    source.feed(sound(1, 0.6))
    run.pipeline.start_on_voice()
    source.feed(sound(0, 1, 1))
    run.pipeline.finish()
    finished = run.wait()
    assert isinstance(finished, PipelineFinished)
    (span,) = finished.speech
    assert span.end - span.start == pytest.approx(1.6, abs=0.1)


def test_the_speakers_pauses_are_known_while_they_speak() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    run.pipeline.start()
    source.feed(sound(0.5, 2, 1, 2, 3, 2, 1))
    assert run.pipeline.pauses == pytest.approx((1, 3), abs=0.1)
    run.pipeline.finish()
    run.wait()


def test_the_interviewers_last_words_are_no_part_of_the_answer() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    source.feed(sound(5, 0.5))
    run.pipeline.start(from_now=True)
    source.feed(sound(1, 2, 1))
    run.pipeline.finish()
    finished = run.wait()
    assert isinstance(finished, PipelineFinished)
    (span,) = finished.speech
    assert span.start == pytest.approx(1.0, abs=0.1)
    assert span.end - span.start == pytest.approx(2.0, abs=0.1)


def test_silence_before_the_start_is_no_part_of_the_answer() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    source.feed(sound(0.5, 1, 3))
    run.pipeline.start()
    source.feed(sound(0.5, 2, 1))
    assert run.pipeline.elapsed == pytest.approx(3.5)
    assert not run.pipeline.speaking
    assert run.pipeline.silence == pytest.approx(1.0, abs=0.1)
    run.pipeline.finish()
    finished = run.wait()
    assert isinstance(finished, PipelineFinished)
    assert finished.speech[0].start == pytest.approx(0.5, abs=0.05)
    assert source.closed


def test_what_is_said_during_a_pause_is_left_out_and_the_clock_stands() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    run.pipeline.start()
    source.feed(sound(0.5, 2, 0.1))
    run.pipeline.pause()
    source.wait_until_taken()
    source.feed(sound(0, 5))
    assert run.pipeline.elapsed == pytest.approx(2.6)
    run.pipeline.resume()
    source.wait_until_taken()
    source.feed(sound(0.5, 2, 1))
    run.pipeline.finish()
    finished = run.wait()
    assert isinstance(finished, PipelineFinished)
    assert finished.transcript.duration == pytest.approx(6.1)
    assert finished.frames_delivered == finished.frames_recorded == round(6.1 * SAMPLE_RATE)
    assert [round(span.end - span.start, 1) for span in finished.speech] == [2.0, 2.0]


class Pressing(SamplesSource):
    """Three seconds in blocks of 0.1 s; while the n-th is on its way, a key is pressed."""

    def __init__(self, presses: dict[int, str]) -> None:
        super().__init__(sound(0, 3))
        self._presses = presses
        self._read = 0
        self.run = Run(self, early=True)
        self.clock: list[float] = []
        """What it showed with each block."""

    def read(self, timeout: float) -> AudioBlock | None:
        block = super().read(timeout)
        self._read += 1
        if press := self._presses.get(self._read):
            getattr(self.run.pipeline, press)()
        self.clock.append(round(self.run.pipeline.elapsed, 1))
        return block

    def whole(self) -> float:
        """Seconds of the answer."""
        self.run.pipeline.start()
        self.run.pipeline.open()
        finished = self.run.wait()
        assert isinstance(finished, PipelineFinished)
        assert finished.frames_delivered == finished.frames_recorded
        return finished.transcript.duration


@pytest.mark.parametrize(
    ("presses", "seconds"),
    [
        ({10: "pause"}, 1.2),
        ({10: "pause", 20: "resume"}, 2.2),
        ({10: "pause", 11: "resume"}, 3.0),
        ({10: "pause", 20: "finish"}, 1.2),
        ({10: "pause", 11: "finish"}, 1.2),
        ({10: "pause", 12: "finish"}, 1.2),
        ({10: "finish"}, 1.2),
    ],
)
def test_what_was_said_just_before_a_pause_is_still_taken_as_before_the_finish(
    presses: dict[int, str], seconds: float
) -> None:
    assert Pressing(presses).whole() == pytest.approx(seconds)


def test_the_clock_stands_from_the_key_press_on() -> None:
    source = Pressing({10: "pause", 20: "resume"})
    source.whole()
    assert source.clock[9:19] == [0.9] * 10
    assert source.clock[20:22] == [1.2, 1.3]


def test_trouble_is_told_once_and_so_is_its_end() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    run.pipeline.start()
    source.feed(sound(1))
    source.trouble = DeviceError("The microphone is silent")
    source.feed(sound(1))
    source.trouble = None
    source.feed(sound(1))
    run.pipeline.finish()
    run.wait()
    assert len(run.of(MicrophoneTrouble)) == len(run.of(MicrophoneRecovered)) == 1


def test_other_trouble_is_told_as_well() -> None:
    source = HandFed()
    run = Run(source, early=True)
    run.pipeline.open()
    run.pipeline.start()
    for what in ("The microphone is muted", "The microphone is gone"):
        source.trouble = DeviceError(what)
        source.feed(sound(1))
        source.wait_until_taken()
    run.pipeline.finish()
    run.wait()
    assert [event.error.what for event in run.of(MicrophoneTrouble)] == [
        "The microphone is muted",
        "The microphone is gone",
    ]


def test_nothing_comes_after_a_cancel_and_the_recording_stays(tmp_path: Path) -> None:
    source = HandFed()
    run = Run(source, recording=tmp_path / "answer.wav", early=True)
    run.pipeline.open()
    run.pipeline.start()
    source.feed(sound(0.5, 2))
    run.pipeline.cancel()
    told = len(run.events)
    assert run.pipeline.join(30)
    assert len(run.events) == told
    assert not run.of(PipelineFinished)
    assert len(read_recording(tmp_path / "answer.wav")) == round(2.5 * SAMPLE_RATE)
    assert source.closed


def test_a_source_that_fails_to_open_is_reported() -> None:
    class Busy(HandFed):
        def open(self) -> None:
            raise DeviceError("The microphone is busy", next_step="Close the other program.")

    failed = Run(Busy(), early=True).to_the_end()
    assert isinstance(failed, PipelineFailed)
    assert isinstance(failed.error, DeviceError)
