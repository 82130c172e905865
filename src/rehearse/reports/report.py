"""What an interview showed: coverage and mistakes by question, delivery, moments, and what to drill next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.interview import Interview
from rehearse.domain.languages import other_language_line
from rehearse.domain.wording import counted
from rehearse.reports.asked import Asked, asked_in
from rehearse.reports.fates import Fate, Standing, fate_of
from rehearse.reports.moments import Moment, best_moments, made_mistakes, weakest_moments
from rehearse.reports.spoken import SpokenTurn, spoken_turns, trend, without_figures

__all__ = ["Fate", "InterviewReport", "MistakeLine", "NextDrill", "QuestionReport", "SectionLine", "build_report"]


_OTHERS = {
    Fate.TOO_SHORT: "too little said to {0}",
    Fate.OTHER_LANGUAGE: "too little in English to {0}",
    Fate.SKIPPED: "{0} skipped",
    Fate.TRASHED: "the {1} to {0} in the trash",
    Fate.DELETED: "the {1} to {0} deleted",
    Fate.UNMARKED: "the {1} to {0} never marked",
}
"""How the summary lists the questions of a fate, and their answers."""


@dataclass(frozen=True)
class SectionLine:
    """A section of the framework, over the answer and what was said when asked."""

    section_id: str
    title: str
    state: SectionState
    when_asked: bool
    """It took a follow-up question."""
    quote: str = ""
    """The words that earned it."""
    answer_id: str = ""
    """Whose words these are."""


@dataclass(frozen=True)
class MistakeLine:
    """A mistake that was made."""

    mistake_id: str
    title: str
    reason: str
    quote: str = ""
    made_good: bool = False
    """What was lacking was told when asked."""


@dataclass(frozen=True)
class QuestionReport:
    """One question."""

    number: int
    """From 1."""
    guide_id: str
    guide_title: str
    scenario_id: str
    title: str
    words: str
    """As it was asked; "" where that isn't known any more."""
    fate: Fate
    answer_id: str | None
    """The answer to the question itself, where that can be looked at."""
    sections: tuple[SectionLine, ...] = ()
    mistakes: tuple[MistakeLine, ...] = ()
    further: tuple[str, ...] = ()
    """The follow-up questions that were answered, as they were asked."""
    gone: int = 0
    """How many of its follow-up answers were deleted."""

    @property
    def covered(self) -> int:
        """Sections that came up, asked or not."""
        return sum(one.state is SectionState.COVERED for one in self.sections)

    @property
    def when_asked(self) -> int:
        """Sections that came up in answers to follow-up questions alone."""
        return sum(one.state is SectionState.COVERED and one.when_asked for one in self.sections)

    @property
    def result(self) -> str:
        """In a line: "4/6 sections, 1 of them when asked; 1 mistake", or what else became of it."""
        if self.fate is not Fate.JUDGED:
            return self.fate.value
        asked = f", {self.when_asked} of them when asked" if self.when_asked else ""
        return f"{self.covered}/{len(self.sections)} sections{asked}; {counted(len(self.mistakes), 'mistake')}"


@dataclass(frozen=True)
class NextDrill:
    """What to drill next."""

    guide_id: str
    scenario_id: str
    title: str
    why: str


@dataclass(frozen=True)
class InterviewReport:
    """A whole interview."""

    interview_id: str
    begun_at: datetime
    """UTC."""
    ended_at: datetime | None
    """None where it was broken off."""
    goes_on: bool
    """Something is left to ask."""
    minutes: int
    """As it was planned."""
    spent: float
    """Seconds it took."""
    questions: tuple[QuestionReport, ...]
    spoken: tuple[SpokenTurn, ...]
    """Empty where all was typed."""
    trend: str
    """How pace and fillers went, in a sentence; "" where too little was spoken for that."""
    without_figures: tuple[str, ...]
    """Why answers aren't among the spoken ones, a sentence each."""
    best: tuple[Moment, ...]
    weakest: tuple[Moment, ...]
    next_drill: NextDrill | None = None

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All of them, the best first."""
        return self.best + self.weakest

    @property
    def answered(self) -> int:
        """Questions with an answer that is still there and was long enough to be judged."""
        return Standing(tuple(one.fate for one in self.questions)).answered

    @property
    def summary(self) -> str:
        """In a sentence or two: how much of it was answered, and how it went."""
        total = len(self.questions)
        said = f"{self.answered} of {counted(total, 'question')} answered"
        if self.goes_on:
            said = f"Broken off: {said} so far"
        said = ", ".join([said, *self._others()])
        judged = [one for one in self.questions if one.fate is Fate.JUDGED]
        if not judged:
            return f"{said}."
        covered, sections = sum(one.covered for one in judged), sum(len(one.sections) for one in judged)
        asked = sum(one.when_asked for one in judged)
        when = f", {asked} of them only when asked" if asked else ""
        mistakes = sum(len(one.mistakes) for one in judged)
        return f"{said}. {covered} of {sections} sections came up{when}; {counted(mistakes, 'mistake')}."

    def _others(self) -> Iterator[str]:
        """What became of the questions that don't count as answered."""
        for fate, phrase in _OTHERS.items():
            numbers = [str(one.number) for one in self.questions if one.fate is fate]
            if numbers:
                listed = _listed("question", numbers)
                yield phrase.format(listed, "answers" if len(numbers) > 1 else "answer")


def build_report(
    interview_id: str,
    interview: Interview,
    answers: Mapping[str, Answer],
    guides: Mapping[str, Guide],
    *,
    begun_at: datetime,
    ended_at: datetime | None,
) -> InterviewReport:
    """The report, but for what to drill next.

    Args:
        interview_id: where it is kept.
        interview: as it is kept.
        answers: by id, what is left of its answers, those in the trash too.
        guides: by id, those that can be read.
        begun_at: UTC.
        ended_at: UTC; None where it was broken off.
    """
    asked = asked_in(interview, answers, guides)
    turns = spoken_turns(asked)
    return InterviewReport(
        interview_id,
        begun_at,
        ended_at,
        ended_at is None and interview.at is not None,
        interview.minutes,
        interview.spent,
        tuple(_question(one) for one in asked),
        turns,
        trend(turns),
        without_figures(asked),
        best_moments(asked),
        weakest_moments(asked),
    )


def _question(one: Asked) -> QuestionReport:
    further = [other for other in one.question.further if other.answer_id]
    return QuestionReport(
        one.number,
        one.question.guide_id,
        one.guide.title if one.guide else one.question.guide_id,
        one.question.scenario_id,
        one.title,
        one.words,
        _fate(one),
        one.first.id if one.first else None,
        tuple(_sections(one)),
        tuple(_mistakes(one)),
        tuple(answer.question for answer in one.later),
        gone=len(further) - len(one.later),
    )


def _fate(one: Asked) -> Fate:
    answer = one.answers.get(one.question.answer_id or "")
    return fate_of(
        one.question,
        answer.status if answer else None,
        judged=bool(one.marks),
        in_other_language=lambda: answer is not None and bool(other_language_line(answer.transcript)),
    )


def _sections(one: Asked) -> list[SectionLine]:
    return [
        SectionLine(
            mark.mark.section_id,
            one.section_title(mark.mark.section_id),
            mark.state,
            mark.when_asked,
            mark.mark.evidence[0].text if mark.mark.evidence else "",
            mark.answer_id,
        )
        for mark in one.marks
    ]


def _mistakes(one: Asked) -> list[MistakeLine]:
    known = {mistake.id: mistake for mistake in one.guide.mistakes} if one.guide else {}
    told = {mark.mark.section_id for mark in one.marks if mark.when_asked and mark.state is SectionState.COVERED}
    found = []
    for mark in made_mistakes(one):
        mistake = known.get(mark.mistake_id)
        lacking = mistake.sections if mistake and mistake.detector == "section-missing" else ()
        found.append(
            MistakeLine(
                mark.mistake_id,
                mistake.title if mistake else mark.mistake_id,
                mark.reason,
                mark.evidence[0].text if mark.evidence else "",
                made_good=bool(told & set(lacking)),
            )
        )
    return found


def _listed(noun: str, names: list[str]) -> str:
    """`question 2`, `questions 2 and 4`."""
    if len(names) == 1:
        return f"{noun} {names[0]}"
    return f"{noun}s {', '.join(names[:-1])} and {names[-1]}"
