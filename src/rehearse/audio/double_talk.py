"""Tells somebody who talks over the interviewer from the interviewer's own echo in the microphone.

A double-talk detector after Geigel: whoever is louder than the echo can be is near. (D. L. Duttweiler, "A
twelve-channel digital echo canceler", IEEE Transactions on Communications 26(5), 1978: near speech where the microphone
exceeds a fixed share of the largest of the last far samples.) Three things differ from a telephone line, and so from
that rule:

- How loud the echo comes back isn't known: near nothing with headphones, louder than the voice itself with a
  loudspeaker beside the microphone. So the share is learned, band by band, from what comes back while nobody talks over
  it.
- The way through two sound devices takes up to half a second, and nobody says how long. It is found where the loudness
  in the bands over time is most alike.
- A near voice is often no louder than the echo. But speech is sparse: in most bands at most moments one of two voices
  is far louder than the other (O. Yilmaz and S. Rickard, "Blind separation of speech mixtures via time-frequency
  masking", IEEE Transactions on Signal Processing 52(7), 2004). So bands are compared and counted, not the whole.

Until two seconds of the voice were heard, little is known of the room, and only who is far louder is noticed.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rehearse.domain.sound import SAMPLE_RATE, Samples

FRAME = 512
"""Samples that are compared at a time, 32 ms: a window of the voice-activity detector."""

_EDGES = (200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400)
"""Hz; critical bands (E. Zwicker's Bark scale)."""

_SILENCE = -90.0
"""dB of nothing."""
_KEPT = 128
"""Frames that are remembered, four seconds."""
_WAYS = 16
"""Ways from the loudspeaker's callback to the microphone's that are tried, a frame apart: up to half a second."""
_LEARN_EVERY = 8
_ENOUGH = 24
"""Frames with the interviewer's voice from which its way back can be judged."""
_ALIKE = 0.45
"""Correlation from which what comes in is the echo."""
_DECAY = 4.0
"""dB by which a frame's echo may be weaker than that of the frame before: a room that rings for half a second."""
_FAR_ACTIVE = -65.0
"""dB from which a band of the interviewer's voice counts."""
_OVER_NOISE = 12.0
"""dB above the room's noise from which something is heard at all."""
_USUAL = 80.0
"""Percentile of the echo's loudness over what was played that is its usual one."""
_MARGIN = 6.0
"""dB above the usual echo."""
_UNKNOWN = 6.0
"""dB by which the echo may be louder than what was played, while that isn't known yet."""
_UNSURE = 12.0
"""dB more at first, less and less..."""
_SURE = 64
"""...until so many frames with the interviewer's voice were heard, two seconds."""
_LEAST_BANDS = 4
_OVER = 8
"""Frames, a quarter of a second, over which bands are counted."""
_EXPLAINED = 0.06
"""Of the bands; where fewer are louder, the echo has taken another way."""
_UNEXPLAINED = 4
"""Frames for which no way explains what is heard, before somebody talks."""
_GAP = 4
_SHARE = 0.2
"""Of the bands that hear something, as many are louder than the echo can be. Of echo alone it stays below 0.15; of a
voice as loud as the echo it mostly goes above 0.4."""


class DoubleTalkDetector:
    """Frame by frame: is there more in the microphone than the echo? Keeps what it has learned of the room."""

    def __init__(self) -> None:
        self._window = np.hanning(FRAME).astype(np.float32)
        places = np.fft.rfftfreq(FRAME, 1 / SAMPLE_RATE)
        bands = [(places >= low) & (places < high) for low, high in pairwise(_EDGES)]
        self._bands = np.array([band / band.sum() for band in bands])
        count = len(bands)
        self._near = np.full((_KEPT, count), _SILENCE)
        self._far = np.full((_KEPT + _WAYS + 1, count), _SILENCE)
        self._shares = np.zeros(_KEPT)
        self._frames = 0
        self._voiced = 0
        self._unexplained = 0
        self._noise = np.full(count, _SILENCE)
        self._tail = np.full(count, _SILENCE)
        self.delay: int | None = None
        """Frames between loudspeaker and microphone; None while it isn't known, and where nothing comes back."""
        self._coupling = np.full(count, _UNKNOWN)
        """dB by band, of the echo over what was played."""

    def hear(self, microphone: Samples, reference: Samples) -> bool:
        """Take in the next frame; True while somebody talks over the interviewer.

        Args:
            microphone: `FRAME` samples.
            reference: what left the loudspeaker in the same moments, as many.
        """
        near = self._levels(microphone)
        for history, latest in ((self._near, near), (self._far, self._levels(reference))):
            history[:-1] = history[1:]
            history[-1] = latest
        self._frames += 1
        self._voiced += int(self._far[-1].max() > _FAR_ACTIVE)
        if self._frames % _LEARN_EVERY == 0:
            self._learn()
        self._noise = np.percentile(self._near[-self._frames :], 10, axis=0)
        self._shares[:-1] = self._shares[1:]
        self._shares[-1] = self._share(near, self._most_echo())
        if self._shares[-_OVER:].mean() >= _SHARE:
            self._look_for_another_way()
        over = self._shares[-_OVER:].mean() >= _SHARE
        self._unexplained = self._unexplained + 1 if over else 0
        return self._unexplained >= _UNEXPLAINED

    def _share(self, near: NDArray[np.float64], most_echo: NDArray[np.float64]) -> float:
        """Of the bands that hear something in a frame, those that are louder than the echo can be."""
        heard = near > self._noise + _OVER_NOISE
        return float((heard & (near > most_echo)).sum() / heard.sum()) if heard.sum() >= _LEAST_BANDS else 0.0

    def _look_for_another_way(self) -> None:
        """Every stream that is opened, and every gap in one, may change how long the echo takes: if it explains the
        last frames from another moment, that is its way now, and nobody talks.
        """
        if self.delay is None:
            return
        here = self.delay
        others = [way for way in range(1, _WAYS) if abs(way - here) > 1]
        for way in sorted(others, key=lambda way: abs(way - here)):
            played = np.max([self._earlier(one, _OVER) for one in (way - 1, way, way + 1)], axis=0)
            most = played + self._coupling + _MARGIN + self._unsure()
            shares = [self._share(near, echo) for near, echo in zip(self._near[-_OVER:], most, strict=True)]
            alike = _likeness(self._near[-_OVER:], self._earlier(way, _OVER))
            if np.mean(shares) < _EXPLAINED and alike >= _ALIKE:
                self.delay, self._shares[-_OVER:] = way, shares
                return

    @property
    def talking_for(self) -> int:
        """Frames since somebody began to talk over the interviewer, gaps of three left in; 0 while nobody does."""
        loud = np.flatnonzero(self._shares[::-1] >= _SHARE)
        frames, reached = 0, -1
        for place in loud:
            if place - reached > _GAP:
                break
            frames, reached = int(place) + 1, int(place)
        return frames

    def _levels(self, frame: Samples) -> NDArray[np.float64]:
        """DB by band."""
        power = np.square(np.abs(np.fft.rfft(frame * self._window))) / (FRAME * 64)
        return np.asarray(10 * np.log10(self._bands @ power + 10 ** (_SILENCE / 10)))

    def _most_echo(self) -> NDArray[np.float64]:
        """DB by band that the echo may have now."""
        played = np.max([self._earlier(way, 1)[0] for way in self._ways()], axis=0)
        self._tail = np.maximum(played, self._tail - _DECAY)
        return np.asarray(self._tail + self._coupling + _MARGIN + self._unsure())

    def _unsure(self) -> float:
        """DB more while little of the interviewer was heard."""
        return _UNSURE * max(0.0, 1 - self._voiced / _SURE)

    def _ways(self) -> range:
        """Delays in frames at which the echo may come back: a sound begins and ends within a frame, not with it."""
        return range(_WAYS) if self.delay is None else range(max(0, self.delay - 1), self.delay + 2)

    def _learn(self) -> None:
        """Find the echo's way and how loud it is, from frames in which nobody talked over it."""
        count = min(_KEPT, self._frames)
        alone = self._shares[-count:] < _SHARE / 2
        near = self._near[-count:]
        likeness: dict[int, float] = {}
        for way in range(_WAYS):
            far = self._earlier(way, count)[alone]
            if (far.max(axis=1, initial=_SILENCE) > _FAR_ACTIVE).sum() >= _ENOUGH:
                likeness[way] = _likeness(near[alone], far)
        if not likeness:
            return
        best = max(likeness, key=lambda way: likeness[way])
        self.delay = best if likeness[best] >= _ALIKE else None
        played = np.max([self._earlier(way, count) for way in self._ways()], axis=0)
        for band, (here, there) in enumerate(zip(near.T, played.T, strict=True)):
            active = alone & (there > _FAR_ACTIVE)
            if active.sum() >= _OVER:
                self._coupling[band] = np.percentile(here[active] - there[active], _USUAL)

    def _earlier(self, way: int, count: int) -> NDArray[np.float64]:
        """The last `count` frames of the loudspeaker, as they were `way` frames before those of the microphone."""
        end = len(self._far) - way
        return self._far[end - count : end]


def _likeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Correlation of levels over time, each band about its own mean."""
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    return float((one * other).sum() / (np.sqrt(np.square(one).sum() * np.square(other).sum()) + 1e-9))
