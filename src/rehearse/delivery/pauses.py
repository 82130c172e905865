"""Pauses and runs, from voice activity.

Never from word times: the recogniser often dates the first word after a silence seconds too early.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rehearse.domain.delivery import Pause
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript

PAUSE_SECONDS = 2.0
"""A longer silence is a pause; shorter ones are breath and emphasis."""


def merged(speech: Iterable[SpeechSpan], gap: float = 0.0) -> tuple[SpeechSpan, ...]:
    """The spans in order, those at most `gap` seconds apart joined, empty ones left out."""
    joined: list[SpeechSpan] = []
    for span in sorted(speech, key=lambda span: (span.start, span.end)):
        if span.end <= span.start:
            continue
        if joined and span.start - joined[-1].end <= gap:
            joined[-1] = SpeechSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def runs(speech: Iterable[SpeechSpan]) -> tuple[SpeechSpan, ...]:
    """Stretches of speech between two pauses; short silences inside belong to them."""
    return merged(speech, PAUSE_SECONDS)


def find_pauses(speech: Iterable[SpeechSpan]) -> tuple[Pause, ...]:
    """Silences over two seconds between the first and the last speech."""
    between = runs(speech)
    return tuple(Pause(one.end, other.start) for one, other in pairwise(between))


def longest_run(speech: Iterable[SpeechSpan]) -> float:
    """Seconds of the longest stretch without a pause; 0 without speech."""
    return max((run.end - run.start for run in runs(speech)), default=0.0)


def spoken_seconds(speech: Iterable[SpeechSpan], without: Iterable[SpeechSpan] = ()) -> float:
    """Seconds from the first speech to the last, pauses included; 0 without speech.

    Args:
        speech: voice activity.
        without: stretches whose words aren't known: what was spoken there is left out.
    """
    left_out = merged(without)
    spans = merged(part for span in speech for part in _outside(span, left_out))
    if not spans:
        return 0.0
    first, last = spans[0].start, spans[-1].end
    return last - first - sum(max(0.0, min(one.end, last) - max(one.start, first)) for one in left_out)


def _outside(span: SpeechSpan, left_out: Sequence[SpeechSpan]) -> Iterator[SpeechSpan]:
    """The parts of a span outside of others, which are in order and don't overlap."""
    start = span.start
    for one in left_out:
        if one.end > start and one.start < span.end:
            yield SpeechSpan(start, one.start)
            start = one.end
    yield SpeechSpan(start, span.end)


def silence_within(speech: Sequence[SpeechSpan], start: float, end: float) -> float:
    """Seconds of silence from `start` to `end`, what lies before the first speech left out."""
    spans = merged(speech)
    if not spans:
        return 0.0
    start = max(start, spans[0].start)
    voiced = sum(max(0.0, min(span.end, end) - max(span.start, start)) for span in spans)
    return max(0.0, end - start - voiced)


def time_to_first_word(transcript: Transcript, speech: Iterable[SpeechSpan]) -> float:
    """Seconds of the answer at which the first words begin; a cough or breath before them doesn't count.

    That is the first voice activity that overlaps the first utterance with words. Without words, or without voice
    activity, what there is of the two.
    """
    spans = merged(speech)
    spoken = next((utterance for utterance in transcript.utterances if utterance.words), None)
    if spoken is None:
        return spans[0].start if spans else 0.0
    overlapping = (span.start for span in spans if span.end > spoken.start and span.start < spoken.end)
    return max(spoken.start, next(overlapping, spoken.start))


def speech_of(transcript: Transcript, speech: Sequence[SpeechSpan]) -> tuple[SpeechSpan, ...]:
    """The voice activity, or the utterances where none was kept (a result read from a file, say)."""
    if speech:
        return merged(speech)
    return merged(SpeechSpan(utterance.start, utterance.end) for utterance in transcript.utterances)
