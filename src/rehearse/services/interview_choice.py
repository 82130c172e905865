"""Which questions an interview asks: those that would help most before the day.

How much a section needs (`need`), how much of a practice is gone (`absence`), and which answers count (`Practice`) are
those of the next drill, see `history.weighing`. What they are added up to isn't, for the two choose different things:

- A drill mends one thing, and counts for its strongest reason. A question has all sections practised: it counts for the
  mean of their needs, and for how long it wasn't asked besides.
- A drill may be for a mistake. A guide's mistakes can be made at every question of it and don't tell one from another.
- Cards about to be forgotten speak for a question, in which they are remembered aloud. They speak for no drill: what
  mends them is the quiz, which the first screen offers beside it.
- The date changes a drill's weights: near it what was never tried weighs 0.75, more than the mean need of almost any
  guide, and on the last day nothing. An interview looks for weaknesses first at any time, and asks what one didn't
  prepare on the last day too, as the real one will. The date only tells for which day the cards are looked at.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain

from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.interview import Candidate
from rehearse.domain.rehearsal import Clock
from rehearse.domain.wording import last_answers
from rehearse.history.attempts import Tried
from rehearse.history.practices import read_practices
from rehearse.history.progress import recent_section
from rehearse.history.suggestion import DAY_SECONDS, Practice
from rehearse.history.weighing import absence, need
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.services.equipment import Equipment

WEAK, OLD, FADING, LEVEL = 0.6, 0.25, 0.15, 0.02
"""What counts how much: sections that didn't come up of late, time since the scenario was tried, quiz cards that will
be forgotten by the day; and, a little, that easier scenarios come first. Chosen by hand: what was said decides, the
rest breaks ties."""
UNKNOWN = 0.5
"""Share of forgotten cards where none was asked yet."""
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
    practised = {one.guide.id: one for one in read_practices(equipment.store.database, guides)}
    return list(
        chain.from_iterable(
            guide_candidates(
                practised.get(guide.id, Practice(guide, (), {})),
                equipment.quizzes.outlook(guide, now)[0] if guide.id in begun else (),
                now,
                think=equipment.settings.think_seconds,
                answer=equipment.settings.answer_seconds,
            )
            for guide in guides
        )
    )


def guide_candidates(
    practice: Practice,
    outlook: Sequence[SectionOutlook],
    now: datetime,
    *,
    think: int | None = None,
    answer: int | None = None,
) -> list[Candidate]:
    """The scenarios of one guide.

    Args:
        practice: the guide, and what was done with it.
        outlook: how well its quiz cards will be known on the day.
        now: UTC.
        think: seconds of the settings; None: as each scenario says.
        answer: likewise.
    """
    weak, why = _weakness(practice)
    known = [one.retrievability for one in outlook if one.retrievability is not None]
    fading = 1 - sum(known) / len(known) if known else UNKNOWN
    tried = practice.tried_judged
    found = []
    for scenario in practice.guide.scenarios:
        old, age = _age(tried.get(scenario.id), now)
        helps = WEAK * weak + OLD * old + FADING * fading - LEVEL * scenario.level
        found.append(Candidate(practice.guide.id, scenario.id, _seconds(scenario, think, answer), helps, why or age))
    return found


def _seconds(scenario: Scenario, think: int | None, answer: int | None) -> int:
    clock = Clock.of(scenario, think, answer)
    return clock.think + clock.answer


def _weakness(practice: Practice) -> tuple[float, str]:
    """Mean need of the sections, 0 to 1, and the weakest in words; "" where none is weak.

    Of what was never tried nothing is known to be weak; its age speaks for it.
    """
    attempts = practice.current
    stood = [(section, recent_section(attempts, section.id)) for section in practice.guide.sections]
    needs = [(need(one.missed, one.judged), section, one) for section, one in stood if one.judged]
    if not needs:
        return 0.0, ""
    mean = sum(share for share, _, _ in needs) / len(needs)
    # Of two as weak, the one that should take more of the time, as for the next drill.
    _, weakest, of_late = max(needs, key=lambda one: (one[0], one[1].share[1]))
    if not of_late.missed:
        return mean, ""
    if of_late.judged == 1:
        return mean, f"{weakest.title} was left out"
    last = last_answers(of_late.judged, unheard=of_late.unheard, unjudged=of_late.unjudged, noun="")
    return mean, f"{weakest.title} came up in {of_late.covered or 'none'} of {last}"


def _age(tried: Tried | None, now: datetime) -> tuple[float, str]:
    """How much of a scenario's practice is gone, 0 for none to 1 for one never tried, and how long it was in words."""
    if tried is None:
        return 1.0, "not tried yet"
    days = (now - tried.last).total_seconds() / DAY_SECONDS
    words = f"last tried {int(days)} days ago" if days >= 2 else "last tried yesterday" if days >= 1 else "tried today"
    return absence(days), words
