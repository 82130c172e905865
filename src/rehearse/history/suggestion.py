"""What to drill next, and why, in a sentence a person can check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide, Scenario
from rehearse.history.attempts import Attempt
from rehearse.history.progress import RECENT, mistake_frequencies

WEAK = 0.6
"""A section covered in less than this share of the recent answers is what to work on."""


@dataclass(frozen=True)
class Suggestion:
    """The next thing to drill."""

    scenario_id: str
    why: str
    """A sentence."""
    section_id: str | None = None
    """The section to attend to, if that is the reason."""
    mistake_id: str | None = None
    """The mistake to avoid, if that is the reason."""


def suggest(attempts: Sequence[Attempt], guide: Guide, now: datetime) -> Suggestion:
    """The next drill from the attempts at one guide, oldest first; what wasn't judged doesn't count as tried.

    The first that applies: nothing tried yet; the weakest section of late; the most frequent mistake of late, from
    two times on; the easiest scenario not tried; the one that was tried longest ago.
    """
    scenarios = {scenario.id: scenario for scenario in guide.scenarios}
    known = [attempt for attempt in attempts if attempt.scenario_id in scenarios and attempt.sections]
    untried = [one for one in guide.scenarios if all(attempt.scenario_id != one.id for attempt in known)]
    easiest = min(untried, key=lambda one: one.level, default=None)
    if not known:
        start = easiest or guide.scenarios[0]
        return Suggestion(start.id, f"Start with “{start.title}”: nothing has been tried yet.")
    return (
        _weak_section(known, guide)
        or _frequent_mistake(known, guide)
        or _untried(easiest)
        or _longest_ago(known, guide, now)
    )


def _weak_section(known: Sequence[Attempt], guide: Guide) -> Suggestion | None:
    weakest, least = None, WEAK
    for section in guide.sections:
        judged = [attempt for attempt in known if section.id in attempt.sections][-RECENT:]
        covered = sum(attempt.sections[section.id] is SectionState.COVERED for attempt in judged)
        if judged and covered / len(judged) < least:
            least = covered / len(judged)
            missed = [one for one in judged if one.sections[section.id] is not SectionState.COVERED]
            why = f"{section.title} {_came_up(covered, len(judged))}."
            weakest = Suggestion(missed[-1].scenario_id, why, section_id=section.id)
    return weakest


def _frequent_mistake(known: Sequence[Attempt], guide: Guide) -> Suggestion | None:
    titles = {mistake.id: mistake.title for mistake in guide.mistakes}
    often = [one for one in mistake_frequencies(known) if one.mistake_id in titles and one.made_recently > 1]
    if not often:
        return None
    worst = max(often, key=lambda one: one.made_recently / one.judged_recently)
    title = titles[worst.mistake_id]
    why = f"“{title}” happened in {_of(worst.made_recently, worst.judged_recently)}."
    return Suggestion(known[-1].scenario_id, why, mistake_id=worst.mistake_id)


def _came_up(times: int, answers: int) -> str:
    if answers == 1:
        return "didn't come up in your last answer"
    return f"came up in {_of(times, answers) if times else f'none of your last {answers} answers'}"


def _of(times: int, answers: int) -> str:
    return f"{times} of your last {answers} answers"


def _untried(easiest: Scenario | None) -> Suggestion | None:
    return Suggestion(easiest.id, f"“{easiest.title}” hasn't been tried yet.") if easiest else None


def _longest_ago(known: Sequence[Attempt], guide: Guide, now: datetime) -> Suggestion:
    latest = {attempt.scenario_id: attempt for attempt in known}
    oldest = min(latest.values(), key=lambda attempt: attempt.created_at)
    days = (now - oldest.created_at).days
    title = guide.scenario(oldest.scenario_id).title
    when = f"{days} days ago" if days > 1 else "yesterday" if days == 1 else "earlier today"
    return Suggestion(oldest.scenario_id, f"All sections come up of late; “{title}” was last tried {when}.")
