"""How long a microphone brought nothing while an answer went on."""

import time
from collections.abc import Callable

from rehearse.domain.transcript import Absence

SETTLED_SECONDS = 1.0
"""After sound came again: what had waited on its way through the device has arrived by then."""

_BUCKET = 5.0
"""Seconds: how far the answer usually lags behind the clock is its least lag in the last one or two of these, so that a
clock of the device's own that runs slow by a thousandth doesn't count, and neither does a block that comes late."""


class Dropouts:
    """Adds up the seconds in which time went on and the answer didn't, in times of trouble with the microphone.

    Trouble is noticed a while after the last sound, and sound comes again a while before the trouble is over; so it is
    measured by how much further the answer lags behind the clock afterwards than it did before. A muted microphone
    brings zeros, and the answer goes on; one that was unplugged brings nothing.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Args: `now`, seconds of a clock that never goes back."""
        self._now = now
        self._skipped = 0.0
        self._paused_at: float | None = None
        self._least: float | None = None
        self._least_before: float | None = None
        self._bucket_ends = 0.0
        self._before: float | None = None
        self._after: float | None = None
        self._settled_at = 0.0
        self._stands_at = 0.0
        self._stands_since: float | None = None
        self._longest = 0.0
        self._place = 0.0
        self._over: list[Absence] = []

    def pause(self, *, paused: bool) -> None:
        """The answer stands still by the speaker's wish, or goes on."""
        if paused and self._paused_at is None:
            self._paused_at = self._now()
        elif not paused and self._paused_at is not None:
            self._skipped += self._now() - self._paused_at
            self._paused_at = None

    def note(self, elapsed: float, *, troubled: bool) -> None:
        """The answer is `elapsed` seconds long; call it often, also while nothing comes."""
        time_now = self._time()
        lag = time_now - elapsed
        self._look_where_it_stands(elapsed, time_now)
        if troubled:
            self._before = self._usual(lag) if self._before is None else self._before
            self._after = None
        elif self._before is None:
            self._remember(lag, time_now)
        elif self._after is None:
            self._after, self._settled_at = lag, time_now + SETTLED_SECONDS
        else:
            self._after = min(self._after, lag)
            if time_now >= self._settled_at:
                self._add(self._after)

    def finish(self, elapsed: float) -> None:
        """The answer is over, perhaps in the middle of trouble."""
        time_now = self._time()
        lag = time_now - elapsed
        self._look_where_it_stands(elapsed, time_now)
        if self._before is not None:
            self._add(lag if self._after is None else min(self._after, lag))

    @property
    def seconds(self) -> float:
        """Of all that is over."""
        return sum(one.seconds for one in self._over)

    @property
    def absences(self) -> tuple[Absence, ...]:
        """The same one by one, each with its place: where the answer stood still the longest."""
        return tuple(self._over)

    def _time(self) -> float:
        """Without the pauses."""
        return (self._now() if self._paused_at is None else self._paused_at) - self._skipped

    def _remember(self, lag: float, time_now: float) -> None:
        if self._least is None or time_now >= self._bucket_ends:
            self._least_before, self._least = self._least, lag
            self._bucket_ends = time_now + _BUCKET
        self._least = min(self._least, lag)

    def _look_where_it_stands(self, elapsed: float, time_now: float) -> None:
        """Trouble is noticed late, and may outlast the silence: its place is told by the answer that didn't go on."""
        if self._stands_since is None or elapsed > self._stands_at:
            self._stands_at, self._stands_since = elapsed, time_now
            if self._before is None:
                self._longest = 0.0
        if time_now - self._stands_since >= self._longest:
            self._longest, self._place = time_now - self._stands_since, self._stands_at

    def _usual(self, lag: float) -> float:
        return min((known for known in (self._least, self._least_before) if known is not None), default=lag)

    def _add(self, after: float) -> None:
        assert self._before is not None
        if (away := after - self._before) > 0:
            self._over.append(Absence(self._place, away))
        self._longest = 0.0
        self._before = self._after = self._least = self._least_before = None
