"""How well each section would be remembered on a day, in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rehearse.domain.cards import Card, CardState
from rehearse.domain.wording import counted
from rehearse.quiz.scheduler import Scheduler

REMEMBERED = 0.75
"""Mean retrievability of a section's cards from which it counts as remembered. One right answer is worth about 0.8
a week later, one wrong about 0.6."""
USUAL_AHEAD = 7
"""Days looked ahead where no interview is near."""


@dataclass(frozen=True)
class SectionOutlook:
    """One section on the day looked at."""

    guide_id: str
    section_id: str
    title: str
    seen: int
    """Cards asked so far."""
    total: int
    retrievability: float | None
    """Mean over the cards asked so far, 0 to 1; None where none was."""

    @property
    def remembered(self) -> bool:
        """Probably remembered."""
        return self.retrievability is not None and self.retrievability >= REMEMBERED


@dataclass(frozen=True)
class SectionName:
    """A section that cards are about."""

    guide_id: str
    section_id: str
    title: str


def day_looked_at(scheduler: Scheduler, now: datetime) -> tuple[datetime, date]:
    """The moment and the day of the outlook: the interview, or a week from now."""
    left = scheduler.days_left(now)
    ahead = timedelta(days=USUAL_AHEAD if left is None else left)
    return now + ahead, scheduler.today(now) + ahead


def look_ahead(
    sections: Iterable[SectionName],
    cards: Sequence[Card],
    states: Mapping[str, CardState],
    scheduler: Scheduler,
    at: datetime,
) -> tuple[SectionOutlook, ...]:
    """The sections as they would stand at a moment if nothing were practised until then, weakest first.

    Sections that were never asked stand at the end: nothing is known of them.
    """
    found = []
    for name in sections:
        own = [card for card in cards if card.guide_id == name.guide_id and card.section_id == name.section_id]
        known = [scheduler.retrievability(states[card.id], at) for card in own if card.id in states]
        mean = sum(known) / len(known) if known else None
        found.append(SectionOutlook(name.guide_id, name.section_id, name.title, len(known), len(own), mean))
    return tuple(sorted(found, key=lambda one: 2.0 if one.retrievability is None else one.retrievability))


def outlook_line(outlook: Sequence[SectionOutlook], day: date, today: date) -> str:
    """`On Thursday you'd probably remember 5 of 6 parts; Challenges is at risk.`; "" where nothing was asked yet."""
    if not any(one.seen for one in outlook):
        return ""
    kept = sum(one.remembered for one in outlook)
    line = f"{day_words(day, today)} you'd probably remember {kept} of {counted(len(outlook), 'part')}"
    if risky := [one.title for one in outlook if one.seen and not one.remembered]:
        line += f"; {_listed(risky)} {'is' if len(risky) == 1 else 'are'} at risk"
    if unseen := sum(not one.seen for one in outlook):
        line += f"; {unseen} {'was' if unseen == 1 else 'were'} not asked yet"
    return f"{line}."


def _listed(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return titles[0]
    if len(titles) > 3:
        return f"{titles[0]}, {titles[1]} and {len(titles) - 2} more"
    return f"{', '.join(titles[:-1])} and {titles[-1]}"


def day_words(day: date, today: date) -> str:
    """`Today`, `Tomorrow`, `On Thursday`, `On 3 December`."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("Today", "Tomorrow")[ahead]
    return f"On {day:%A}" if 1 < ahead < 7 else f"On {day.day} {day:%B}"
