"""How an answer was spoken: pace, fillers, pauses. Computed by `rehearse.delivery`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Filler:
    """One filler word or phrase ("um", "you know")."""

    text: str
    start: float
    """Seconds of the answer."""
    first_word: int
    """Index into `Transcript.words`."""
    end_word: int


@dataclass(frozen=True)
class Pause:
    """A silence between stretches of speech, from voice activity; seconds of the answer."""

    start: float
    end: float


@dataclass(frozen=True)
class Repetition:
    """A word said again at once ("the, the")."""

    text: str
    start: float
    times: int


@dataclass(frozen=True)
class Hesitation:
    """What came just before the first words of a section."""

    section_id: str
    at: float
    """Seconds of the answer at which the section's evidence begins."""
    pause: float
    """Seconds of silence in the five seconds before."""
    fillers: int
    """Fillers in the five seconds before."""


@dataclass(frozen=True)
class Stretch:
    """A part of the answer given to one section (None: to none); seconds of the answer."""

    section_id: str | None
    start: float
    end: float


@dataclass(frozen=True)
class Delivery:
    """All figures of one spoken answer. Typed answers have none."""

    words_per_minute: float
    fillers: tuple[Filler, ...]
    fillers_per_minute: float
    pauses: tuple[Pause, ...]
    """Silences over two seconds between the first and the last speech."""
    time_to_first_word: float
    """Seconds."""
    longest_run: float
    """Seconds of the longest stretch without a pause."""
    repetitions: tuple[Repetition, ...]
    timeline: tuple[Stretch, ...]
    """The answer cut by section, in order, pauses left out."""
    hesitations: tuple[Hesitation, ...]

    @property
    def seconds_by_section(self) -> dict[str | None, float]:
        """Seconds of speech that went to each section; None is what went to none."""
        seconds: dict[str | None, float] = {}
        for stretch in self.timeline:
            seconds[stretch.section_id] = seconds.get(stretch.section_id, 0.0) + stretch.end - stretch.start
        return seconds
