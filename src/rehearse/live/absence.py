"""How long a microphone brought nothing while an answer went on."""

import time
from collections.abc import Callable


class Absence:
    """Adds up the seconds in which time went on and the answer didn't.

    A muted microphone brings zeros, and the answer goes on; one that was unplugged brings nothing.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Args: `now`, seconds of a clock that never goes back."""
        self._now = now
        self._since: tuple[float, float] | None = None
        self._over = 0.0

    def begin(self, elapsed: float) -> None:
        """Trouble was noticed, `elapsed` seconds into the answer."""
        if self._since is None:
            self._since = self._now(), elapsed

    def end(self, elapsed: float) -> None:
        """Sound comes again, or the answer is over."""
        if self._since is not None:
            began, heard = self._since
            self._over += max(0.0, (self._now() - began) - (elapsed - heard))
            self._since = None

    @property
    def seconds(self) -> float:
        """Of all that is over."""
        return self._over
