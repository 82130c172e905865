"""Endpointer: samples in, speech segments out; the first half of the chain, the same for a microphone and a file."""

import numpy as np

from rehearse.domain.sound import Samples, SpeechSegment, SpeechSpan, seconds
from rehearse.speech.segmenter import Segmenter, SegmenterSettings
from rehearse.speech.vad import WINDOW, SpeechDetector


class Endpointer:
    """Cuts samples into windows, asks the detector, feeds the segmenter. Not thread-safe.

    Positions are exact: samples that don't fill a window wait for the next ones, also across a pause.
    """

    def __init__(self, detector: SpeechDetector, settings: SegmenterSettings | None = None) -> None:
        self._detector = detector
        self._segmenter = Segmenter(settings)
        self._rest: Samples = np.zeros(0, np.float32)

    def hear(self, samples: Samples) -> list[SpeechSegment]:
        """Take more sound in; returns the segments it ends."""
        joined = np.concatenate([self._rest, samples])
        whole = len(joined) // WINDOW * WINDOW
        self._rest = joined[whole:]
        ended = (self._step(joined[at : at + WINDOW]) for at in range(0, whole, WINDOW))
        return [segment for segment in ended if segment]

    def pause(self) -> list[SpeechSegment]:
        """End the open segment: what comes next was said later."""
        ended = self._segmenter.flush()
        self._detector.reset()
        return [ended] if ended else []

    def finish(self) -> list[SpeechSegment]:
        """End the open segment, with the samples that don't fill a window."""
        ended = self.hear(np.zeros(WINDOW - len(self._rest), np.float32)) if len(self._rest) else []
        return ended + self.pause()

    @property
    def position(self) -> float:
        """Seconds of sound taken in, complete windows only."""
        return self._segmenter.position

    @property
    def speaking(self) -> bool:
        """Somebody is speaking; a short silence doesn't count."""
        return self._segmenter.speaking

    @property
    def voice_began(self) -> float | None:
        """Seconds at which the voice of the open segment begins; None while nobody speaks."""
        return self._segmenter.voice_began

    @property
    def silence(self) -> float:
        """Seconds since the last voice, or since the start."""
        return self._segmenter.silence + seconds(len(self._rest))

    @property
    def spans(self) -> tuple[SpeechSpan, ...]:
        """Where a voice was heard."""
        return self._segmenter.spans

    @property
    def open_segment(self) -> SpeechSegment | None:
        """What is being said, as it would be if it ended now."""
        return self._segmenter.open_segment()

    @property
    def open_is_complete(self) -> bool:
        """If nothing more is said, the open segment will close just as it is now."""
        return self._segmenter.open_is_complete

    def _step(self, window: Samples) -> SpeechSegment | None:
        return self._segmenter.push(window, self._detector.probability(window))
