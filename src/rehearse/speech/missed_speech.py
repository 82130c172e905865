"""Holes: where the detector heard a voice and the recogniser wrote nothing down.

A count of words doesn't tell: fourteen in six seconds are enough, and yet the last three may be gone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rehearse.domain.sound import Samples, SpeechSegment, SpeechSpan, samples
from rehearse.domain.transcript import Word
from rehearse.speech.agreement import plain
from rehearse.speech.joined_segments import joined, voice_of
from rehearse.speech.phonetics import letters

LEAST = 0.7
"""Seconds of a voice without a word that make a hole: a held vowel or a breath is shorter."""

_SHORTEST_WORD = 0.45
_A_LETTER = 0.1
"""Seconds that a slow speaker needs for a word: so much, and so much for each letter. The alignment spreads a word over
all the sound up to the next one; what is longer than this hides something."""


_MARGIN = 0.3
"""Seconds of sound around a hole that are listened to as well."""


@dataclass(frozen=True)
class Hole:
    """Voiced sound without words: between `words[before - 1]` and `words[before]`."""

    before: int
    start: float
    end: float


def holes(words: Sequence[Word], voice: Sequence[SpeechSpan]) -> Iterator[Hole]:
    """Holes in the order of the words.

    Args:
        words: in order, at the same clock as `voice`.
        voice: where the detector heard one, in order.
    """
    if not voice:
        return
    since = voice[0].start
    for at in range(len(words) + 1):
        until = words[at].start if at < len(words) else voice[-1].end
        inside = [
            SpeechSpan(max(span.start, since), min(span.end, until))
            for span in voice
            if min(span.end, until) > max(span.start, since)
        ]
        if sum(span.end - span.start for span in inside) >= LEAST:
            yield Hole(at, inside[0].start, inside[-1].end)
        if at < len(words):
            word = words[at]
            since = max(since, min(word.end, word.start + _SHORTEST_WORD + _A_LETTER * len(letters(word.text))))


def filled(
    words: Sequence[Word],
    context: Sequence[SpeechSegment],
    segments: Sequence[SpeechSegment],
    listen: Callable[[Samples], Sequence[Word]],
) -> tuple[Word, ...]:
    """The words, and those that a second listening finds in their holes.

    Args:
        words: at seconds of the joined sound, `context` first.
        context: segments whose words are known already.
        segments: those of the words.
        listen: words of a short sound, at its own clock; none where it is in doubt.
    """
    found = list(words)
    sound = joined([*context, *segments])
    for hole in reversed(list(holes(words, voice_of(context, segments)))):
        first = max(0.0, hole.start - _MARGIN)
        heard = listen(sound[samples(first) : samples(hole.end + _MARGIN)])
        lost = [replace(word, start=word.start + first, end=word.end + first) for word in heard]
        lost = [word for word in lost if hole.start <= (word.start + word.end) / 2 <= hole.end]
        if lost and hole.before and plain(lost[0].text) == plain(words[hole.before - 1].text):
            lost = lost[1:]
        if lost and hole.before < len(words) and plain(lost[-1].text) == plain(words[hole.before].text):
            lost = lost[:-1]
        found[hole.before : hole.before] = lost
    return tuple(found)
