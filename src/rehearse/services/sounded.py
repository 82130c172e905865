"""What the interviewer's voice has sent through the loudspeaker, and when: so that it can be told from the speaker."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from rehearse.domain.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from rehearse.domain.sound import Samples

ECHO_SECONDS = 0.4
"""As long after its end the voice may still come in: the way through both devices, and the room's reverberation."""

KEPT = 4
"""Sentences that are remembered."""


class Playing(Protocol):
    """A player, as far as it is asked here."""

    @property
    def position(self) -> float:
        """Second of the sound that leaves the loudspeaker now."""


@dataclass
class _Sentence:
    samples: "Samples"
    player: Playing | None
    """None once it is over."""
    begun: float | None = None
    """The clock's second at which its first sample left the loudspeaker; None before."""
    ended: float | None = None
    """The clock's second at which it was stopped."""


class Sounded:
    """A log of the last sentences. Thread-safe."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: seconds of a clock that never goes back."""
        self._now = now
        self._lock = Lock()
        self._sentences: deque[_Sentence] = deque(maxlen=KEPT)
        self._on = False
        self._texts = 0
        self._stopped = float("-inf")

    def begin(self, samples: "Samples", player: Playing) -> None:
        """A sentence is handed to the loudspeaker; `samples` at 16 kHz."""
        with self._lock:
            self._texts += not self._on
            self._on = True
            self._sentences.append(_Sentence(samples, player))

    def look(self) -> None:
        """Take down where the sentence is just now."""
        with self._lock:
            self._look()

    def _look(self) -> None:
        if not self._sentences or self._sentences[-1].player is None:
            return
        last = self._sentences[-1]
        position = last.player.position if last.player is not None else 0.0
        if 0 < position < len(last.samples) / SAMPLE_RATE:
            last.begun = self._now() - position

    def end(self) -> None:
        """The sentence was said to its end; more may come."""
        with self._lock:
            if self._sentences:
                self._sentences[-1].player = None

    def stop(self) -> None:
        """Nothing more comes, whether it was said or hushed."""
        with self._lock:
            if self._on:
                self._on, self._stopped = False, self._now()
                last = self._sentences[-1]
                if last.player is not None:
                    last.player, last.ended = None, self._stopped

    def sounding(self) -> int:
        """The number of the text that the microphone may hear, from 1; 0 while it can hear none."""
        with self._lock:
            return self._texts if self._on or self._now() - self._stopped < ECHO_SECONDS else 0

    def reference(self, until: float, count: int) -> "Samples":
        """What left the loudspeaker in the `count` samples before the clock's second `until`; zeros where nothing."""
        import numpy as np

        heard = np.zeros(count, np.float32)
        with self._lock:
            self._look()
            for one in self._sentences:
                if one.begun is None:
                    continue
                first = round((one.begun - until) * SAMPLE_RATE) + count  # place of its first sample in `heard`
                length = len(one.samples)
                if one.ended is not None:
                    length = min(length, max(0, round((one.ended - one.begun) * SAMPLE_RATE)))
                begin, end = max(0, first), min(count, first + length)
                if begin < end:
                    heard[begin:end] = one.samples[begin - first : end - first]
        return heard
