"""Sound as the rest of the program sees it: 16 kHz, mono, float32 in -1..1."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Hz. What Whisper and the voice-activity detector are trained on."""

if TYPE_CHECKING:
    Samples = NDArray[np.float32]
else:
    Samples = Any  # numpy takes a tenth of a second to import, and neither the home screen nor the quiz needs it
"""Mono samples at `SAMPLE_RATE`, -1..1, shape (n,). Nobody writes to them once handed over."""


def seconds(samples: int) -> float:
    """Length of so many samples, in seconds."""
    return samples / SAMPLE_RATE


def samples(seconds: float) -> int:
    """Number of samples in so many seconds, rounded to the nearest."""
    return round(seconds * SAMPLE_RATE)


@dataclass(frozen=True, eq=False)
class AudioBlock:
    """What a source brings at a time."""

    samples: Samples
    first_sample: int
    """Index of the first sample since the source was opened."""
    overflowed: bool = False
    """The device lost input just before this block."""


class EndedBy(Enum):
    """Why a speech segment ended."""

    PAUSE = "pause"
    MAX_LENGTH = "max length"
    STOP = "stop"


@dataclass(frozen=True)
class SpeechSpan:
    """A stretch in which the detector heard a voice; seconds of the answer."""

    start: float
    end: float


@dataclass(frozen=True, eq=False)
class SpeechSegment:
    """Audio between two pauses, with some lead-in and tail; becomes one `Utterance`."""

    samples: Samples
    start: float
    """Seconds of the answer at which `samples` begins."""
    end: float
    speech_start: float
    """Seconds of the answer at which voice activity begins (without the lead-in)."""
    speech_end: float
    ended_by: EndedBy
    voice: tuple[SpeechSpan, ...] = ()
    """Where in it the detector was sure of a voice, seconds of the answer; empty if nobody asked."""
    doubtful: bool = False
    """The detector was never sure of a voice in it."""
