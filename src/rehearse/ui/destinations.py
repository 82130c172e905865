"""Where one can go, as values: screens ask for a destination and know nothing of the screen that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.quiz.modes import QuizMode

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.domain.answer import Answer
    from rehearse.domain.delivery import Delivery
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.domain.kinds import Mode
    from rehearse.domain.rehearsal import Plan


@dataclass(frozen=True)
class Home:
    """The first screen."""

    notice: str = ""
    """Said there once."""


@dataclass(frozen=True)
class Rehearse:
    """An answer aloud."""

    guide: Guide
    plan: Plan
    back: Review | None = None
    """Where one who gives no answer goes back to: the review whose place this took; None: to what lies below."""


@dataclass(frozen=True)
class Demo:
    """A rehearsal by a synthesised candidate."""

    guide: Guide
    scenario: Scenario


@dataclass(frozen=True)
class ChooseFile:
    """Which sound file is the answer?"""

    guide: Guide
    scenario: Scenario
    given: str = ""
    """A path that was tried before."""
    problem: str = ""
    """What was wrong with it."""


@dataclass(frozen=True)
class MarkFile:
    """A sound file as the answer."""

    guide: Guide
    scenario: Scenario
    path: Path
    mode: Mode


@dataclass(frozen=True)
class TypeAnswer:
    """An answer typed or pasted."""

    guide: Guide
    plan: Plan
    """What is asked; its clock doesn't run."""
    back: Review | None = None
    """As of an answer aloud."""


@dataclass(frozen=True)
class Recover:
    """An answer that was cut off, from its recording."""

    guide: Guide
    answer: Answer


@dataclass(frozen=True)
class SectionDrill:
    """One section in rounds."""

    guide: Guide
    section_id: str
    after: Answer | None = None
    """The answer in which it was weak, or one of a drill that goes on."""


@dataclass(frozen=True)
class Ladder:
    """One question in less and less time."""

    guide: Guide
    scenario: Scenario
    series_id: str | None = None
    """Of the one to look at; None goes on with what is unfinished, or begins."""


@dataclass(frozen=True)
class SaidAnew:
    """An answer in other words."""

    guide: Guide
    answer: Answer


@dataclass(frozen=True)
class DrillRound:
    """An answer that belongs to a drill."""

    guide: Guide
    plan: Plan
    title: str
    """Which drill; stands in the heading."""
    place: str
    """Which round of it."""
    typed: bool = False


@dataclass(frozen=True)
class Finished:
    """An answer that was just marked: in an exam one's own guess comes first, else the review."""

    guide: Guide
    answer: Answer


@dataclass(frozen=True)
class Review:
    """A kept answer with its marks."""

    guide: Guide
    answer: Answer
    at_word: int | None = None
    """The word to begin at; None for the marks."""
    again: bool = False
    """It was left and is come back to: the answer may have been changed since."""


@dataclass(frozen=True)
class Compare:
    """An answer beside an earlier one, or beside the sample answer."""

    guide: Guide
    answer: Answer
    earlier: Answer | None = None


@dataclass(frozen=True)
class HowSpoken:
    """How an answer was spoken; the screen gives back a moment to hear, in seconds of the answer, or None."""

    guide: Guide
    delivery: Delivery
    audible: bool
    """There is a recording to hear them in."""


@dataclass(frozen=True)
class Export:
    """Answers as files."""

    answer_ids: tuple[str, ...]


@dataclass(frozen=True)
class SecondOpinion:
    """What friends think of an answer's marks; the screen gives back the opinions that are kept when it is left."""

    answer: Answer


@dataclass(frozen=True)
class History:
    """Past answers."""


@dataclass(frozen=True)
class Progress:
    """How it goes over time."""

    guide: Guide


@dataclass(frozen=True)
class Quiz:
    """The quick quiz."""

    guide_id: str | None = None
    """Whose cards; None for those of all guides that were begun."""
    mode: QuizMode = QuizMode.DUE
    section_id: str | None = None
    alone: bool = False
    """Leaving it leaves the app."""


@dataclass(frozen=True)
class Study:
    """A guide to be read."""

    guide: Guide
    chapter_id: str = "question"
    """As in `guides.chapters`."""


@dataclass(frozen=True)
class PlanInterview:
    """What an interview will ask; begins it."""

    guide_ids: tuple[str, ...] = ()
    """Whose questions; none: those practised."""
    minutes: int | None = None
    """None: as in the settings."""
    follow_ups: int | None = None
    """None: as in the settings."""


@dataclass(frozen=True)
class RunInterview:
    """An interview, from where it stands."""

    interview_id: str


@dataclass(frozen=True)
class InterviewReport:
    """What an interview showed."""

    interview_id: str
    fresh: bool = False
    """It was held just now."""


@dataclass(frozen=True)
class ExportInterview:
    """The report on an interview as files."""

    interview_id: str


@dataclass(frozen=True)
class PastInterviews:
    """Interviews that were held or broken off."""


@dataclass(frozen=True)
class CheckMicrophone:
    """Level and words of a few seconds; the screen gives back whether to go on."""

    first_time: bool = False


@dataclass(frozen=True)
class ChangeSettings:
    """The settings."""


Destination = (
    Home
    | Rehearse
    | Demo
    | ChooseFile
    | MarkFile
    | TypeAnswer
    | Recover
    | SectionDrill
    | Ladder
    | SaidAnew
    | DrillRound
    | Finished
    | Review
    | Compare
    | HowSpoken
    | Export
    | SecondOpinion
    | History
    | Progress
    | Quiz
    | Study
    | PlanInterview
    | RunInterview
    | InterviewReport
    | ExportInterview
    | PastInterviews
    | CheckMicrophone
    | ChangeSettings
)
