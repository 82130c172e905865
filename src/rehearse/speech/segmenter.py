"""Segmenter: speech probabilities of windows in, speech segments out. Pure; counts windows, reads no clock."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from rehearse.domain.sound import SAMPLE_RATE, EndedBy, Samples, SpeechSegment, SpeechSpan
from rehearse.speech.vad import WINDOW

_DOUBT = 16
"""Windows, half a second, over which a doubtful voice is judged."""


def _windows(seconds: float) -> int:
    return max(1, round(seconds * SAMPLE_RATE / WINDOW))


@dataclass(frozen=True)
class SegmenterSettings:
    """Lengths in seconds, probabilities 0..1."""

    begin: float = 0.5
    """A window of this probability begins speech, or goes on with it."""
    end: float = 0.35
    """Windows below this are silence; between the two, whatever came before goes on (Silero's hysteresis)."""
    doubtful: float = 0.15
    """Mean over half a second from which something loud may be a voice: with an accent that the detector doesn't know,
    muffled, or in noise. Fans, keyboards and music stay below 0.08, so nothing else is let in."""
    loud: float = 10 ** (-50 / 20)
    """RMS that it must have."""
    least_speech: float = 0.13
    """Speech shorter than this is a click, and dropped."""
    pre_roll: float = 0.3
    """Sound kept from before the voice begins: soft onsets come late to the detector."""
    tail: float = 0.22
    """Sound kept after the voice ends."""
    pause: float = 0.5
    """Silence that ends a segment."""
    crowded: float = 6.5
    """Length from which a segment is eager to end..."""
    short_pause: float = 0.22
    """...at a silence as short as this."""
    longest: float = 9.0
    """Length at which a segment is cut in its deepest dip. As much as this is left to decode at the stop; 13 and
    18 s give no word more, with the decoder hearing what came before."""
    dip_from: float = 4.0
    """The deepest dip is looked for behind so many seconds of the segment."""


@dataclass
class _Open:
    """The segment being spoken; windows count from the start of the answer."""

    first: int
    """Window at which its sound begins (with the lead-in)."""
    speech_first: int
    """Window at which the voice begins."""
    windows: list[Samples]
    probabilities: list[float]
    speech_end: int
    """Window behind the last one with a voice."""
    voiced: int = 0
    """Windows of `begin` or more."""
    glued: bool = field(default=False)
    """It continues a segment that was cut for its length."""
    doubtful: bool = field(default=False)
    """The detector was never sure of a voice."""


class Segmenter:
    """Cuts speech at pauses by hysteresis; at the greatest length, in the deepest dip."""

    def __init__(self, settings: SegmenterSettings | None = None) -> None:
        s = self._settings = settings or SegmenterSettings()
        self._lead = _windows(s.pre_roll)
        self._doubt: deque[float] = deque(maxlen=_DOUBT)
        self._pre_roll: deque[tuple[Samples, float]] = deque(maxlen=self._lead + _DOUBT)
        self._tail = _windows(s.tail)
        self._pause = _windows(s.pause)
        self._short_pause = _windows(s.short_pause)
        self._crowded = _windows(s.crowded)
        self._longest = _windows(s.longest)
        self._dip_from = _windows(s.dip_from)
        self._least = _windows(s.least_speech)
        self._index = 0
        self._open: _Open | None = None
        self._spans: list[SpeechSpan] = []
        self._last_voice = 0

    @property
    def speaking(self) -> bool:
        """A segment is open and its voice hasn't fallen silent for as long as a pause."""
        return self._open is not None

    @property
    def voice_began(self) -> float | None:
        """Seconds at which the voice of the open segment begins; None while nobody speaks."""
        return _seconds(self._open.speech_first) if self._open else None

    @property
    def silence(self) -> float:
        """Seconds since the last voice, or since the start."""
        return _seconds(self._index - self._last_voice)

    @property
    def position(self) -> float:
        """Seconds of sound taken in."""
        return _seconds(self._index)

    @property
    def spans(self) -> tuple[SpeechSpan, ...]:
        """Where a voice was heard, closed segments only, in order."""
        return tuple(self._spans)

    def push(self, window: Samples, probability: float) -> SpeechSegment | None:
        """Take the next window; returns the segment it ends, if any.

        Args:
            window: `WINDOW` samples.
            probability: the detector's, 0..1.
        """
        self._index += 1
        if self._open is None:
            self._maybe_begin(window, probability)
            return None
        current = self._open
        current.windows.append(window)
        current.probabilities.append(probability)
        if probability >= self._settings.begin:
            current.doubtful = False
        begin = self._settings.doubtful if current.doubtful else self._settings.begin
        end = begin / 2 if current.doubtful else self._settings.end
        if probability >= begin:
            current.voiced += 1
        silent = self._index - current.speech_end - 1
        if probability >= begin or (probability >= end and silent == 0):
            current.speech_end = self._last_voice = self._index
            return self._cut_if_too_long()
        if silent + 1 >= self._needed_pause(current):
            return self._close(EndedBy.PAUSE)
        return self._cut_if_too_long()

    def open_segment(self) -> SpeechSegment | None:
        """The open segment as it would be if it ended now; None if nobody speaks or too little was said."""
        if self._open is None or self._open.voiced < self._least:
            return None
        return self._segment(self._open, self._end_of(self._open), EndedBy.STOP)

    @property
    def open_is_complete(self) -> bool:
        """The open segment has its whole tail: if nothing more is said, it will close just as it is now."""
        return self._open is not None and self._index - self._open.speech_end >= self._tail

    def flush(self) -> SpeechSegment | None:
        """End the open segment: the answer is over or paused. What follows is no continuation."""
        ended = self._close(EndedBy.STOP) if self._open else None
        self._pre_roll.clear()
        self._doubt.clear()
        return ended

    def _needed_pause(self, current: _Open) -> int:
        return self._short_pause if self._index - current.speech_first >= self._crowded else self._pause

    def _maybe_begin(self, window: Samples, probability: float) -> None:
        sure = probability >= self._settings.begin
        if not sure:
            self._pre_roll.append((window, probability))
            self._doubt.append(probability)
            if not self._may_be_a_voice():
                return
        held = list(self._pre_roll)
        before = len(held) if sure else max(0, len(held) - _DOUBT)  # windows that are no voice
        lead = held[max(0, before - self._lead) : before]
        voice = [(window, probability)] if sure else held[before:]
        self._pre_roll.clear()
        self._doubt.clear()
        self._last_voice = self._index
        self._open = _Open(
            first=self._index - len(voice) - len(lead),
            speech_first=self._index - len(voice),
            windows=[samples for samples, _ in (*lead, *voice)],
            probabilities=[value for _, value in (*lead, *voice)],
            speech_end=self._index,
            voiced=len(voice),
            doubtful=not sure,
        )

    def _may_be_a_voice(self) -> bool:
        """Half a second that is loud, and in which the detector had an inkling."""
        if len(self._doubt) < _DOUBT or sum(self._doubt) < _DOUBT * self._settings.doubtful:
            return False
        recent = [window for window, _ in self._pre_roll][-_DOUBT:]
        return float(np.sqrt(np.mean(np.square(recent, dtype=np.float64)))) >= self._settings.loud

    def _end_of(self, current: _Open) -> int:
        return min(self._index, current.speech_end + self._tail)

    def _close(self, ended_by: EndedBy) -> SpeechSegment | None:
        current = self._open
        assert current is not None
        self._open = None
        end = self._end_of(current)
        kept = end - current.first
        for pair in zip(current.windows[kept:], current.probabilities[kept:], strict=True):
            self._pre_roll.append(pair)
            self._doubt.append(pair[1])
        if current.voiced < self._least and not current.glued:
            return None
        self._note_span(current.speech_first, current.speech_end)
        return self._segment(current, end, ended_by)

    def _cut_if_too_long(self) -> SpeechSegment | None:
        current = self._open
        assert current is not None
        if self._index - current.first < self._longest:
            return None
        cut = self._deepest_dip(current)
        kept = cut - current.first
        rest, values = current.windows[kept:], current.probabilities[kept:]
        self._note_span(current.speech_first, cut)
        ended = self._segment(current, cut, EndedBy.MAX_LENGTH, speech_end=cut)
        self._open = _Open(
            first=cut,
            speech_first=cut,
            windows=rest,
            probabilities=values,
            speech_end=max(current.speech_end, cut),
            voiced=sum(value >= self._settings.begin for value in values),
            glued=True,
            doubtful=current.doubtful,
        )
        return ended

    def _deepest_dip(self, current: _Open) -> int:
        """Window to cut before: the middle of the quietest stretch, by probability and loudness over three windows."""
        loudness = np.array([float(np.sqrt(np.mean(np.square(w)))) for w in current.windows])
        relative = loudness / max(float(np.percentile(loudness, 90)), 1e-9)
        depth = np.array(current.probabilities) + np.minimum(relative, 1.0)
        smooth = np.convolve(depth, np.ones(3) / 3, mode="same")
        begin, end = self._dip_from, len(smooth) - 2
        return current.first + begin + int(np.argmin(smooth[begin:end]))

    def _segment(self, current: _Open, end: int, by: EndedBy, speech_end: int | None = None) -> SpeechSegment:
        count = end - current.first
        return SpeechSegment(
            samples=np.concatenate(list(islice(current.windows, count))),
            start=_seconds(current.first),
            end=_seconds(end),
            speech_start=_seconds(current.speech_first),
            speech_end=_seconds(current.speech_end if speech_end is None else speech_end),
            ended_by=by,
            voice=tuple(self._voice(current, count)),
            doubtful=current.doubtful,
        )

    def _voice(self, current: _Open, count: int) -> Iterator[SpeechSpan]:
        """Runs of windows with a voice among the first `count`."""
        sure = [value >= self._settings.begin for value in current.probabilities[:count]]
        first: int | None = None
        for at, voiced in enumerate([*sure, False]):
            if voiced and first is None:
                first = at
            elif not voiced and first is not None:
                yield SpeechSpan(_seconds(current.first + first), _seconds(current.first + at))
                first = None

    def _note_span(self, first: int, end: int) -> None:
        start = _seconds(first)
        if self._spans and self._spans[-1].end >= start:
            start = self._spans.pop().start
        self._spans.append(SpeechSpan(start, _seconds(end)))


def _seconds(windows: int) -> float:
    return windows * WINDOW / SAMPLE_RATE
