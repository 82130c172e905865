"""Passages: segments that are heard as one. Who speaks a foreign language pauses often, inside sentences too."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rehearse.domain.sound import SpeechSegment


@dataclass(frozen=True)
class PassageSettings:
    """Seconds."""

    pause: float = 1.0
    """Silence that ends a passage."""
    crowded: float = 20.0
    """Sound in it from which it ends with its segment."""
    longest: float = 28.0
    """Sound it may hold: a little less than Whisper takes in at a time."""


WHOLE = PassageSettings()
"""For a file, where there is all the time."""


def goes_on(passage: Sequence[SpeechSegment], segment: SpeechSegment, settings: PassageSettings = WHOLE) -> bool:
    """Whether a segment belongs to the passage; one without segments takes any."""
    if not passage:
        return True
    if segment.speech_start - passage[-1].speech_end >= settings.pause:
        return False
    held = sum(one.end - one.start for one in passage)
    return held < settings.crowded and held + segment.end - segment.start <= settings.longest


def passages_of(
    segments: Iterable[SpeechSegment], settings: PassageSettings = WHOLE
) -> Iterator[tuple[SpeechSegment, ...]]:
    """All segments, in passages."""
    passage: list[SpeechSegment] = []
    for segment in segments:
        if not goes_on(passage, segment, settings):
            yield tuple(passage)
            passage = []
        passage.append(segment)
    if passage:
        yield tuple(passage)
