"""The clockwork of a rehearsal; time is passed in, never read."""

from dataclasses import dataclass
from enum import Enum

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.guide import Guide, Scenario

GRACE_SECONDS = 20
"""After the time is up one may finish the sentence; then the answer ends by itself."""

JUST_BEGUN = 4.0
"""Seconds after an answer began by itself in which enter, pressed to begin, comes too late and would end it."""
PRESSED_TWICE = 0.5
"""Seconds after an answer was begun in which another enter is the same press once too often: nothing was said yet."""
JUST_SHOWN = 1.0
"""Seconds after one is asked what came up in which enter, pressed once too often to end the answer, would be an empty
guess."""


class Phase(Enum):
    """Where a rehearsal stands, in order."""

    THINKING = "thinking"
    SPEAKING = "speaking"
    FINALISING = "finalising"
    DONE = "done"


class Band(Enum):
    """How an answer's length stands against its scenario."""

    SHORT = "short so far"
    GOOD = "good length"
    CLOSING = "time to close"
    OVER = "over time"


@dataclass(frozen=True)
class Clock:
    """The times of one rehearsal, in seconds."""

    think: int
    answer: int
    short: int
    """Under this an answer is too short."""
    grace: int = GRACE_SECONDS

    @classmethod
    def of(cls, scenario: Scenario, think: int | None = None, answer: int | None = None) -> "Clock":
        """The scenario's times, or the user's where they are given; `short` scales with the answer's time."""
        chosen = answer or scenario.answer_seconds
        return cls(
            think or scenario.think_seconds, chosen, round(scenario.short_seconds * chosen / scenario.answer_seconds)
        )

    def band(self, elapsed: float) -> Band:
        """How `elapsed` seconds of answer stand."""
        if elapsed < self.short:
            return Band.SHORT
        if elapsed < self.answer - 15:
            return Band.GOOD
        return Band.CLOSING if elapsed <= self.answer else Band.OVER

    def must_end(self, elapsed: float) -> bool:
        """Time and grace are used up."""
        return elapsed >= self.answer + self.grace

    def ends_in(self, elapsed: float) -> float | None:
        """Seconds of grace that are left; None while the time isn't up."""
        return self.answer + self.grace - elapsed if elapsed >= self.answer else None


@dataclass(frozen=True)
class Plan:
    """What is about to be rehearsed."""

    guide_id: str
    scenario: Scenario
    question: str
    clock: Clock
    mode: Mode
    source: Source
    follow_up_of: str | None = None
    """Id of the answer this one follows up."""
    follow_up_section: str | None = None
    series_id: str | None = None
    """Id of the interview or drill that the answer will belong to."""
    shortened: bool = False
    """There is less time than a whole answer takes: it counts as no attempt at the question."""
    lead: str = ""
    """What the interviewer says before the question."""


def plan_for(
    guide: Guide,
    scenario: Scenario,
    source: Source,
    *,
    mode: Mode = Mode.COACHED,
    think: int | None = None,
    answer: int | None = None,
) -> Plan:
    """The plan of a first answer to a scenario's question; times in seconds, the scenario's where not given."""
    return Plan(guide.id, scenario, scenario.question, Clock.of(scenario, think, answer), mode, source)


def follow_up_plan(guide: Guide, first: Answer, section_id: str, mode: Mode) -> Plan:
    """The interviewer's question about a section that `first` left out: less time, the same scenario."""
    scenario = guide.scenario(first.scenario_id)
    return Plan(
        guide.id,
        scenario,
        guide.section(section_id).follow_up,
        Clock(think=10, answer=45, short=10),
        mode,
        Source.MICROPHONE,
        follow_up_of=first.id,
        follow_up_section=section_id,
    )


FROM_QUIZ = "quiz"
"""Stands for the first answer's id where nothing was answered before: the quiz asked."""


def section_drill(guide: Guide, section_id: str, mode: Mode) -> Plan:
    """The interviewer's question about one section, without an answer before it: only that section is marked."""
    return Plan(
        guide.id,
        guide.scenarios[0],
        guide.section(section_id).follow_up,
        Clock(think=10, answer=45, short=10),
        mode,
        Source.MICROPHONE,
        follow_up_of=FROM_QUIZ,
        follow_up_section=section_id,
    )


def clock_text(seconds: float) -> str:
    """`1:12` for 72 seconds; negative times count as zero."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"
