"""What the thread that listens tells the one that decodes when the sound is over."""

from dataclasses import dataclass

from rehearse.domain.transcript import Absence


@dataclass(frozen=True)
class Ending:
    """How the sound ended: how many samples there were, and what of the answer they don't hold."""

    frames: int
    delivered: int
    recorded: int
    overflows: int
    absences: tuple[Absence, ...]
