"""An interview: several questions in a row, what was asked after each, and how far it is. Time is passed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

MINUTES = (10, 20, 30)
"""Lengths one can choose."""
MOST_FOLLOW_UPS = 3
"""After one answer; the user may choose fewer, or none."""

TALK_SECONDS = 15
"""The interviewer's own words around a question."""
FOLLOW_UP_THINK = 5
FOLLOW_UP_ANSWER = 45
FOLLOW_UP_SHORT = 10
"""Seconds of a follow-up question: to think, to answer, and under which an answer is short. A follow-up is answered at
once in an interview; a few seconds are left to take a breath."""
FOLLOW_UP_TURN = FOLLOW_UP_THINK + FOLLOW_UP_ANSWER + 5
"""With the asking."""


@dataclass(frozen=True)
class Candidate:
    """A question that could be asked."""

    guide_id: str
    scenario_id: str
    seconds: int
    """To think and to answer."""
    need: float
    """How much it would help; only the order counts."""
    why: str
    """Why it is asked, a few words for the person."""


@dataclass(frozen=True)
class AskedFurther:
    """A follow-up question that was asked. Its words stand with its answer alone."""

    phrasing: str
    """Which wording, as `domain.follow_ups` names it."""
    kind: str
    """Value of a `GapKind`."""
    section_id: str
    answer_id: str | None = None
    """None where it wasn't answered."""


@dataclass(frozen=True)
class Question:
    """A question of the interview and what became of it."""

    guide_id: str
    scenario_id: str
    seconds: int
    """To think and to answer."""
    why: str = ""
    answer_id: str | None = None
    """None until it was answered."""
    skipped: bool = False
    further: tuple[AskedFurther, ...] = ()
    over: bool = False
    """Nothing more is asked about it."""

    @property
    def left_out(self) -> bool:
        """It wasn't answered and won't be: it was skipped, or couldn't be asked."""
        return self.answer_id is None and (self.over or self.skipped)

    @property
    def asked_in_vain(self) -> bool:
        """It is over, and the last thing asked about its answer was left without one."""
        return self.over and bool(self.further) and self.further[-1].answer_id is None


@dataclass(frozen=True)
class Interview:
    """As kept in its series' record: no word of what was said, only which answers hold them."""

    minutes: int
    most_follow_ups: int
    questions: tuple[Question, ...]
    lines_used: tuple[str, ...] = ()
    """Wordings of the interviewer's own talk, by name."""
    spent: float = 0.0
    """Seconds in which it ran; what it was left for doesn't count."""
    typed: bool = False
    """What is asked next is answered by typing, not aloud."""

    @property
    def at(self) -> int | None:
        """Index of the question it stands at; None where all are over."""
        return next((index for index, one in enumerate(self.questions) if not (one.over or one.skipped)), None)

    @property
    def used(self) -> frozenset[str]:
        """All wordings that were said."""
        return frozenset(self.lines_used) | {one.phrasing for question in self.questions for one in question.further}

    @property
    def answered(self) -> int:
        """How many of its questions have an answer."""
        return sum(question.answer_id is not None for question in self.questions)

    @property
    def skipped_last(self) -> int | None:
        """Index of the last question that was skipped, or whose follow-up questions were, if there is time for it."""
        for index in reversed(range(len(self.questions) if self.at is None else self.at)):
            question = self.questions[index]
            if question.skipped and (not self.answered or self.time_for(question.seconds)):
                return index
            if question.asked_in_vain and self.time_for(FOLLOW_UP_TURN):
                return index
        return None

    def answer_ids(self) -> Iterator[str]:
        """Of all its answers, in the order they were given."""
        for question in self.questions:
            if question.answer_id:
                yield question.answer_id
            yield from (one.answer_id for one in question.further if one.answer_id)

    def time_for(self, seconds: float) -> bool:
        """Something that takes so long can still be begun: at least half of it lies within the interview's length."""
        return self.spent + seconds / 2 <= self.minutes * 60

    # -- what happens ------------------------------------------------------------------------------------------------

    def changed(self, index: int, question: Question) -> "Interview":
        """With one question replaced."""
        return replace(self, questions=(*self.questions[:index], question, *self.questions[index + 1 :]))

    def with_answer(self, index: int, answer_id: str) -> "Interview":
        """The question was answered, or its last follow-up question was, where it had an answer already."""
        question = self.questions[index]
        if question.answer_id is None:
            return self.changed(index, replace(question, answer_id=answer_id, over=self.most_follow_ups == 0))
        further = (*question.further[:-1], replace(question.further[-1], answer_id=answer_id))
        return self.changed(index, replace(question, further=further, over=len(further) >= self.most_follow_ups))

    def asking(self, index: int, asked: AskedFurther) -> "Interview":
        """A follow-up question is being asked. One that was asked before and not answered is asked in its place."""
        question = self.questions[index]
        answered = (one for one in question.further if one.answer_id is not None)
        return self.changed(index, replace(question, further=(*answered, asked)))

    def skipping(self, index: int) -> "Interview":
        """Leave out what is being asked: the question, or the follow-up questions to it."""
        question = self.questions[index]
        return self.changed(index, replace(question, over=True, skipped=question.answer_id is None))

    def bringing_back(self, index: int) -> "Interview":
        """Ask after all what was skipped."""
        return self.changed(index, replace(self.questions[index], over=False, skipped=False))

    def over(self, index: int) -> "Interview":
        """Nothing more can be asked about a question; one about its answer that was left unanswered is forgotten."""
        question = self.questions[index]
        answered = tuple(one for one in question.further if one.answer_id is not None)
        return self.changed(index, replace(question, over=True, further=answered))

    def out_of_time(self) -> "Interview":
        """What wasn't asked yet is left out, unless nothing was answered at all: one question is always asked."""
        if not self.answered:
            return self
        return replace(
            self,
            questions=tuple(
                replace(one, skipped=True, over=True)
                if one.answer_id is None and not one.over and not self.time_for(one.seconds)
                else one
                for one in self.questions
            ),
        )

    def after(self, seconds: float) -> "Interview":
        """So much time has passed in it."""
        return replace(self, spent=self.spent + seconds)

    def having_said(self, line: str) -> "Interview":
        """A wording was said."""
        return replace(self, lines_used=(*self.lines_used, line))


def turn_seconds(candidate: Candidate, most_follow_ups: int) -> int:
    """What a question takes with everything around it."""
    return TALK_SECONDS + candidate.seconds + most_follow_ups * FOLLOW_UP_TURN


def planned(candidates: Sequence[Candidate], minutes: int, most_follow_ups: int) -> Interview:
    """An interview of the questions that help most and fit its length, each guide once before any comes twice.

    At least one question is asked, however short the interview. Raises ValueError where there are no candidates.
    """
    if not candidates:
        raise ValueError("there is nothing to ask")
    waiting = sorted(candidates, key=lambda one: -one.need)
    chosen: list[Candidate] = []
    left = float(minutes * 60)
    while waiting:
        times = {one.guide_id: sum(other.guide_id == one.guide_id for other in chosen) for one in waiting}
        best = min(waiting, key=lambda one: (times[one.guide_id], -one.need))
        waiting.remove(best)
        if not chosen or turn_seconds(best, most_follow_ups) <= left:
            chosen.append(best)
            left -= turn_seconds(best, most_follow_ups)
    questions = tuple(Question(one.guide_id, one.scenario_id, one.seconds, one.why) for one in chosen)
    return Interview(minutes, most_follow_ups, questions)
