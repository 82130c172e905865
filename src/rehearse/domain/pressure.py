"""Pressure: the interviewer stops the speaker in the middle of an exam, and says how much time is left.

Time and chance are passed in. Nothing is said in the middle of a word: what is due waits for a short gap.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from rehearse.domain.guide import Section
from rehearse.domain.hands_free import has_spoken

GAP = 0.25
"""Seconds of silence that are no part of a word: longer than the closure of a plosive."""
ATTENTIVE = 2.0
"""Seconds of silence after which nobody is stopped any more: they have stopped themselves."""
WAITS = 5.0
"""Seconds for which something that is due waits for a gap."""
CHANCE = 1 / 3
"""Of all exams, as many are interrupted: seldom enough to be no habit, often enough to be met within some evenings."""
FROM, TO = 1 / 3, 2 / 3
"""Of the time to answer: an interruption comes between them."""
HALF_FROM = 40
"""Seconds of time to answer from which its half is told; in less it would come close to the last ten."""
LAST = 10
"""Seconds before the end of which the last call is made."""
LAST_FROM = 20
"""Seconds of time to answer from which there is a last call."""

APART = 8.0
"""Seconds of answering between two remarks, at least: a question is to be answered first."""

STOP = "Let me stop you there"
HALF_TIME = "Half of your time is gone."
LAST_CALL = "Ten seconds left."


@dataclass(frozen=True)
class Remark:
    """Something the interviewer says in the middle of an answer."""

    text: str
    aloud: bool = True
    """False: there was no gap to say it in; it is shown."""
    insists: float = 0.0
    """Seconds for which they go on though the speaker talks over it."""


@dataclass
class _Due:
    at: float
    """Second of the answer."""
    text: str
    """"" for the interruption: what it asks about is decided when it comes."""


class Pressure:
    """What is said to one answer."""

    def __init__(
        self, seconds: float, sections: Sequence[Section], *, interrupts: bool, calls: bool, random: Random
    ) -> None:
        """The chance is drawn now.

        Args:
            seconds: time to answer.
            sections: the guide's; one that hasn't come up is asked about.
            interrupts: it may be interrupted, and is with `CHANCE`.
            calls: the time that is left is said.
            random: draws whether, when, and what is asked.
        """
        self._sections = tuple(section for section in sections if section.follow_up)
        self._random = random
        self._due: list[_Due] = []
        if interrupts and self._sections and random.random() < CHANCE:
            self._due.append(_Due(seconds * random.uniform(FROM, TO), ""))
        if calls and seconds >= HALF_FROM:
            self._due.append(_Due(seconds / 2, HALF_TIME))
        if calls and seconds >= LAST_FROM:
            self._due.append(_Due(seconds - LAST, LAST_CALL))
        self._due.sort(key=lambda due: due.at)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that may be said."""
        known = tuple(due.text for due in self._due if due.text)
        return (*known, *map(interruption, self._sections)) if len(known) < len(self._due) else known

    def look(self, elapsed: float, silence: float, covered: Collection[str]) -> Remark | None:
        """What is to be said now, if anything; each is said once.

        Args:
            elapsed: seconds of the answer.
            silence: seconds since the last voice.
            covered: ids of the sections that have come up.
        """
        for due in [due for due in self._due if elapsed >= due.at]:
            if silence >= GAP and (due.text or self._is_amid(elapsed, silence)):
                self._due.remove(due)
                if remark := self._remark(due, covered):
                    for later in self._due:
                        later.at = max(later.at, elapsed + APART)
                    return remark
            elif elapsed >= due.at + WAITS:
                self._due.remove(due)
                if due.text:
                    return Remark(due.text, aloud=False)
        return None

    def _remark(self, due: _Due, covered: Collection[str]) -> Remark | None:
        """None where there is nothing left to ask about."""
        if due.text:
            return Remark(due.text, insists=1.0)
        left = [section for section in self._sections if section.id not in covered]
        return Remark(interruption(self._random.choice(left)), insists=1.5) if left else None

    @staticmethod
    def _is_amid(elapsed: float, silence: float) -> bool:
        """Somebody is in the middle of saying something."""
        return has_spoken(elapsed, silence) and silence <= ATTENTIVE


def interruption(section: Section) -> str:
    """How the interviewer asks about a section in the middle of an answer."""
    asked = section.follow_up
    first = asked.split(maxsplit=1)[0]
    is_name = first in ("I", "I'm", "I’m") or first[1:] != first[1:].lower()
    return f"{STOP}: {asked if is_name else asked[:1].lower() + asked[1:]}"
