"""How an interview was spoken, answer by answer, and which way it went, in a sentence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rehearse.delivery import USUAL_PACE
from rehearse.domain.answer import Answer, Source
from rehearse.domain.interview import FOLLOW_UP_ANSWER, FOLLOW_UP_SHORT
from rehearse.domain.rehearsal import Clock, clock_text
from rehearse.reports.asked import Asked

PACE_CHANGE = 0.1
"""Share of the pace by which it must have changed to be called faster or slower."""
FILLER_CHANGE = 1.5
"""Fillers a minute by which they must have changed to be called more or fewer."""
LEAST_SPOKEN = 5.0
"""Seconds of an answer under which its rates say nothing."""


LEAST_HALF = 60.0
"""Seconds that the answers of each half must have taken together for anything to be said of the way it went."""
LEAST_FILLERS = 4
"""Fillers of both halves together under which nothing is said of theirs: one more or less would change it."""


class Length(StrEnum):
    """How long an answer was against its time."""

    SHORT = "short"
    GOOD = ""
    OVER = "over time"


@dataclass(frozen=True)
class SpokenTurn:
    """The figures of one spoken answer."""

    name: str
    """"2" for the answer to question 2, "2a" for the first follow-up's."""
    number: int
    """Of the question, from 1."""
    answer_id: str
    seconds: float
    limit: int | None
    """Seconds it should have taken at most; None where the scenario is gone."""
    length: Length
    words_per_minute: float
    fillers_per_minute: float
    pauses: int
    """Over two seconds."""
    fillers: int
    """How many there were."""

    @property
    def lasted(self) -> str:
        """`1:12 of 2:00`, and whether that is short or over time."""
        of = f" of {clock_text(self.limit)}" if self.limit else ""
        return f"{clock_text(self.seconds)}{of}{f', {self.length.value}' if self.length.value else ''}"


def spoken_turns(asked: Sequence[Asked]) -> tuple[SpokenTurn, ...]:
    """Of every answer that was spoken, in the order they were given; nothing of those that were typed, or silent."""
    return tuple(turn for one in asked for turn in _turns(one))


def _turns(one: Asked) -> Iterator[SpokenTurn]:
    for name, answer in one.turns():
        figures = answer.delivery
        if figures is None or not answer.transcript.timed or not answer.transcript.words:
            continue
        chosen = answer.settings.get("answer_seconds")
        given = chosen if isinstance(chosen, int) and not isinstance(chosen, bool) and chosen > 0 else None
        clock = _clock(one, given, further=answer.follow_up_of is not None)
        yield SpokenTurn(
            name,
            one.number,
            answer.id,
            answer.duration,
            clock.answer if clock else given,
            _length(answer.duration, clock),
            figures.words_per_minute,
            figures.fillers_per_minute,
            len(figures.pauses),
            len(figures.fillers),
        )


def without_figures(asked: Sequence[Asked]) -> tuple[str, ...]:
    """Of every answer that isn't among the spoken turns, why, as a sentence."""
    told = {turn.answer_id for turn in spoken_turns(asked)}
    return tuple(_why_not(name, answer) for one in asked for name, answer in one.turns() if answer.id not in told)


def _why_not(name: str, answer: Answer) -> str:
    if answer.source is Source.TYPED:
        return f"Answer {name} was typed."
    if not answer.transcript.words:
        return f"In answer {name} no words were heard."
    return f"Answer {name} has no figures."


def _clock(one: Asked, given: int | None, *, further: bool) -> Clock | None:
    """The times an answer was given under; None where its scenario is gone."""
    if further:
        return Clock(think=0, answer=given or FOLLOW_UP_ANSWER, short=FOLLOW_UP_SHORT)
    scenarios = {scenario.id: scenario for scenario in one.guide.scenarios} if one.guide else {}
    scenario = scenarios.get(one.question.scenario_id)
    return Clock.of(scenario, answer=given) if scenario else None


def _length(seconds: float, clock: Clock | None) -> Length:
    if clock is None or clock.short <= seconds <= clock.answer:
        return Length.GOOD
    return Length.SHORT if seconds < clock.short else Length.OVER


def trend(turns: Sequence[SpokenTurn]) -> str:
    """Which way pace and fillers went from the first half of the answers to the second, in a sentence.

    Longer answers weigh more; of an odd number the middle one counts for neither half. "" where either half is shorter
    than `LEAST_HALF`; nothing is said of fewer fillers than `LEAST_FILLERS`.
    """
    told = [turn for turn in turns if turn.seconds >= LEAST_SPOKEN and turn.words_per_minute]
    half = len(told) // 2
    if not half:
        return ""
    first, second = told[:half], told[-half:]
    if min(sum(turn.seconds for turn in part) for part in (first, second)) < LEAST_HALF:
        return ""
    pace, later = (_mean(part, lambda one: one.words_per_minute) for part in (first, second))
    fillers, still = (_mean(part, lambda one: one.fillers_per_minute) for part in (first, second))
    faster = abs(later - pace) > PACE_CHANGE * pace
    enough = sum(turn.fillers for turn in (*first, *second)) >= LEAST_FILLERS
    more = enough and abs(still - fillers) > FILLER_CHANGE
    if not faster and not more:
        if not enough:
            return f"Your pace stayed much the same: {later:.0f} words a minute."
        return f"Pace and fillers stayed much the same: {later:.0f} words and {still:.1f} fillers a minute."
    way = "faster" if later > pace else "slower"
    low, high = USUAL_PACE
    usual = "" if low <= later <= high else f"; usual is {low} to {high}"
    speed = f"you spoke {way} ({pace:.0f}, then {later:.0f} words a minute{usual})"
    count = f"used {'more' if still > fillers else 'fewer'} fillers ({fillers:.1f}, then {still:.1f} a minute)"
    parts = [speed] if faster else []
    if more:
        parts.append(count if faster else f"you {count}")
    return f"As it went on {' and '.join(parts)}."


def _mean(turns: Sequence[SpokenTurn], figure: Callable[[SpokenTurn], float]) -> float:
    """Weighted by the seconds of each."""
    return sum(figure(turn) * turn.seconds for turn in turns) / sum(turn.seconds for turn in turns)
