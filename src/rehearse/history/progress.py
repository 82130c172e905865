"""How practice goes over time: pure figures for a progress screen, from light records of the answers.

Every function takes attempts oldest first, as `AnswerStore.attempts` gives them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

from rehearse.domain.coverage import MistakeState, SectionState
from rehearse.domain.guide import Guide
from rehearse.history.attempts import Attempt

RECENT = 5
"""How many of the last answers "recently" means."""


@dataclass(frozen=True)
class MatrixColumn:
    """One column of the heat map: one answer, or several in a row where there are more than columns."""

    first: datetime
    last: datetime
    attempts: int
    covered: Mapping[str, float]
    """Share (0..1) of the answers in which a section was covered; sections that weren't judged are left out."""


def coverage_matrix(attempts: Sequence[Attempt], columns: int) -> tuple[MatrixColumn, ...]:
    """Coverage by section over time, in at most `columns` columns of as many answers each as can be."""
    judged = [attempt for attempt in attempts if attempt.sections]
    count = min(columns, len(judged))
    cuts = [index * len(judged) // count for index in range(count + 1)] if count else []
    return tuple(_column(judged[start:end]) for start, end in pairwise(cuts))


def _column(attempts: Sequence[Attempt]) -> MatrixColumn:
    covered: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for attempt in attempts:
        states = _judged(attempt)
        judged.update(states.keys())
        covered.update(name for name, state in states.items() if state is SectionState.COVERED)
    shares = {name: covered[name] / times for name, times in judged.items()}
    return MatrixColumn(attempts[0].created_at, attempts[-1].created_at, len(attempts), shares)


def _judged(attempt: Attempt) -> Mapping[str, SectionState]:
    """Sections that were: of one that couldn't be heard nobody knows whether it came up."""
    return {name: state for name, state in attempt.sections.items() if state is not SectionState.UNCLEAR}


@dataclass(frozen=True)
class RecentSection:
    """How a section went in the last `RECENT` answers in which it was judged."""

    covered: int
    judged: int
    """0 where it never was."""
    missed_last: Attempt | None
    """The newest of them in which it wasn't covered; None where it was in all."""
    unheard: int = 0
    """In how many of the answers since the first one that counts it couldn't be heard; of all where none counts."""
    unjudged: int = 0
    """In how many of the same it wasn't judged."""

    @property
    def missed(self) -> int:
        """In how many of them it wasn't covered: touching it isn't enough."""
        return self.judged - self.covered


def recent_section(attempts: Sequence[Attempt], section_id: str) -> RecentSection:
    """How often a section came up of late."""
    judged = [attempt for attempt in attempts if section_id in _judged(attempt)][-RECENT:]
    missed = [attempt for attempt in judged if attempt.sections[section_id] is not SectionState.COVERED]
    return RecentSection(
        len(judged) - len(missed),
        len(judged),
        missed[-1] if missed else None,
        *_passed_over(attempts, section_id, len(judged)),
    )


def _passed_over(attempts: Sequence[Attempt], section_id: str, judged: int) -> tuple[int, int]:
    """In how many attempts it wasn't heard, and wasn't judged, since the first of the last `judged` that count."""
    states = [attempt.sections.get(section_id) for attempt in attempts]
    if judged:
        counting = [at for at, state in enumerate(states) if state not in (SectionState.UNCLEAR, None)]
        states = states[counting[-judged] :]
    return states.count(SectionState.UNCLEAR), states.count(None)


@dataclass(frozen=True)
class MistakeFrequency:
    """How often a mistake was made, of the answers in which it was judged."""

    mistake_id: str
    made: int
    judged: int
    made_recently: int
    """Among the last `RECENT` answers in which it was judged."""
    judged_recently: int
    unjudged_recently: int
    """In how many of the answers since the first of those it wasn't judged."""


def mistake_frequencies(attempts: Sequence[Attempt]) -> tuple[MistakeFrequency, ...]:
    """All mistakes that were ever judged, the most frequent first."""
    verdicts: dict[str, list[tuple[int, bool]]] = {}
    for at, attempt in enumerate(attempts):
        for mistake, state in attempt.mistakes.items():
            if state is not MistakeState.OPEN:
                verdicts.setdefault(mistake, []).append((at, state is MistakeState.MADE))
    frequencies = (_frequency(mistake, judged, len(attempts)) for mistake, judged in verdicts.items())
    return tuple(sorted(frequencies, key=lambda one: (-one.made / one.judged, -one.made_recently)))


def _frequency(mistake_id: str, verdicts: Sequence[tuple[int, bool]], attempts: int) -> MistakeFrequency:
    """From whether it was made, each time with the index of the attempt among so many."""
    recent, made = verdicts[-RECENT:], [made for _, made in verdicts]
    first, judged = recent[0][0], len(recent)
    return MistakeFrequency(
        mistake_id, sum(made), len(made), sum(made[-RECENT:]), judged, unjudged_recently=attempts - first - judged
    )


@dataclass(frozen=True)
class TrendPoint:
    """Pace and fillers of one spoken answer."""

    at: datetime
    words_per_minute: float
    fillers_per_minute: float


def trend(attempts: Sequence[Attempt]) -> tuple[TrendPoint, ...]:
    """Pace and fillers over time; typed answers have none and are left out."""
    return tuple(
        TrendPoint(attempt.created_at, attempt.words_per_minute, attempt.fillers_per_minute or 0.0)
        for attempt in attempts
        if attempt.words_per_minute is not None
    )


@dataclass(frozen=True)
class Calendar:
    """On which days there was practice."""

    days: Mapping[date, int]
    """Answers of each day with any."""
    streak: int
    """Days in a row up to today, or up to yesterday where there was no practice yet today."""
    best_streak: int


def practice_calendar(attempts: Sequence[Attempt], now: datetime, zone: tzinfo = UTC) -> Calendar:
    """The days of practice as they were in the time zone `zone`."""
    days = Counter(attempt.created_at.astimezone(zone).date() for attempt in attempts)
    one = timedelta(days=1)
    runs: dict[date, int] = {}
    for day in sorted(days):
        runs[day] = runs.get(day - one, 0) + 1
    today = now.astimezone(zone).date()
    return Calendar(days, runs.get(today, runs.get(today - one, 0)), max(runs.values(), default=0))


@dataclass(frozen=True)
class SelfKnowledge:
    """How well the user knows, right after an exam answer, what came up in it."""

    exams: int
    right: int
    """Sections believed and covered, or neither."""
    judged: int
    believed_in_vain: Mapping[str, int]
    """Section id to how often it was believed to have come up and hadn't."""
    underrated: Mapping[str, int]
    """Section id to how often it came up and wasn't believed to."""


def self_knowledge(attempts: Sequence[Attempt]) -> SelfKnowledge:
    """Guesses before the reveal against the marks."""
    exams = [(attempt, set(attempt.guess)) for attempt in attempts if attempt.guess is not None and attempt.sections]
    vain: Counter[str] = Counter()
    under: Counter[str] = Counter()
    for attempt, guess in exams:
        covered = {name for name, state in attempt.sections.items() if state is SectionState.COVERED}
        vain.update((guess & attempt.sections.keys()) - covered)
        under.update(covered - guess)
    judged = sum(len(attempt.sections) for attempt, _ in exams)
    return SelfKnowledge(len(exams), judged - vain.total() - under.total(), judged, vain, under)


def self_knowledge_note(knowledge: SelfKnowledge, guide: Guide) -> str | None:
    """What the guesses say, in a sentence or two; None without exams."""
    if not knowledge.judged:
        return None
    titles = {section.id: section.title for section in guide.sections}
    said = f"You judged {knowledge.right} of {knowledge.judged} sections rightly."
    vain = [(times, name) for name, times in knowledge.believed_in_vain.items() if name in titles]
    if vain and max(vain)[0] > 1:
        times, name = max(vain)
        said += f" {titles[name]} hadn't come up {times} times when you believed it had."
    return said


@dataclass(frozen=True)
class Progress:
    """All figures of the progress screen for one guide."""

    attempts: int
    """Those that were judged."""
    matrix: tuple[MatrixColumn, ...]
    mistakes: tuple[MistakeFrequency, ...]
    trend: tuple[TrendPoint, ...]
    calendar: Calendar
    knowledge: SelfKnowledge


def progress(attempts: Sequence[Attempt], now: datetime, *, columns: int = 30, zone: tzinfo = UTC) -> Progress:
    """Everything at once; `columns` is how many the heat map may have."""
    return Progress(
        sum(1 for attempt in attempts if attempt.sections),
        coverage_matrix(attempts, columns),
        mistake_frequencies(attempts),
        trend(attempts),
        practice_calendar(attempts, now, zone),
        self_knowledge(attempts),
    )
