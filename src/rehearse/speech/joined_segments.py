"""Seams: segments joined to one sound, and the words heard in it brought back to their segments and their clock."""

from collections.abc import Sequence

import numpy as np

from rehearse.domain.sound import Samples, SpeechSegment, SpeechSpan
from rehearse.domain.transcript import Word


def joined(segments: Sequence[SpeechSegment]) -> Samples:
    """One sound; what was silent between the segments is left out."""
    return np.concatenate([segment.samples for segment in segments])


def on_the_clock(
    words: Sequence[Word], context: Sequence[SpeechSegment], segments: Sequence[SpeechSegment]
) -> list[tuple[Word, ...]]:
    """Words at seconds of the answer, in order and inside their segment, for each segment its own.

    Args:
        words: at seconds of the joined sound, `context` first; all of them were said in `segments`.
        context: segments whose words are known already.
        segments: those of the words. A word belongs to the one that holds its middle.
    """
    shares: list[list[Word]] = [[] for _ in segments]
    begins = _length(context)
    at, latest = 0, segments[0].start
    for word in words:
        middle = (word.start + word.end) / 2
        while at + 1 < len(segments) and middle >= begins + _length(segments[at : at + 1]):
            begins += _length(segments[at : at + 1])
            at += 1
            latest = segments[at].start
        shift = segments[at].start - begins
        start = min(max(word.start + shift, latest), segments[at].end)
        latest = min(max(word.end + shift, start), segments[at].end)
        shares[at].append(Word(word.text, start, latest, word.probability))
    return [tuple(share) for share in shares]


def voice_of(context: Sequence[SpeechSegment], segments: Sequence[SpeechSegment]) -> list[SpeechSpan]:
    """Where the detector heard a voice in `segments`, at seconds of the joined sound, `context` first."""
    spans: list[SpeechSpan] = []
    begins = _length(context)
    for segment in segments:
        shift = begins - segment.start
        spans += [SpeechSpan(span.start + shift, span.end + shift) for span in segment.voice]
        begins += segment.end - segment.start
    return spans


def _length(segments: Sequence[SpeechSegment]) -> float:
    return sum(segment.end - segment.start for segment in segments)
