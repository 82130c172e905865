"""The microphone check: level, trouble, and the words of a few seconds."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rehearse.domain.sound import EndedBy, Samples, SpeechSegment, samples, seconds
from rehearse.errors import RehearseError
from rehearse.live.listener import level_of
from rehearse.live.protocols import AudioSource
from rehearse.speech.transcriber import Transcriber


@dataclass(frozen=True)
class Heard:
    """What came in while the check recorded."""

    text: str
    """"" if no words were made out."""
    peak: float
    """dBFS."""


class MicrophoneCheck:
    """Listens on a thread of its own until closed."""

    def __init__(self, source: AudioSource, load_transcriber: Callable[[], Transcriber]) -> None:
        """Nothing is opened yet; the speech model is loaded at the first `hear`."""
        self._source = source
        self._load_transcriber = load_transcriber
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._kept: list[Samples] | None = None
        self._level = -100.0
        self._thread = threading.Thread(target=self._listen, name="rehearse-check")

    def open(self) -> None:
        """Open the microphone; raises DeviceError."""
        self._source.open()
        self._thread.start()

    def close(self) -> None:
        """Close it; waits for the thread."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._source.close()

    @property
    def level(self) -> float:
        """Peak of the last block, dBFS."""
        return self._level

    @property
    def trouble(self) -> RehearseError | None:
        """What is wrong with the microphone, if anything."""
        return self._source.trouble

    @property
    def recorded(self) -> float:
        """Seconds kept so far."""
        with self._lock:
            return seconds(sum(map(len, self._kept))) if self._kept is not None else 0.0

    def hear(self, length: float, cancelled: threading.Event) -> Heard:
        """Record `length` seconds and decode them; blocks. A silent device ends it after twice that time."""
        with self._lock:
            self._kept = []
        waited = 0.0
        while self.recorded < length and waited < 2 * length and not cancelled.wait(0.05):
            waited += 0.05
        with self._lock:
            kept, self._kept = self._kept or [], None
        sound = np.concatenate(kept)[: samples(length)] if kept else np.zeros(0, np.float32)
        peak = level_of(sound).peak
        if not len(sound) or peak < -60:
            return Heard("", peak)
        end = seconds(len(sound))
        segment = SpeechSegment(sound, 0.0, end, 0.0, end, EndedBy.STOP)
        return Heard(self._load_transcriber().transcribe(segment).text, peak)

    def _listen(self) -> None:
        while not self._closing.is_set():
            block = self._source.read(0.1)
            if block is None:
                self._level = -100.0
                continue
            self._level = level_of(block.samples).peak
            with self._lock:
                if self._kept is not None:
                    self._kept.append(block.samples)
