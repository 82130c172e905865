"""PreRoll: what the microphone heard just before an answer, so that a first word that was begun isn't lost."""

from collections import deque

import numpy as np

from rehearse.domain.sound import AudioBlock, samples
from rehearse.live.endpointing import Endpointer
from rehearse.speech.vad import SpeechDetector

PRE_ROLL = 1.0
"""Most seconds from before the start that become part of the answer, and only if somebody was speaking."""

_LEAD = 0.3
"""Seconds kept from before the voice begins: soft onsets come late to the detector."""


class PreRoll:
    """The last moments before an answer, and whether somebody speaks in them."""

    def __init__(self, detector: SpeechDetector) -> None:
        self._endpointer = Endpointer(detector)
        self._blocks: deque[AudioBlock] = deque()
        self._heard = 0

    def hear(self, block: AudioBlock) -> None:
        """Take one more block, and forget what is too long ago."""
        self._blocks.append(block)
        self._heard += len(block.samples)
        self._endpointer.hear(block.samples)
        while sum(len(kept.samples) for kept in self._blocks) > samples(PRE_ROLL) + len(block.samples):
            self._blocks.popleft()

    def forget(self) -> None:
        """What was heard so far has nothing to do with what comes."""
        self._blocks.clear()
        self._endpointer.pause()

    @property
    def speaking(self) -> bool:
        """Somebody is speaking, longer than a click."""
        return self._endpointer.open_segment is not None

    def take(self) -> AudioBlock | None:
        """The voice that is there already, from just before its beginning; None if nobody speaks."""
        began = self._endpointer.voice_began
        if began is None or not self._blocks:
            return None
        sound = np.concatenate([block.samples for block in self._blocks])
        last = self._blocks[-1]
        kept = sound[-min(len(sound), self._heard - samples(max(0.0, began - _LEAD))) :]
        return AudioBlock(kept, last.first_sample + len(last.samples) - len(kept))
