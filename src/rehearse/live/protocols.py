"""What a pipeline is made of, as protocols: real parts and fakes fit alike."""

from dataclasses import dataclass
from typing import Protocol

from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Scenario
from rehearse.domain.sound import AudioBlock, Samples
from rehearse.domain.transcript import Transcript
from rehearse.errors import RehearseError


class AudioSource(Protocol):
    """Where sound comes from: a microphone, or samples played at real time or as fast as they can be read."""

    def open(self) -> None:
        """Begin to deliver."""

    def read(self, timeout: float) -> AudioBlock | None:
        """The next block, or None if none came within `timeout` seconds or the source has ended."""

    def close(self) -> None:
        """Deliver no more."""

    @property
    def ended(self) -> bool:
        """Everything has been read; a microphone never ends by itself."""

    @property
    def trouble(self) -> RehearseError | None:
        """What is wrong with the input at the moment, if anything."""


class Recorder(Protocol):
    """Keeps sound on disk as it comes."""

    @property
    def frames(self) -> int:
        """Samples written."""

    def append(self, samples: Samples) -> None:
        """Write more."""

    def close(self) -> None:
        """Make the file complete."""


class Assessor(Protocol):
    """Marks a transcript."""

    def assess(self, transcript: Transcript, scenario: Scenario, *, final: bool) -> Coverage:
        """The marks; absences count once `final`."""


@dataclass(frozen=True)
class Level:
    """Loudness of the last moments, in dBFS (0 is full scale, -100 silence)."""

    peak: float = -100.0
    rms: float = -100.0
