"""Whose turn it is while somebody answers aloud: when the interviewer says something, and when a silence is the end."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from random import Random

from rehearse.domain.guide import Guide
from rehearse.domain.hands_free import QUESTION, HandsFree, Step
from rehearse.domain.kinds import Mode
from rehearse.domain.pressure import Pressure, Remark
from rehearse.domain.rehearsal import Plan
from rehearse.live.rehearsal import Rehearsal
from rehearse.settings import Settings

SHOWN_FOR = 6.0
"""Seconds of the answer for which what was said amid it stays on the screen."""


@dataclass
class Turns:
    """Looks at a running answer many times a second and acts on it by the rules of the settings."""

    hands_free: HandsFree | None
    """None: the answer begins and ends by keys and the clock."""
    pressure: Pressure
    say: Callable[[Remark | None], object]
    """The interviewer says something, aloud or in writing; None takes it off the screen."""
    end: Callable[[], object]
    """The answer is over."""
    _said_at: float | None = None
    """Second of the answer at which something was said that still stands on the screen."""

    @classmethod
    def by(
        cls,
        settings: Settings,
        guide: Guide,
        plan: Plan,
        random: Random,
        *,
        say: Callable[[Remark | None], object],
        end: Callable[[], object],
    ) -> "Turns":
        """As the settings and the plan have it; a follow-up question asks about one section and isn't interrupted."""
        pressure = Pressure(
            plan.clock.answer,
            guide.sections,
            interrupts=settings.interruptions and plan.mode is Mode.EXAM and plan.follow_up_section is None,
            calls=settings.time_calls,
            random=random,
        )
        return cls(HandsFree(settings.pause_seconds) if settings.hands_free else None, pressure, say, end)

    @property
    def texts(self) -> tuple[str, ...]:
        """What may be said, known beforehand."""
        return (*self.pressure.texts, *((QUESTION,) if self.hands_free else ()))

    def look(self, rehearsal: Rehearsal, covered: Collection[str]) -> None:
        """Do what is due; not to be called while the interviewer speaks. `covered` are ids of sections."""
        elapsed, silence = rehearsal.elapsed, rehearsal.silence
        if self._said_at is not None and elapsed - self._said_at >= SHOWN_FOR:
            self._said_at = None
            self.say(None)
        if rehearsal.paused:
            return
        step = self.hands_free.step(elapsed, silence, rehearsal.pauses) if self.hands_free else Step.LISTEN
        if step is Step.END:
            self.end()
        elif step is Step.ASK:
            self._say(Remark(QUESTION), elapsed)
        elif remark := self.pressure.look(elapsed, silence, covered):
            self._say(remark, elapsed)

    def _say(self, remark: Remark, elapsed: float) -> None:
        self._said_at = elapsed
        self.say(remark)

    def silent(self, rehearsal: Rehearsal) -> str:
        """What a silence will lead to, in a few words; nothing while it is short."""
        if self.hands_free is None or rehearsal.paused:
            return ""
        return self.hands_free.status(rehearsal.elapsed, rehearsal.silence, rehearsal.pauses)
