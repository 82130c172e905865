"""Time by section against what the guide suggests, and where the speaker hesitates, in words."""

from dataclasses import dataclass
from enum import Enum

from rehearse.domain.delivery import Delivery
from rehearse.domain.guide import Guide

TOLERANCE = 0.05
"""Share of the answer by which a suggestion may be missed before anything is said: the cut between two sections is
only good to a sentence."""

SILENCE_WORTH_SAYING = 1.5
"""Seconds of silence before a section that make a hesitation; a breath is shorter."""

FILLERS_WORTH_SAYING = 2


class ShareVerdict(Enum):
    """How a section's time stands against the guide's suggestion."""

    LESS = "less than suggested"
    RIGHT = "as suggested"
    MORE = "more than suggested"


@dataclass(frozen=True)
class SectionShare:
    """The time one section got."""

    section_id: str
    seconds: float
    share: float
    """Of the time that was spoken, 0..1."""
    low: float
    """The least share the guide suggests."""
    high: float
    """The greatest."""

    @property
    def verdict(self) -> ShareVerdict:
        """The share against the suggestion, give or take `TOLERANCE`."""
        if self.share < self.low - TOLERANCE:
            return ShareVerdict.LESS
        return ShareVerdict.MORE if self.share > self.high + TOLERANCE else ShareVerdict.RIGHT


def section_shares(delivery: Delivery, guide: Guide) -> tuple[SectionShare, ...]:
    """The time of every section of the guide, in its order, those that got none included."""
    seconds = delivery.seconds_by_section
    total = sum(seconds.values())
    return tuple(
        SectionShare(
            section.id,
            seconds.get(section.id, 0.0),
            seconds.get(section.id, 0.0) / total if total else 0.0,
            *section.share,
        )
        for section in guide.sections
    )


def hesitation_note(delivery: Delivery, guide: Guide) -> str | None:
    """One sentence about the section the speaker hesitated most before, None if there was no hesitation to speak of.

    A filler weighs as much as a second of silence.
    """
    titles = {section.id: section.title for section in guide.sections}
    worth = [
        hesitation
        for hesitation in delivery.hesitations
        if hesitation.section_id in titles
        and (hesitation.pause >= SILENCE_WORTH_SAYING or hesitation.fillers >= FILLERS_WORTH_SAYING)
    ]
    if not worth:
        return None
    worst = max(worth, key=lambda hesitation: hesitation.pause + hesitation.fillers)
    heard = []
    if worst.pause >= 0.5:
        heard.append(f"{worst.pause:.1f} s of silence")
    if worst.fillers:
        heard.append("a filler" if worst.fillers == 1 else f"{worst.fillers} fillers")
    return f"You hesitate going into {titles[worst.section_id]}: {' and '.join(heard)} just before it."
