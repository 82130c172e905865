"""The microphone check: level, trouble, and the words of a few seconds."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rehearse.domain.sound import EndedBy, Samples, SpeechSegment, samples, seconds
from rehearse.errors import Cancelled, RehearseError
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

    def __init__(self, make_source: Callable[[], AudioSource], load_transcriber: Callable[[], Transcriber]) -> None:
        """Nothing is made or opened yet; the speech model is loaded at the first `hear`."""
        self._make_source = make_source
        self._load_transcriber = load_transcriber
        self._source: AudioSource | None = None
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._kept: list[Samples] | None = None
        self._level = -100.0
        # A daemon, so that one that was forgotten doesn't keep the program from ending.
        self._thread = threading.Thread(target=self._listen, name="rehearse-check", daemon=True)

    def open(self) -> None:
        """Open the microphone; may take seconds. One that is open stays so, one closed meanwhile is closed again.

        Raises:
            DeviceError: it can't be opened; another call tries anew.
        """
        if self._source is not None:
            return
        source = self._make_source()
        try:
            source.open()
        except BaseException:
            source.close()
            raise
        with self._lock:
            if not self._closing.is_set():
                self._source = source
                self._thread.start()
                return
        source.close()

    def close(self) -> None:
        """Close it for good, from any thread; waits for the listening, not for the opening."""
        with self._lock:
            self._closing.set()
        if self._source is not None:
            self._thread.join()
            self._source.close()

    @property
    def level(self) -> float:
        """Peak of the last block, dBFS."""
        return self._level

    @property
    def trouble(self) -> RehearseError | None:
        """What is wrong with the microphone, if anything."""
        return self._source.trouble if self._source is not None else None

    @property
    def recorded(self) -> float:
        """Seconds kept so far."""
        with self._lock:
            return seconds(sum(map(len, self._kept))) if self._kept is not None else 0.0

    def hear(self, length: float, cancelled: threading.Event, *, ended: threading.Event | None = None) -> Heard:
        """Record some seconds and decode them; blocks. A silent device ends it after twice that time.

        Args:
            length: seconds to record.
            cancelled: ends the recording early; what was recorded is decoded.
            ended: set once the recording is over; the first decoding takes seconds.

        Raises:
            Cancelled: closed meanwhile.
            ModelError: the speech model can't be loaded.
        """
        with self._lock:
            self._kept = []
        waited = 0.0
        while self.recorded < length and waited < 2 * length and not (cancelled.wait(0.05) or self._closing.is_set()):
            waited += 0.05
        if ended is not None:
            ended.set()
        with self._lock:
            kept, self._kept = self._kept or [], None
        if self._closing.is_set():
            raise Cancelled("The microphone was closed")
        sound = np.concatenate(kept)[: samples(length)] if kept else np.zeros(0, np.float32)
        peak = level_of(sound).peak
        if not len(sound) or peak < -60:
            return Heard("", peak)
        end = seconds(len(sound))
        segment = SpeechSegment(sound, 0.0, end, 0.0, end, EndedBy.STOP)
        return Heard(self._load_transcriber().transcribe(segment).text, peak)

    def _listen(self) -> None:
        assert self._source is not None
        while not self._closing.is_set():
            block = self._source.read(0.1)
            if block is None:
                self._level = -100.0
                continue
            self._level = level_of(block.samples).peak
            with self._lock:
                if self._kept is not None:
                    self._kept.append(block.samples)
