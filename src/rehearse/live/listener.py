"""Listener: the pipeline's first thread. Sound to disk, to the meter, to the endpointer, and on to the decoder."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from enum import Enum, auto
from pathlib import Path

import numpy as np

from rehearse.domain.answer import LEAST_AWAY
from rehearse.domain.hands_free import pauses_between
from rehearse.domain.sound import AudioBlock, Samples, samples, seconds
from rehearse.errors import DiskFullError
from rehearse.live.decoder import Decoder
from rehearse.live.dropouts import Dropouts
from rehearse.live.ending import Ending
from rehearse.live.endpointing import Endpointer
from rehearse.live.events import LiveEvent, MicrophoneRecovered, MicrophoneTrouble, SpeechPaused, SpeechStarted
from rehearse.live.own_voice import OwnVoice, OwnVoiceGate
from rehearse.live.pre_roll import PreRoll
from rehearse.live.protocols import AudioSource, Level, Recorder
from rehearse.speech.vad import SpeechDetector

_READ_TIMEOUT = 0.1
"""Seconds; bounds how late a command is noticed when no sound comes."""

_LAST_WORD = 0.15
"""Seconds listened on after a finish or pause: what was said before the key press is on its way through the device."""


class Stage(Enum):
    """Where the answer stands."""

    WAITING = auto()
    """Open, not started."""
    ARMED = auto()
    """Begins with the first voice."""
    ANSWERING = auto()
    PAUSED = auto()
    FINISHING = auto()


class Listener:
    """Reads a source until the answer is over. Commands come from other threads and take effect at the next block."""

    def __init__(
        self,
        source: AudioSource,
        *,
        decoder: Decoder,
        recording: Path | None,
        emit: Callable[[LiveEvent], None],
        cancelled: threading.Event,
        listen_early: bool,
        load_detector: Callable[[], SpeechDetector],
        own_voice: OwnVoice | None,
        open_recording: Callable[[Path], Recorder],
    ) -> None:
        self._source = source
        self._decoder = decoder
        self._recording = recording
        self._emit = emit
        self._cancelled = cancelled
        self._listen_early = listen_early
        self._load_detector = load_detector
        self._gate = OwnVoiceGate(own_voice, load_detector)
        self._open_recording = open_recording
        self._stage = Stage.WAITING
        self._begun = threading.Event()
        self._frames = 0
        self._frames_before_pause = 0
        self._delivered = 0
        self._overflows = 0
        self._expected: int | None = None
        self._pre_roll: PreRoll | None = None
        self._from_now = False
        self._level = Level()
        self._trouble = ""
        self._dropouts = Dropouts()
        self._recorder: Recorder | None = None
        self._endpointer: Endpointer | None = None
        self._was_speaking = False

    @property
    def level(self) -> Level:
        """Loudness of late."""
        return self._level

    @property
    def frames(self) -> int:
        """Samples of the answer; in a pause, those it had at the key press."""
        return self._frames_before_pause if self._stage is Stage.PAUSED else self._frames

    @property
    def away(self) -> float:
        """Seconds in which the microphone brought nothing while the answer went on."""
        return self._dropouts.seconds

    @property
    def speaking(self) -> bool:
        """Somebody is speaking."""
        return self._endpointer is not None and self._endpointer.speaking

    @property
    def silence(self) -> float:
        """Seconds since the last voice."""
        return self._endpointer.silence if self._endpointer else 0.0

    @property
    def pauses(self) -> tuple[float, ...]:
        """Seconds of the silences between what was said so far."""
        return pauses_between(self._endpointer.spans) if self._endpointer else ()

    @property
    def begun(self) -> bool:
        """The answer has begun."""
        return self._stage not in (Stage.WAITING, Stage.ARMED)

    def start(self, *, from_now: bool = False) -> None:
        """The answer begins; `from_now` leaves out what was heard before, because another voice was speaking."""
        if not self.begun:
            self._from_now = from_now
            self._stage = Stage.ANSWERING
            self._begun.set()

    def start_on_voice(self) -> None:
        """The answer begins by itself where a voice does; of a source that isn't listened to early, at once."""
        if not self._listen_early:
            self.start()
        elif self._stage is Stage.WAITING:
            self._stage = Stage.ARMED

    def pause(self) -> None:
        """Leave out what is said from now on."""
        if self._stage is Stage.ANSWERING:
            self._frames_before_pause = self._frames
            self._stage = Stage.PAUSED

    def resume(self) -> None:
        """Go on."""
        if self._stage is Stage.PAUSED:
            self._stage = Stage.ANSWERING

    def finish(self) -> None:
        """The answer is over."""
        self._stage = Stage.FINISHING
        self._begun.set()

    def wake(self) -> None:
        """Notice that all is cancelled."""
        self._begun.set()

    def run(self) -> None:
        """The thread's work, from opening the source to handing over the last segment."""
        with ExitStack() as closing:
            if not self._listen_early:
                self._begun.wait()
            if self._cancelled.is_set():
                return
            self._source.open()
            closing.callback(self._source.close)
            self._endpointer = Endpointer(self._load_detector())
            self._decoder.listen_to(self._endpointer)
            first = self._wait_for_start()
            if self._cancelled.is_set():
                return
            if self._recording is not None:
                self._recorder = self._open_recording(self._recording)
                closing.callback(self._recorder.close)
            self._take_pre_roll()
            if first is not None:
                self._take(first)
            self._answer()
            self._dropouts.finish(seconds(self._frames))
        if not self._cancelled.is_set():
            self._hand_over()

    def _wait_for_start(self) -> AudioBlock | None:
        """Meter, and keep the last moments; returns the block that came as the answer began, if one did."""
        self._pre_roll = PreRoll(self._load_detector()) if self._listen_early else None
        while self._pre_roll is not None and not self.begun and not self._cancelled.is_set():
            block = self._read()
            if block is None:
                continue
            block = self._gate.sift(block)
            if block is None:
                self._pre_roll.forget()
                continue
            if self.begun:
                return block
            self._pre_roll.hear(block)
            if self._stage is Stage.ARMED and self._pre_roll.speaking:
                self.start()
        return None

    def _take_pre_roll(self) -> None:
        """Begin with the voice that was already there, if there was one."""
        if self._pre_roll is None or self._from_now:
            return
        before, self._pre_roll = self._pre_roll.take(), None
        if before is not None:
            self._take(before)

    def _answer(self) -> None:
        """Listen until the answer is over."""
        last_word = samples(_LAST_WORD) if self._listen_early else 0
        after, stands = last_word, False
        while not self._cancelled.is_set():
            stage = self._stage
            block = self._read()
            if stage is Stage.ANSWERING:
                after = last_word
            elif block is None:
                after = 0  # nothing is on its way
            paused = stage is Stage.PAUSED and after <= 0
            self._dropouts.pause(paused=paused or self._gate.closed)
            if block is None:
                self._note_dropouts()
                if self._source.ended or stage is Stage.FINISHING:
                    return
                continue
            if stage is Stage.FINISHING and stands:
                return
            speakers = self._gate.sift(block)
            stood, stands = stands, paused or speakers is None
            if speakers is not None and not paused:
                self._take(speakers)
                self._note_dropouts()
            if stage is not Stage.ANSWERING:
                after -= len(block.samples)
                if stage is Stage.FINISHING and after <= 0:
                    return
                stands = stands or after <= 0
            if stands and not stood:
                self._pause()

    def _note_dropouts(self) -> None:
        self._dropouts.note(seconds(self._frames), troubled=bool(self._trouble))

    def _read(self) -> AudioBlock | None:
        block = self._source.read(_READ_TIMEOUT)
        trouble = self._source.trouble
        if trouble is not None and str(trouble) != self._trouble:
            self._emit(MicrophoneTrouble(trouble))
        elif trouble is None and self._trouble:
            self._emit(MicrophoneRecovered())
        self._trouble = "" if trouble is None else str(trouble)
        if block is not None:
            self._level = level_of(block.samples)
        return block

    def _take(self, block: AudioBlock) -> None:
        """To disk before anything clever; where neither the disk nor the memory takes more, the answer is over."""
        assert self._endpointer is not None
        if self._recorder is not None:
            try:
                self._recorder.append(block.samples)
            except DiskFullError:  # and no more can be held in memory: what is held must not be lost with the rest
                self.finish()
                return
        lost = 0 if self._expected is None else max(0, block.first_sample - self._expected)
        self._expected = block.first_sample + len(block.samples)
        self._delivered += lost + len(block.samples)
        self._frames += len(block.samples)
        self._overflows += block.overflowed
        for segment in self._decoder.hear(self._endpointer, block.samples):
            self._decoder.put(segment)
        self._notice_speech()

    def _notice_speech(self) -> None:
        assert self._endpointer is not None
        began = self._endpointer.voice_began
        speaking = began is not None
        if speaking != self._was_speaking:
            self._was_speaking = speaking
            at = self._endpointer.position - self._endpointer.silence if began is None else began
            self._emit(SpeechStarted(at) if speaking else SpeechPaused(max(0.0, at)))

    def _pause(self) -> None:
        assert self._endpointer is not None
        self._expected = None
        for segment in self._endpointer.pause():
            self._decoder.put(segment)
        self._notice_speech()

    def _hand_over(self) -> None:
        assert self._endpointer is not None
        for segment in self._endpointer.finish():
            self._decoder.put(segment)
        self._notice_speech()
        self._decoder.finish(
            Ending(
                frames=self._frames,
                delivered=self._delivered,
                recorded=self._recorder.frames if self._recorder else self._frames,
                overflows=self._overflows,
                absences=tuple(one for one in self._dropouts.absences if one.seconds >= LEAST_AWAY),
            )
        )


def level_of(block: Samples) -> Level:
    """Loudness of a block, in dBFS."""
    if not len(block):
        return Level()
    return Level(_dbfs(float(np.max(np.abs(block)))), _dbfs(float(np.sqrt(np.mean(np.square(block))))))


def _dbfs(amplitude: float) -> float:
    return float(20 * np.log10(max(amplitude, 1e-5)))
