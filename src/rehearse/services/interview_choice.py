"""Which questions an interview asks: those that would help most before the day."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain

from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.interview import Candidate
from rehearse.domain.rehearsal import Clock
from rehearse.history.attempts import Attempt
from rehearse.history.progress import recent_section
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.services.equipment import Equipment

WEAK, OLD, FADING, LEVEL = 0.6, 0.25, 0.15, 0.02
"""What counts how much: sections that didn't come up of late, time since the scenario was tried, quiz cards that will
be forgotten by the day; and, a little, that easier scenarios come first. Chosen by hand: what was said decides, the
rest breaks ties."""
UNTRIED = 0.5
"""Weakness, and share of forgotten cards, of what was never tried."""
OLD_DAYS = 14
"""Days after which a scenario counts as not tried of late at all."""
ENOUGH_GUIDES = 3
"""Where fewer were practised, others of their field are asked from too."""


def usual_guides(guides: Sequence[Guide], practised: Collection[str]) -> list[str]:
    """Ids of the guides that an interview draws on by itself: those practised, and others of their field if few were.

    Args:
        guides: all there are, in their order; at least one.
        practised: ids of those with an answer.
    """
    chosen = [guide.id for guide in guides if guide.id in practised]
    fields = {guide.field for guide in guides if guide.id in practised} or {guides[0].field}
    others = [guide.id for guide in guides if guide.id not in practised and guide.field in fields]
    return chosen + others[: max(0, ENOUGH_GUIDES - len(chosen))]


def candidates(equipment: Equipment, guides: Sequence[Guide], now: datetime) -> list[Candidate]:
    """Every scenario of some guides with how much it would help; `now` is UTC. Raises StoreError."""
    # Making the cards of a guide that nobody has begun would take a third of a second, for nothing.
    begun = set(equipment.reviews.begun())
    return list(
        chain.from_iterable(
            guide_candidates(
                guide,
                equipment.store.attempts(guide.id),
                equipment.quizzes.outlook(guide, now)[0] if guide.id in begun else (),
                now,
                think=equipment.settings.think_seconds,
                answer=equipment.settings.answer_seconds,
            )
            for guide in guides
        )
    )


def guide_candidates(
    guide: Guide,
    attempts: Sequence[Attempt],
    outlook: Sequence[SectionOutlook],
    now: datetime,
    *,
    think: int | None = None,
    answer: int | None = None,
) -> list[Candidate]:
    """The scenarios of one guide.

    Args:
        guide: whose.
        attempts: at it, oldest first.
        outlook: how well its quiz cards will be known on the day.
        now: UTC.
        think: seconds of the settings; None: as each scenario says.
        answer: likewise.
    """
    judged = [attempt for attempt in attempts if attempt.sections]
    weak, why = _weakness(guide, judged)
    known = [one.retrievability for one in outlook if one.retrievability is not None]
    fading = 1 - sum(known) / len(known) if known else UNTRIED
    found = []
    for scenario in guide.scenarios:
        old, age = _age(scenario, judged, now)
        clock = Clock.of(scenario, think, answer)
        need = WEAK * weak + OLD * old + FADING * fading - LEVEL * scenario.level
        found.append(Candidate(guide.id, scenario.id, clock.think + clock.answer, need, why or age))
    return found


def _weakness(guide: Guide, judged: Sequence[Attempt]) -> tuple[float, str]:
    """Share of sections that didn't come up of late, and the weakest in words; "" where none is weak."""
    if not judged:
        return UNTRIED, "not tried yet"
    shares = {}
    for section in guide.sections:
        recent = recent_section(judged, section.id)
        if recent.judged:
            shares[section.title] = (recent.covered, recent.judged)
    if not shares:
        return UNTRIED, "not tried yet"
    weakest = min(shares, key=lambda title: shares[title][0] / shares[title][1])
    covered, times = shares[weakest]
    mean = sum(have / of for have, of in shares.values()) / len(shares)
    if covered == times:
        return 1 - mean, ""
    return (
        1 - mean,
        f"{weakest} came up in {covered or 'none'} of your last {times}" if times > 1 else f"{weakest} was left out",
    )


def _age(scenario: Scenario, judged: Sequence[Attempt], now: datetime) -> tuple[float, str]:
    """How long ago it was tried, 0 for now to 1 for a fortnight ago or never, and that in words."""
    tried = [attempt.created_at for attempt in judged if attempt.scenario_id == scenario.id]
    if not tried:
        return 1.0, "not tried yet"
    days = max(0.0, (now - tried[-1]).total_seconds() / 86_400)
    words = f"last tried {int(days)} days ago" if days >= 2 else "last tried yesterday" if days >= 1 else "tried today"
    return min(1.0, days / OLD_DAYS), words
