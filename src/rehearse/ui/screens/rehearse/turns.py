"""Whose turn it is while somebody answers aloud: when the interviewer says something, and when a silence is the end."""

from collections.abc import Callable
from dataclasses import dataclass

from rehearse.domain.hands_free import QUESTION, HandsFree, Step
from rehearse.live.rehearsal import Rehearsal
from rehearse.settings import Settings

SHOWN_FOR = 6.0
"""Seconds of the answer for which what was said amid it stays on the screen."""


@dataclass
class Turns:
    """Looks at a running answer many times a second and acts on it by the rules of the settings."""

    hands_free: HandsFree | None
    """None: the answer begins and ends by keys and the clock."""
    say: Callable[[str], object]
    """The interviewer says something, aloud or in writing; "" takes it off the screen."""
    end: Callable[[], object]
    """The answer is over."""
    _said_at: float | None = None
    """Second of the answer at which something was said that still stands on the screen."""

    @classmethod
    def by(cls, settings: Settings, *, say: Callable[[str], object], end: Callable[[], object]) -> "Turns":
        """As the settings have it."""
        return cls(HandsFree(settings.pause_seconds) if settings.hands_free else None, say, end)

    @property
    def texts(self) -> tuple[str, ...]:
        """What will be said, known beforehand."""
        return (QUESTION,) if self.hands_free else ()

    def look(self, rehearsal: Rehearsal) -> None:
        """Do what is due; not to be called while the interviewer speaks."""
        if self._said_at is not None and rehearsal.elapsed - self._said_at >= SHOWN_FOR:
            self._said_at = None
            self.say("")
        if self.hands_free is None or rehearsal.paused:
            return
        match self.hands_free.step(rehearsal.elapsed, rehearsal.silence, rehearsal.pauses):
            case Step.ASK:
                self._speak(QUESTION, rehearsal)
            case Step.END:
                self.end()
            case Step.LISTEN:
                pass

    def _speak(self, text: str, rehearsal: Rehearsal) -> None:
        self._said_at = rehearsal.elapsed
        self.say(text)

    def silent(self, rehearsal: Rehearsal) -> str:
        """What a silence will lead to, in a few words; nothing while it is short."""
        if self.hands_free is None or rehearsal.paused:
            return ""
        return self.hands_free.status(rehearsal.elapsed, rehearsal.silence, rehearsal.pauses)
