"""An answer while it is being given: when falling silent ends it, and what is said of it meanwhile."""

from dataclasses import dataclass

from rehearse.domain.rehearsal import HANDS_FREE_SILENCE, has_spoken

FAR_BEHIND = 4.0
"""Seconds by which the text may lag before that is said."""
LONG_SILENT = 1.5
"""Seconds of silence from which a hands-free answer says that it is about to end."""


@dataclass(frozen=True)
class Running:
    """How it stands just now; seconds."""

    elapsed: float
    silence: float
    """Since the last voice, or since the start where there was none."""
    paused: bool = False
    hands_free: bool = False
    """Falling silent ends it."""
    behind: float = 0.0
    """Speech that waits to be decoded."""
    troubled: bool = False
    """The microphone brings nothing."""
    ends_in: float | None = None
    """Until it ends by itself, once its time is up; None before."""

    @property
    def listens_for_silence(self) -> bool:
        """Hands-free, and something was said: nobody is cut off before they have begun."""
        return self.hands_free and not self.paused and has_spoken(self.elapsed, self.silence)

    @property
    def fell_silent(self) -> bool:
        """That was the end of a hands-free answer."""
        return self.listens_for_silence and self.silence > HANDS_FREE_SILENCE

    @property
    def status(self) -> str:
        """A sign and a few words, the most urgent thing first."""
        if self.paused:
            return "⏸ paused"
        if self.behind > FAR_BEHIND:
            return f"● recording · text {self.behind:.0f} s behind"
        if self.troubled:
            return "◌ no sound"
        if self.ends_in is not None:
            return f"● time is up: ends in {max(0.0, self.ends_in):.0f} s"
        if self.listens_for_silence and self.silence > LONG_SILENT:
            return f"● silent: ends in {max(0, HANDS_FREE_SILENCE - self.silence):.0f} s"
        return "● recording"
