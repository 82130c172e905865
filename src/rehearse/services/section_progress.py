"""How the user stands at each section of a guide: in the last answers, and in the quiz."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from rehearse.domain.guide import Guide
from rehearse.domain.wording import last_answers, percent
from rehearse.errors import RehearseError
from rehearse.history.attempts import Attempt
from rehearse.history.progress import recent_section
from rehearse.quiz.retrievability import SectionOutlook, day_words
from rehearse.services.equipment import Equipment


@dataclass(frozen=True)
class SectionProgress:
    """One section."""

    covered: int
    """Among the last answers in which it was judged."""
    judged: int
    """How many those are, five at most."""
    asked: int
    """Quiz cards about it that were asked so far."""
    cards: int
    retrievability: float | None
    """Mean over the cards asked so far, 0 to 1, on the day of the interview or in a week."""
    answers: int = 0
    """All that were given, also where it wasn't judged."""
    unheard: int = 0
    """In how many of the answers since the first one that counts it couldn't be heard; of all where none counts."""
    unjudged: int = 0
    """In how many of the same it wasn't judged."""


@dataclass(frozen=True)
class Looked:
    """A guide as it is now, and how one stands in it."""

    guide: Guide
    progress_by_section: dict[str, str]
    trouble: str = ""
    """Why it is still the one from before its file was saved last."""


def look_at(equipment: Equipment, guide: Guide, now: datetime) -> Looked:
    """The guide, read again where it was edited, and how one stands; raises StoreError."""
    with suppress(RehearseError):  # it has gone: what is open can still be read
        guide = equipment.library.load(guide.id)
    trouble = equipment.library.trouble(guide.id)
    return Looked(guide, progress_by_section(equipment, guide, now), str(trouble).splitlines()[0] if trouble else "")


def progress_by_section(equipment: Equipment, guide: Guide, now: datetime) -> dict[str, str]:
    """A sentence or two for each section, by its id; `now` is UTC. Raises StoreError."""
    outlook, day = equipment.quizzes.outlook(guide, now)
    known = section_progress(guide, equipment.store.attempts(guide.id), outlook)
    return {section_id: progress_words(one, day, now.astimezone().date()) for section_id, one in known.items()}


def section_progress(
    guide: Guide, attempts: Sequence[Attempt], outlook: Sequence[SectionOutlook]
) -> Mapping[str, SectionProgress]:
    """How each section goes, from the attempts, oldest first, and the quiz."""
    quizzed = {one.section_id: one for one in outlook}
    found = {}
    for section in guide.sections:
        recent = recent_section(attempts, section.id)
        quiz = quizzed.get(section.id)
        found[section.id] = SectionProgress(
            recent.covered,
            recent.judged,
            quiz.seen if quiz else 0,
            quiz.total if quiz else 0,
            quiz.retrievability if quiz else None,
            len(attempts),
            recent.unheard,
            recent.unjudged,
        )
    return found


def progress_words(one: SectionProgress, day: date, today: date) -> str:
    """In words: how often it came up of late, how many of its quiz cards are known and will be on that day."""
    said = _in_answers(one)
    if not one.cards:
        return said
    if one.retrievability is None:
        return f"{said} Quiz: none of {one.cards} cards asked yet."
    when = day_words(day, today)
    when = when[0].lower() + when[1:]
    share = percent(one.retrievability)
    return f"{said} Quiz: {one.asked} of {one.cards} cards asked; {when} you'd know about {share} of those."


def _in_answers(one: SectionProgress) -> str:
    if not one.answers:
        return "You haven't answered this question yet."
    if not one.judged:
        which = "your answer so far" if one.answers == 1 else f"any of your {one.answers} answers so far"
        return f"It couldn't be {'heard' if one.unheard else 'judged'} in {which}."
    last = last_answers(one.judged, unheard=one.unheard, unjudged=one.unjudged)
    if one.judged == 1:
        return f"It {'came up' if one.covered else 'did not come up'} in {last}."
    return f"It came up in {one.covered or 'none'} of {last}."
