"""An answer while it is being given: what is said of it meanwhile."""

from dataclasses import dataclass

FAR_BEHIND = 4.0
"""Seconds by which the text may lag before that is said."""


@dataclass(frozen=True)
class Running:
    """How it stands just now; seconds."""

    paused: bool = False
    interviewer_speaks: bool = False
    """Their words are left out, and the clock stands."""
    behind: float = 0.0
    """Speech that waits to be decoded."""
    troubled: bool = False
    """The microphone brings nothing."""
    ends_in: float | None = None
    """Until it ends by itself, once its time is up; None before."""
    silent: str = ""
    """What a hands-free answer says of a silence."""

    @property
    def status(self) -> str:
        """A sign and a few words, the most urgent thing first."""
        if self.paused:
            return "⏸ paused"
        if self.interviewer_speaks:
            return "◌ the interviewer speaks"
        if self.behind > FAR_BEHIND:
            return f"● recording · text {self.behind:.0f} s behind"
        if self.troubled:
            return "◌ no sound"
        if self.ends_in is not None:
            return f"● time is up: ends in {max(0.0, self.ends_in):.0f} s"
        return f"● {self.silent or 'recording'}"
