"""What to drill next over all guides that are practised, and why, in a sentence a person can check."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.wording import counted, last_answers
from rehearse.history.attempts import Attempt, Tried
from rehearse.history.progress import RecentSection, mistake_frequencies, recent_section
from rehearse.history.weighing import Weights, absence, is_last_day, is_near, likelihood, need, weights

DAY_SECONDS = 86_400
LONG_DAYS = 60
"""From so many days on the date itself is said."""


@dataclass(frozen=True)
class Practice:
    """What somebody has done with one guide."""

    guide: Guide
    attempts: Sequence[Attempt]
    """The latest, oldest first."""
    tried: Mapping[str, Tried]
    """When each scenario was answered last, and how often, by its id; those that never were are left out."""

    @property
    def current(self) -> list[Attempt]:
        """The attempts at what the guide still asks, judged or not."""
        scenarios = {scenario.id for scenario in self.guide.scenarios}
        return [one for one in self.attempts if one.scenario_id in scenarios]

    @property
    def judged(self) -> list[Attempt]:
        """The attempts that say how things stand: marked ones, at what the guide still asks."""
        return [one for one in self.current if one.sections]

    @property
    def tried_judged(self) -> dict[str, Tried]:
        """The scenarios that the guide still has and of which an answer was marked: the others count as untried."""
        scenarios = {scenario.id for scenario in self.guide.scenarios}
        return {name: one for name, one in self.tried.items() if name in scenarios and one.times}


@dataclass(frozen=True)
class Suggestion:
    """The next thing to drill."""

    guide_id: str
    scenario_id: str
    reason: str
    """A few words for the end of a line: `Monitoring in 2 of 5 answers`."""
    why: str
    """A sentence."""
    section_id: str | None = None
    """The section to attend to, if that is the reason."""
    mistake_id: str | None = None
    """The mistake to avoid, if that is the reason."""


@dataclass(frozen=True)
class _Candidate:
    suggestion: Suggestion
    score: float
    share: float = 0.0
    """Of two sections that are as weak, the one that should take more of the time comes first."""


def suggest(practised: Sequence[Practice], now: datetime, days_left: int | None = None) -> Suggestion | None:
    """The drill with the highest score, see `weighing`; None where nothing was practised.

    What wasn't judged doesn't count as tried. Of equals the first counts, in the order of `practised`; within a guide
    sections come first, then mistakes, then what wasn't tried, then what was tried longest ago.

    Args:
        practised: the guides that were practised.
        now: UTC.
        days_left: until the interview; None where there is no date, or it has passed.
    """
    judged = sum(one.times for practice in practised for one in practice.tried.values())
    candidates = [
        candidate for practice in practised for candidate in _OfGuide(practice, now, days_left, judged).candidates()
    ]
    best = max(candidates, key=lambda one: (round(one.score, 6), one.share), default=None)
    return best.suggestion if best else None


class _OfGuide:
    """The drills that one guide offers."""

    def __init__(self, practice: Practice, now: datetime, days_left: int | None, judged_in_all: int) -> None:
        self.guide, self.now, self.days_left = practice.guide, now, days_left
        self.known, self.tried = practice.judged, practice.tried_judged
        self.given = practice.current
        self.weights: Weights = weights(days_left)
        answers = sum(one.times for one in self.tried.values())
        self.factor = likelihood(answers, judged_in_all) if is_last_day(days_left) else 1.0

    def candidates(self) -> Iterator[_Candidate]:
        """All of them."""
        if not self.known or not self.tried:
            yield self._start()
            return
        yield from self._sections()
        yield from self._mistakes()
        yield from self._untried()
        yield from self._tried_before()

    def _start(self) -> _Candidate:
        first = min(self.guide.scenarios, key=lambda one: one.level)
        why = f"Start with “{first.title}”: nothing has been tried yet."
        return self._candidate(Suggestion(self.guide.id, first.id, "nothing tried yet", why), self.weights.untried)

    def _sections(self) -> Iterator[_Candidate]:
        for section in self.guide.sections:
            recent = recent_section(self.given, section.id)
            if recent.missed_last is None:
                continue
            touched = recent.missed_last.sections[section.id] is SectionState.THIN
            once = "was only touched" if touched else "didn't come up"
            found = Suggestion(
                self.guide.id,
                recent.missed_last.scenario_id,
                f"{section.title} {_came_up_shortly(recent.covered, recent.judged, once)}",
                f"{section.title} {_came_up(recent, once)}.",
                section_id=section.id,
            )
            yield self._candidate(found, self.weights.section * need(recent.missed, recent.judged), section.share[1])

    def _mistakes(self) -> Iterator[_Candidate]:
        titles = {mistake.id: mistake.title for mistake in self.guide.mistakes}
        for one in mistake_frequencies(self.given):
            if one.mistake_id not in titles or one.made_recently < 2:
                continue
            times, judged, title = one.made_recently, one.judged_recently, titles[one.mistake_id]
            last = last_answers(judged, unjudged=one.unjudged_recently)
            found = Suggestion(
                self.guide.id,
                self.known[-1].scenario_id,
                f"“{title}” in {times} of {judged} answers",
                f"“{title}” happened in {times} of {last}.",
                mistake_id=one.mistake_id,
            )
            yield self._candidate(found, self.weights.mistake * need(times, judged))

    def _untried(self) -> Iterator[_Candidate]:
        untried = [scenario for scenario in self.guide.scenarios if scenario.id not in self.tried]
        if not untried or is_last_day(self.days_left):
            return
        easiest: Scenario = min(untried, key=lambda one: one.level)
        reason, why = "not tried yet", f"“{easiest.title}” hasn't been tried yet"
        if is_near(self.days_left):
            left = counted(self.days_left or 0, "day")
            reason, why = f"{reason}, interview in {left}", f"{why}, and the interview is in {left}"
        found = Suggestion(self.guide.id, easiest.id, reason, f"{why}.")
        yield self._candidate(found, self.weights.untried)

    def _tried_before(self) -> Iterator[_Candidate]:
        """What was tried longest ago; on the last day what is practised most."""
        if is_last_day(self.days_left):
            most = max(self.tried, key=lambda scenario_id: self.tried[scenario_id].times)
            day = "today" if self.days_left == 0 else "tomorrow"
            why = f"The interview is {day}: “{self.guide.scenario(most).title}” is what you have practised most."
            found = Suggestion(self.guide.id, most, "once more, it is what you practise most", why)
            yield self._candidate(found, self.weights.once_more)
            return
        oldest = min(self.tried, key=lambda scenario_id: self.tried[scenario_id].last)
        days, when = self._days(self.tried[oldest].last), self._when(self.tried[oldest].last)
        why = f"“{self.guide.scenario(oldest).title}” was last tried {when}."
        found = Suggestion(self.guide.id, oldest, f"last tried {when}", why)
        yield _Candidate(found, self.factor * self.weights.absence * absence(days))

    def _candidate(self, found: Suggestion, score: float, share: float = 0.0) -> _Candidate:
        """With what is added for the time that the guide lies idle."""
        idle = min((self._days(one.last) for one in self.tried.values()), default=0.0)
        return _Candidate(found, self.factor * (score + self.weights.absence * absence(idle)), share)

    def _when(self, moment: datetime) -> str:
        days = int(self._days(moment))
        if days >= LONG_DAYS:
            return f"on {moment.astimezone():%Y-%m-%d}"
        return f"{days} days ago" if days > 1 else "yesterday" if days == 1 else "earlier today"

    def _days(self, moment: datetime) -> float:
        return (self.now - moment).total_seconds() / DAY_SECONDS


def _came_up(recent: RecentSection, once: str) -> str:
    last = last_answers(recent.judged, unheard=recent.unheard, unjudged=recent.unjudged)
    return f"{once} in {last}" if recent.judged == 1 else f"came up in {recent.covered or 'none'} of {last}"


def _came_up_shortly(times: int, answers: int, once: str) -> str:
    return once if answers == 1 else f"in {times or 'none'} of {answers} answers"
