"""One answer: what was asked, said, marked and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rehearse.domain.coverage import Correction, Coverage
from rehearse.domain.delivery import Delivery
from rehearse.domain.kinds import AnswerStatus, Mode, Source
from rehearse.domain.opinions import Opinion
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript

__all__ = ["Answer", "AnswerStatus", "Mode", "Source"]


MICROPHONE_AWAY = "microphone_away"
SOUND_LOST = "sound_lost"
"""Names in `Answer.settings`: seconds in which the microphone brought nothing, and of sound that was dropped."""
OVERFLOWS = "overflows"
"""Name in `Answer.settings`: how often the device lost sound, of which it didn't say how much."""
SHORTENED = "shortened"
"""Name in `Answer.settings`: true where there was less time than a whole answer takes, see `Plan.shortened`."""
FILE_DIGEST = "file_sha256"
"""Name in `Answer.settings`: SHA-256 of the file that the answer was made of, in hexadecimal."""
LEAST_AWAY = 0.5
"""Seconds without a microphone that are worth a word."""


@dataclass(frozen=True)
class Answer:
    """One answer as kept. `coverage` holds the engine's marks; `marks` has the user's corrections applied."""

    id: str
    """Sortable by time, unique; made by the store."""
    guide_id: str
    scenario_id: str
    question: str
    """As it was asked."""
    created_at: datetime
    """UTC."""
    source: Source
    mode: Mode
    status: AnswerStatus = AnswerStatus.RECORDING
    transcript: Transcript = field(default_factory=Transcript)
    coverage: Coverage | None = None
    """None until finished."""
    delivery: Delivery | None = None
    """None for typed answers and until finished."""
    speech: tuple[SpeechSpan, ...] = ()
    """Voice activity, for pauses and the timeline."""
    corrections: tuple[Correction, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    """What friends think of the engine's marks, as their answers came in."""
    guess: tuple[str, ...] | None = None
    """Exam mode: the sections the user believed had come up, before the reveal; None if not asked."""
    excused: tuple[int, ...] = ()
    """Indices of words the user says are no fillers."""
    follow_up_of: str | None = None
    """Id of the answer whose follow-up question this one answers."""
    follow_up_section: str | None = None
    series_id: str | None = None
    """Id of the interview or drill that it belongs to, as `domain.series` has them; None for one on its own."""
    recording: Path | None = None
    """The sound, or None if it isn't kept."""
    notes: str = ""
    starred: bool = False
    settings: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
    """What it was made with: model, device, times."""

    @property
    def marks(self) -> Coverage | None:
        """The coverage with the user's corrections applied."""
        return self.coverage.corrected(self.corrections) if self.coverage else None

    @property
    def duration(self) -> float:
        """Seconds; 0 for typed answers."""
        return self.transcript.duration
