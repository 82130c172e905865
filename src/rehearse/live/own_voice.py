"""OwnVoiceGate: keeps the interviewer's voice out of the answer, and lets whoever talks over it in."""

import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

import numpy as np

from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples
from rehearse.speech.vad import WINDOW, SpeechDetector

_BLOCKS = 100
"""Whose arrival is compared: the one that came soonest after its last sample tells the microphone's clock."""
_HELD = 5
"""Seconds that are held back at most."""
_LEAD = 4
"""Windows kept from before somebody began to talk over the voice."""
_JUDGED = 8
"""Windows, a quarter of a second, in which there must be a voice."""
_A_WORD = 3
"""Windows at the end of the interviewer's voice that are somebody's first word already."""


class OwnVoice(Protocol):
    """The interviewer's voice on its way from the loudspeaker into the microphone."""

    def sounding(self) -> int:
        """The number of the text that the microphone may hear, from 1; 0 while it can hear none."""

    def talked_over_for(self, frame: Samples, until: float) -> tuple[bool, int]:
        """Whether somebody talks over it, and since how many windows somebody may.

        Args:
            frame: the next `WINDOW` samples of the microphone.
            until: the clock's second of its last sample.
        """

    def give_way(self) -> None:
        """Stop speaking."""


class OwnVoiceGate:
    """Takes a microphone's blocks and gives back those that are the speaker's. Not thread-safe.

    While the interviewer's voice may be heard, blocks are held back. If somebody talks over it, the voice is stopped,
    and what they said is given back from their first word on; otherwise it is dropped.
    """

    def __init__(
        self,
        voice: OwnVoice | None,
        load_detector: Callable[[], SpeechDetector],
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`voice`: None where there is none, and everything is the speaker's; `now` must be the voice's clock."""
        self._voice = voice
        self._load_detector = load_detector
        self._detector: SpeechDetector | None = None
        self._now = now
        self._late: deque[float] = deque(maxlen=_BLOCKS)
        self._gave_way = 0
        """The number of the text that was interrupted."""
        self._held = np.zeros(0, np.float32)
        """Sound of the last seconds, complete windows first."""
        self._unheard = 0
        """Samples at its end that don't fill a window yet."""
        self._next_sample = 0
        self._voiced: deque[float] = deque(maxlen=_JUDGED)
        self._talking = 0
        self._over = False
        self.closed = False
        """Nothing is the speaker's just now."""

    def sift(self, block: AudioBlock) -> AudioBlock | None:
        """What of the sound so far is the speaker's; None while nothing is."""
        self._late.append(self._now() - (block.first_sample + len(block.samples)) / SAMPLE_RATE)
        if self._voice is None:
            return block
        sounding = self._voice.sounding()
        if not sounding:
            return self._open(block) if self.closed else block
        if sounding == self._gave_way:
            return block
        if not self.closed:
            self._close()
        self._hold(block)
        if self._is_talked_over():
            self._voice.give_way()
            self._gave_way = sounding
            return self._cut((self._talking + _LEAD) * WINDOW + self._unheard)
        return None

    def _close(self) -> None:
        self.closed = True
        self._held = np.zeros(0, np.float32)
        self._unheard = self._talking = 0
        self._over = False
        self._voiced.clear()
        if self._detector is None:
            self._detector = self._load_detector()
        self._detector.reset()

    def _open(self, block: AudioBlock) -> AudioBlock:
        """The voice is over: with this block, what somebody began to say in its last moments."""
        before = (self._talking + _LEAD) * WINDOW + self._unheard if self._a_word_has_begun() else 0
        self._hold(block, judge=False)
        return self._cut(before + len(block.samples))

    def _cut(self, count: int) -> AudioBlock:
        kept = self._held[-min(count, len(self._held)) :]
        self.closed = False
        self._held = np.zeros(0, np.float32)
        return AudioBlock(kept, self._next_sample - len(kept))

    def _hold(self, block: AudioBlock, *, judge: bool = True) -> None:
        if block.first_sample != self._next_sample:  # something was lost in between
            self._held, self._unheard = np.zeros(0, np.float32), 0
        self._held = np.concatenate([self._held, block.samples])
        self._next_sample = block.first_sample + len(block.samples)
        self._unheard += len(block.samples)
        while judge and self._unheard >= WINDOW:
            self._judge(len(self._held) - self._unheard)
            self._unheard -= WINDOW
        self._held = self._held[-_HELD * SAMPLE_RATE - self._unheard :]

    def _judge(self, at: int) -> None:
        """Look at the window that begins at sample `at` of what is held."""
        assert self._voice is not None
        assert self._detector is not None
        window = self._held[at : at + WINDOW]
        last = self._next_sample - (len(self._held) - at - WINDOW)
        over, self._talking = self._voice.talked_over_for(window, last / SAMPLE_RATE + min(self._late))
        self._voiced.append(self._detector.probability(window))
        self._over = over

    def _is_talked_over(self) -> bool:
        return self._over and self._a_voice_is_there()

    def _a_word_has_begun(self) -> bool:
        return self._talking >= _A_WORD and self._a_voice_is_there()

    def _a_voice_is_there(self) -> bool:
        return sum(probability >= 0.5 for probability in self._voiced) >= _A_WORD
