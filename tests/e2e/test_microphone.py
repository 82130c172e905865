"""The real microphone code, PortAudio and all, against a virtual microphone."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.capture import Microphone
from rehearse.audio.files import load_audio
from rehearse.audio.recorded import read_recording
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.live.events import LiveEvent, MicrophoneRecovered, MicrophoneTrouble
from rehearse.live.pipeline import LivePipeline
from tests.e2e.virtual_microphone import VirtualMicrophone, wait_until
from tests.fakes import KeywordAssessor, ScriptedTranscriber, small_guide

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def speech(shared: Path) -> Samples:
    """Eleven seconds of a real voice."""
    return load_audio(shared / "audio" / "jfk.flac")


def test_what_is_spoken_arrives(virtual_microphone: VirtualMicrophone, speech: Samples) -> None:
    microphone = Microphone()
    microphone.open()
    parts = []
    try:
        first = microphone.read(10.0)
        assert first is not None
        speaking = virtual_microphone.speak(speech[: 3 * SAMPLE_RATE], wait=False)
        while speaking.poll() is None:
            if block := microphone.read(0.1):
                parts.append(block.samples)
                assert not block.overflowed
    finally:
        microphone.close()
    heard = np.concatenate(parts)
    assert float(np.max(np.abs(heard))) > 0.3


@pytest.mark.usefixtures("virtual_microphone")
def test_it_is_heard_again_after_the_sound_server_came_back() -> None:
    with VirtualMicrophone() as pulseaudio:
        microphone = Microphone()
        microphone.open()
        heard = []

        def sounds() -> bool:
            block = microphone.read(0.1)
            heard.append(0 if block is None else len(block.samples))
            return block is not None

        def troubled() -> bool:
            sounds()
            return microphone.trouble is not None

        try:
            wait_until(sounds, "the first sound")
            pulseaudio.crash()
            wait_until(troubled, "the crash is noticed")
            pulseaudio.restart()
            wait_until(sounds, "sound comes again")
            assert microphone.trouble is None
            assert sum(heard) == microphone.frames_delivered
        finally:
            microphone.close()


class Silence:
    """A detector that hears no voice: this is about sound, not speech."""

    def probability(self, _: Samples) -> float:
        return 0.0

    def reset(self) -> None:
        pass


class Answer:
    """An answer through the real microphone and the real listener; the room behind it hums faintly."""

    def __init__(self, recording: Path) -> None:
        self.told: list[tuple[float, LiveEvent]] = []
        guide = small_guide()
        self.recording = recording
        self.pipeline = LivePipeline(
            Microphone(),
            load_transcriber=lambda: ScriptedTranscriber(()),
            load_engine=lambda: KeywordAssessor(guide),
            scenario=guide.scenarios[0],
            recording=recording,
            emit=lambda event: self.told.append((time.monotonic(), event)),
            live=False,
            listen_early=True,
            load_detector=Silence,
        )
        self.pipeline.open()
        self.pipeline.start()
        wait_until(lambda: self.pipeline.elapsed > 1.0, "the answer runs")

    def says(self, what: str, within: float = 2.0) -> None:
        """The screen is told so in time."""
        begun = time.monotonic()
        wait_until(lambda: self._last(MicrophoneTrouble).startswith(what), f"{what} (said: {self._last()})", within)
        assert time.monotonic() - begun <= within

    def goes_on(self, within: float = 3.0) -> None:
        """Sound comes again, and the screen says no more."""
        heard = self.pipeline.elapsed
        wait_until(lambda: self._last(MicrophoneRecovered) == "" and self.told, "it is over", within)
        wait_until(lambda: self.pipeline.elapsed > heard + 0.5, "the answer goes on", within)

    def _last(self, kind: type[LiveEvent] = MicrophoneTrouble) -> str:
        microphones = [e for _, e in self.told if isinstance(e, MicrophoneTrouble | MicrophoneRecovered)]
        last = microphones[-1] if microphones else None
        if isinstance(last, MicrophoneTrouble):
            return last.error.what
        return "" if kind is MicrophoneRecovered and last is not None else "nothing"

    def ends(self) -> Samples:
        wait_until(lambda: self.pipeline.elapsed > 0, "something is kept")
        self.pipeline.finish()
        assert self.pipeline.join(10)
        return read_recording(self.recording)


@pytest.fixture
def humming(virtual_microphone: VirtualMicrophone) -> Iterator[VirtualMicrophone]:
    with virtual_microphone.room(-50):
        yield virtual_microphone


def test_unplugged_and_plugged_in_again(humming: VirtualMicrophone, tmp_path: Path) -> None:
    answer = Answer(tmp_path / "answer.wav")
    music = np.full(8 * SAMPLE_RATE, 0.9, np.float32) * np.sign(np.sin(np.arange(8 * SAMPLE_RATE) / 5)).astype("f4")
    gone_at = time.monotonic()
    humming.unplug()
    playing = humming.play(music)
    answer.says("The microphone is gone")
    before = answer.pipeline.elapsed
    time.sleep(4.0)
    assert answer.pipeline.elapsed == before, "nothing is taken from what the computer plays"
    humming.plug_in(rate=48_000)
    answer.goes_on()
    away = time.monotonic() - gone_at
    playing.terminate()
    time.sleep(1.5)
    kept = answer.ends()
    loud = np.flatnonzero(np.abs(kept) > 0.1) / SAMPLE_RATE
    assert not len(loud), f"the music is in the recording: {loud[0]:.3f} to {loud[-1]:.3f} s"
    assert away - 2.5 < answer.pipeline.away < away + 0.5


def test_taken_by_another_program_and_muted(humming: VirtualMicrophone, tmp_path: Path) -> None:
    answer = Answer(tmp_path / "answer.wav")
    humming.mute()
    answer.says("The microphone is muted")
    humming.mute(muted=False)
    answer.goes_on()
    assert answer.pipeline.away == 0.0
    humming.take_away()
    try:
        answer.says("The microphone has stopped")
    finally:
        humming.take_away(taken=False)
    answer.goes_on(5.0)
    time.sleep(1.5)
    kept = answer.ends()
    assert abs(len(kept) / SAMPLE_RATE - answer.pipeline.elapsed) < 0.01
    assert 0.5 < answer.pipeline.away < 8.0


def test_an_undisturbed_answer_says_nothing(humming: VirtualMicrophone, tmp_path: Path) -> None:
    answer = Answer(tmp_path / "answer.wav")
    wait_until(lambda: answer.pipeline.elapsed > 6.0, "six seconds", 10.0)
    answer.ends()
    assert answer.pipeline.away == 0.0
    assert not [event for _, event in answer.told if isinstance(event, MicrophoneTrouble)]
