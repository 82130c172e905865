"""What a running rehearsal reports: frozen facts, no widgets. Fast values (level, time) are polled instead."""

from dataclasses import dataclass

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Coverage
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript
from rehearse.errors import RehearseError


@dataclass(frozen=True)
class PipelineReady:
    """The speech model and the coverage engine are loaded; speaking may begin at any time before that too."""


@dataclass(frozen=True)
class SpeechStarted:
    """A voice was heard."""

    at: float
    """Seconds of the answer."""


@dataclass(frozen=True)
class SpeechPaused:
    """The voice fell silent; hands-free mode counts from here."""

    at: float


@dataclass(frozen=True)
class TranscriptChanged:
    """New words. What was in `transcript` before stays as it is; `tentative` may still change."""

    transcript: Transcript
    tentative: str = ""
    """Hypothesis for the utterance that is still open; earns no marks."""


@dataclass(frozen=True)
class CoverageChanged:
    """New marks."""

    coverage: Coverage
    newly_covered: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarksAwaited:
    """Words were heard that can't be judged yet: the guide is being read for the first time."""


@dataclass(frozen=True)
class MicrophoneTrouble:
    """The microphone is silent, stalled or lost input; the answer goes on."""

    error: RehearseError


@dataclass(frozen=True)
class MicrophoneRecovered:
    """Sound comes in again."""


@dataclass(frozen=True)
class OtherLanguage:
    """What was just said isn't English; told once."""

    language: str
    """Its code (ISO 639-1)."""


@dataclass(frozen=True)
class DecodingBehind:
    """Speech waits to be decoded."""

    seconds: float


@dataclass(frozen=True)
class FinalisingProgress:
    """After the last word: how much of what was left is decoded."""

    done: float
    """Seconds of speech."""
    total: float


@dataclass(frozen=True)
class PipelineFinished:
    """The answer is over and marked; it is kept before this is sent."""

    transcript: Transcript
    coverage: Coverage
    speech: tuple[SpeechSpan, ...]
    frames_delivered: int
    """Samples at the device's side since the clock started, as the source counted them."""
    frames_recorded: int
    """Samples in the recording."""
    overflows: int
    """How often the device lost sound in the answer; how much isn't known."""


@dataclass(frozen=True)
class PipelineFailed:
    """Nothing more will come. What was recorded is kept."""

    error: RehearseError


@dataclass(frozen=True)
class KeepingTrouble:
    """The disk is full: what is said, or the marked answer, is in memory alone until there is room."""

    error: RehearseError


@dataclass(frozen=True)
class KeepingRecovered:
    """All is on disk again."""


@dataclass(frozen=True)
class AnswerKept:
    """The answer is marked and in the store."""

    answer: Answer
    frames_delivered: int
    frames_recorded: int
    overflows: int


@dataclass(frozen=True)
class PipelineRefined:
    """After `PipelineFinished`: what was heard in a hurry at the end was heard again, with all care."""

    transcript: Transcript
    coverage: Coverage


LiveEvent = (
    PipelineReady
    | SpeechStarted
    | SpeechPaused
    | TranscriptChanged
    | CoverageChanged
    | MarksAwaited
    | MicrophoneTrouble
    | MicrophoneRecovered
    | DecodingBehind
    | OtherLanguage
    | FinalisingProgress
    | PipelineFinished
    | PipelineRefined
    | KeepingTrouble
    | KeepingRecovered
    | AnswerKept
    | PipelineFailed
)
