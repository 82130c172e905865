"""How much each reason for a drill weighs, before the interview is near, when it is, and on the last day.

A drill's score is `weight of its kind * need + weight of absence * absence`; the highest is proposed:

| kind       | need (0 to 1)                                           | far  | near | last day |
|------------|---------------------------------------------------------|------|------|----------|
| a section  | times left out / (times judged + 1), of the last five   | 1.0  | 1.0  | 1.0      |
| a mistake  | times made / (times judged + 1), of the last five       | 0.9  | 0.6  | 0.6      |
| not tried  | 1                                                       | 0.22 | 0.75 | 0        |
| once more  | 1                                                       | 0    | 0    | 0.1      |
| absence    | 1 - 2^(-days since it was practised / 14)               | 0.3  | 0.6  | 0        |

Far means two weeks or more, or no date; near means two days; in between the weights go over evenly from one to the
other: breadth, that is what was never tried or not for long, comes before polish. On the last day (the one before the
interview, and its own) nothing new is begun, and each score is multiplied by how likely the question is, `0.5 + 0.5 *
the guide's share of all answers`: people practise most what they expect to be asked.

The one in `judged + 1` keeps a single answer from outweighing a habit: left out in a single answer is 0.5, in five of
five 0.83.
"""

from dataclasses import astuple, dataclass
from math import exp2

FAR_DAYS = 14
"""Days before the interview from which on breadth gains weight."""
NEAR_DAYS = 2
LAST_DAYS = 1
"""The day before the interview and the interview's own."""
HALF_DAYS = 14
"""Days after which half of a practice is thought to be gone."""


@dataclass(frozen=True)
class Weights:
    """What each kind of reason weighs."""

    section: float
    mistake: float
    untried: float
    once_more: float
    absence: float


FAR = Weights(section=1.0, mistake=0.9, untried=0.22, once_more=0.0, absence=0.3)
NEAR = Weights(section=1.0, mistake=0.6, untried=0.75, once_more=0.0, absence=0.6)
LAST = Weights(section=1.0, mistake=0.6, untried=0.0, once_more=0.1, absence=0.0)


def weights(days_left: int | None) -> Weights:
    """The weights so many days before the interview; None where there is no date, or it has passed."""
    if days_left is None or days_left >= FAR_DAYS:
        return FAR
    if is_last_day(days_left):
        return LAST
    nearness = min(1.0, (FAR_DAYS - days_left) / (FAR_DAYS - NEAR_DAYS))
    mixed = [far + nearness * (near - far) for far, near in zip(astuple(FAR), astuple(NEAR), strict=True)]
    return Weights(*mixed)


def is_last_day(days_left: int | None) -> bool:
    """There is no time for anything new."""
    return days_left is not None and days_left <= LAST_DAYS


def is_near(days_left: int | None) -> bool:
    """The interview's date has a say."""
    return days_left is not None and days_left < FAR_DAYS


def need(times: int, judged: int) -> float:
    """How much there is to mend where something went wrong so many times of those it was judged."""
    return times / (judged + 1)


def absence(days: float) -> float:
    """How much of a practice so many days ago is gone; a date to come counts as today."""
    return 1.0 - exp2(-max(0.0, days) / HALF_DAYS)


def likelihood(answers: int, of_all: int) -> float:
    """How likely a guide's question is thought to be asked, from how many of all answers were given to it."""
    return 0.5 + 0.5 * answers / of_all if of_all else 1.0
