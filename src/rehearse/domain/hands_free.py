"""Hands-free: when an answer that nobody touches a key for is over. Time is passed in, never read.

People fall silent for two reasons: they have said it, or they think. So a silence has to be longer than the speaker's
own pauses before anything happens, and then it isn't the end yet: the interviewer asks, and only a second silence is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from rehearse.domain.sound import SpeechSpan

QUESTION = "Anything to add?"
"""What the interviewer says before a hands-free answer ends."""

PAUSE_CHOICES = (3, 4, 6, 8)
"""Seconds that the settings offer."""
LEAST_PAUSE, MOST_PAUSE = 2, 20
"""Seconds that the settings take."""

SHORT_WHILE = 3.0
"""Seconds of silence after the question that end the answer."""
BRIEF_REPLY = 3.0
"""An addition of fewer seconds ("no, that's all") isn't asked about again."""
SAID_FROM = 1.5
"""Seconds of silence from which the screen says what will come of it."""

LEAST_OWN_PAUSES = 6
"""As many are needed to know a speaker's habit..."""
MOST_OWN_PAUSES = 60
"""...and so many of the latest are looked at."""
SHORTEST_PAUSE = 0.25
"""Seconds; shorter silences lie inside words (the closure of a plosive) and between them."""
HIGH_SHARE = 0.9
FACTOR = 1.5
MOST_PATIENCE = 12.0
"""Seconds that no silence is waited out longer than, unless the chosen length is longer."""


def pauses_between(spans: Sequence[SpeechSpan]) -> tuple[float, ...]:
    """Seconds of the silences between stretches of speech, in order."""
    gaps = (later.start - earlier.end for earlier, later in pairwise(spans))
    return tuple(gap for gap in gaps if gap >= SHORTEST_PAUSE)


def patience(chosen: float, pauses: Sequence[float]) -> float:
    """Seconds of silence after which the interviewer asks whether there is anything to add.

    `min(max(chosen, 1.5 * q90), 2 * chosen, 12)`, where q90 is the 90th percentile of the speaker's latest 60 pauses;
    `chosen` where fewer than six are known, and never less than `chosen`.

    Why a quantile and a factor: pauses are far from normally distributed, with a long upper tail, close to normal on a
    logarithmic scale, and those over a second belong to spontaneous speech alone (Campione and Véronis, "A large-scale
    multilingual study of silent pause duration", Speech Prosody 2002). Mean and deviation say little about such a
    tail; a high quantile does, and on a logarithmic scale a factor is the natural margin. How long people pause
    differs between speakers more than between languages, so the pauses are the speaker's own.

    Args:
        chosen: seconds, the setting.
        pauses: seconds, of earlier answers and of this one, the latest last.
    """
    own = [pause for pause in pauses if pause >= SHORTEST_PAUSE][-MOST_OWN_PAUSES:]
    if len(own) < LEAST_OWN_PAUSES:
        return chosen
    return max(chosen, min(FACTOR * _quantile(own, HIGH_SHARE), 2 * chosen, MOST_PATIENCE))


def _quantile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of them lie, linear between two neighbours."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def has_spoken(elapsed: float, silence: float) -> bool:
    """Somebody has said something: a hands-free answer mustn't end before it has begun.

    Args:
        elapsed: seconds of the answer.
        silence: seconds since the last voice, or since the start where there was none.
    """
    return silence < elapsed - 0.5


class Step(Enum):
    """What is to be done now."""

    LISTEN = auto()
    ASK = auto()
    """Say `QUESTION`."""
    END = auto()


@dataclass
class HandsFree:
    """One answer, looked at many times a second. The clock is the answer's own: the samples that are kept."""

    chosen: float
    """Seconds of silence, the setting."""
    earlier: tuple[float, ...] = ()
    """The speaker's pauses in earlier answers, seconds, the latest last."""
    _asked_at: float | None = field(default=None, init=False)
    """Second of the answer at which it was asked last; None before, and once the speaker has gone on at length."""
    _replied: bool = field(default=False, init=False)
    """There was a voice after the question."""

    def step(self, elapsed: float, silence: float, pauses: Sequence[float]) -> Step:
        """What is to be done; after `ASK` the question counts as asked.

        Args:
            elapsed: seconds of the answer.
            silence: seconds since the last voice, or since the start where there was none.
            pauses: this answer's, in seconds.
        """
        if not has_spoken(elapsed, silence):
            return Step.LISTEN
        self._notice_reply(elapsed, silence)
        if silence < self._ends_after(elapsed, silence, pauses):
            return Step.LISTEN
        if self._asked_at is not None:
            return Step.END
        self._asked_at = elapsed
        return Step.ASK

    def status(self, elapsed: float, silence: float, pauses: Sequence[float]) -> str:
        """What the silence will lead to, in a few words; nothing while it is short."""
        if silence < SAID_FROM or not has_spoken(elapsed, silence):
            return ""
        left = max(0.0, self._ends_after(elapsed, silence, pauses) - silence)
        if self._asked_at is None:
            return f"silent: asks in {left:.0f} s"
        return f"asked: ends in {left:.0f} s"

    def _notice_reply(self, elapsed: float, silence: float) -> None:
        """Somebody went on after the question; at length, and the answer goes on as if it hadn't been asked."""
        if self._asked_at is None:
            return
        added = elapsed - silence - self._asked_at
        self._replied = added > 0
        if added >= BRIEF_REPLY:
            self._asked_at, self._replied = None, False

    def _ends_after(self, elapsed: float, silence: float, pauses: Sequence[float]) -> float:
        """Seconds of silence after which something happens."""
        if self._asked_at is not None and not self._replied:
            return silence - (elapsed - self._asked_at) + SHORT_WHILE
        return patience(self.chosen, (*self.earlier, *pauses))
