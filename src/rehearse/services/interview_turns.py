"""What an interview asks next, turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rehearse.domain.combined import combined
from rehearse.domain.follow_ups import FollowUp, filled, first_unused, follow_up
from rehearse.domain.gaps import GapKind, gaps
from rehearse.domain.interview import (
    FOLLOW_UP_ANSWER,
    FOLLOW_UP_SHORT,
    FOLLOW_UP_THINK,
    FOLLOW_UP_TURN,
    AskedFurther,
    Interview,
    Question,
)
from rehearse.domain.kinds import Source
from rehearse.domain.rehearsal import Clock, Plan, plan_for
from rehearse.errors import GuideError, InputError
from rehearse.guides.interviewer_lines import interviewer_lines
from rehearse.services.kept_interview import KeptInterview

if TYPE_CHECKING:
    from rehearse.domain.guide import Guide
    from rehearse.services.equipment import Equipment

RESCUED = "rescued"
"""Stands for the wording of a follow-up question whose answer was cut off before it was kept."""
ACKNOWLEDGING = "acknowledging"
"""The occasion of a word that is said before a question about the answer; it is heard while that is still made."""
_GONE = (GuideError, InputError, KeyError)
"""Raised where a question's guide is gone or can't be read, or has lost the scenario."""


@dataclass(frozen=True)
class Turn:
    """What happens next."""

    kept: KeptInterview
    """As it stands once the turn has begun."""
    before: KeptInterview
    """As it stood before anything was said in it: from there the same is asked in the same words."""
    lead: str
    """What the interviewer says first."""
    plan: Plan | None
    """What is asked; None where the interview is over."""
    index: int = 0
    """Which question it belongs to."""
    next_said: tuple[str, ...] = ()
    """What the interviewer may say after it, as far as that is known now, to be made ready."""

    @property
    def is_follow_up(self) -> bool:
        """It asks about an answer that was given just before."""
        return self.plan is not None and self.plan.follow_up_of is not None


class InterviewTurns:
    """Finds what is asked next. Not for the UI thread: marking what an answer left open takes a moment."""

    def __init__(self, equipment: Equipment, keep: Callable[[KeptInterview], KeptInterview]) -> None:
        """`keep` keeps an interview as it stands."""
        self._equipment = equipment
        self._keep = keep

    def next_turn(self, kept: KeptInterview, *, resumed: bool = False) -> Turn:
        """What is asked now. The words are the guide's; marking an answer's gaps takes a moment.

        Args:
            kept: how it stands.
            resumed: it was broken off before.
        """
        kept = self._with_rescued(kept)
        kept = replace(kept, interview=kept.interview.out_of_time())
        while (index := kept.interview.at) is not None:
            question = kept.interview.questions[index]
            try:
                if question.answer_id is None:
                    return self._question(kept, index, resumed=resumed)
                if turn := self._follow_up(kept, index, resumed=resumed):
                    return turn
            except _GONE:
                pass  # the others can still be asked
            # Nobody skipped it: brought back, it would come to nothing.
            kept = replace(kept, interview=kept.interview.over(index))
        return self._closing(kept)

    def _with_rescued(self, kept: KeptInterview) -> KeptInterview:
        """With answers that were cut off and transcribed since: they were given to what it stood at."""
        known = set(kept.interview.answer_ids())
        for answer in self._equipment.series.answers(kept.id):
            index = kept.interview.at
            if index is None:
                break
            if answer.id in known or not answer.transcript.words:
                continue
            question = kept.interview.questions[index]
            if question.answer_id is None and answer.follow_up_of is None:
                if (answer.guide_id, answer.scenario_id) != (question.guide_id, question.scenario_id):
                    continue
                interview = kept.interview
            elif question.answer_id is not None and answer.follow_up_of == question.answer_id:
                asked = AskedFurther(RESCUED, GapKind.MISSING.value, answer.follow_up_section or "")
                interview = kept.interview.asking(index, asked)
            else:
                continue
            kept = self._keep(replace(kept, interview=interview.with_answer(index, answer.id)))
        return kept

    def _question(self, kept: KeptInterview, index: int, *, resumed: bool) -> Turn:
        interview, settings = kept.interview, self._equipment.settings
        question = interview.questions[index]
        guide = self._equipment.library.load(question.guide_id)
        waiting = sum(1 for one in interview.questions if one.answer_id is None and not one.over)
        occasion = "opening" if not interview.answered else "last" if waiting == 1 else "transition"
        told, lead = self._say(kept, "resuming" if resumed and interview.answered else occasion)
        plan = plan_for(
            guide,
            guide.scenario(question.scenario_id),
            Source.MICROPHONE,
            mode=settings.mode,
            think=settings.think_seconds,
            answer=settings.answer_seconds,
        )
        return Turn(told, kept, lead, replace(plan, series_id=kept.id, lead=lead), index, self._next_said(told, index))

    def _next_said(self, kept: KeptInterview, index: int) -> tuple[str, ...]:
        """The word before a question about the answer, and the next question with what leads to it, or the close."""
        interview, said = kept.interview, []
        if interview.most_follow_ups:
            said.append(self._say(kept, ACKNOWLEDGING)[1])
        waiting = [one for one in interview.questions[index + 1 :] if one.answer_id is None and not one.over]
        if not waiting:
            return (*said, self._say(kept, "closing")[1])
        try:
            question = self._equipment.library.load(waiting[0].guide_id).scenario(waiting[0].scenario_id).question
        except _GONE:
            return tuple(said)  # it won't be asked; what is asked now can be
        return (*said, self._say(kept, "last" if len(waiting) == 1 else "transition")[1], question)

    def _follow_up(self, kept: KeptInterview, index: int, *, resumed: bool) -> Turn | None:
        """None where there is nothing to ask, or no time for it."""
        interview = kept.interview
        question = interview.questions[index]
        # What was asked and not answered is asked again in another wording, not counted twice.
        answered = sum(one.answer_id is not None for one in question.further)
        if answered >= interview.most_follow_ups or not interview.time_for(FOLLOW_UP_TURN):
            return None
        guide = self._equipment.library.load(question.guide_id)
        found = self._first_gap(guide, question, interview)
        if found is None:
            return None
        asked = AskedFurther(found.phrasing, found.gap.kind.value, found.gap.section_id)
        told, lead = self._say(
            replace(kept, interview=interview.asking(index, asked)), "resuming" if resumed else ACKNOWLEDGING
        )
        plan = Plan(
            guide.id,
            guide.scenario(question.scenario_id),
            found.text,
            Clock(think=FOLLOW_UP_THINK, answer=FOLLOW_UP_ANSWER, short=FOLLOW_UP_SHORT),
            self._equipment.settings.mode,
            Source.MICROPHONE,
            follow_up_of=question.answer_id,
            follow_up_section=found.gap.section_id,
            series_id=kept.id,
            lead=lead,
        )
        return Turn(told, kept, lead, plan, index, self._next_said(told, index))

    def _first_gap(self, guide: Guide, question: Question, interview: Interview) -> FollowUp | None:
        store = self._equipment.store
        try:
            first = store.get(question.answer_id or "")
            later = [store.get(one.answer_id) for one in question.further if one.answer_id]
        except InputError:
            return None  # it was deleted meanwhile
        if first.marks is None or not first.marks.judged:
            return None
        marks = replace(first.marks, sections=tuple(one.mark for one in combined(first, later)))
        opposed, named = self._equipment.engine(guide).open_points(first.transcript, marks)
        asked = {(one.kind, one.section_id) for one in question.further if one.answer_id}
        kinds = {kind for kind, _ in asked}
        for gap in gaps(guide, marks, opposed, named):
            if (gap.kind.value, gap.section_id) not in asked and not _asks_alike(gap.kind, kinds):
                found = follow_up(guide, gap, interviewer_lines(), interview.used)
                if found is not None:
                    return found
        return None

    def _closing(self, kept: KeptInterview) -> Turn:
        told, lead = self._say(kept, "closing")
        return Turn(told, kept, lead, None)

    def _say(self, kept: KeptInterview, occasion: str) -> tuple[KeptInterview, str]:
        """What the interviewer says on an occasion, and the interview in which that was said."""
        interview = kept.interview
        name, wording = first_unused(interviewer_lines(), occasion, interview.used)
        values = {
            "minutes": str(interview.minutes),
            "questions": _spelled(len(interview.questions)),
        }
        return replace(kept, interview=interview.having_said(name)), filled(wording, values)


def _asks_alike(kind: GapKind, asked: Collection[str]) -> bool:
    """Why all these tools, and why this one, is the same question."""
    if kind is GapKind.TERM:
        return GapKind.TERM in asked or GapKind.MISTAKE in asked
    return kind is GapKind.MISTAKE and GapKind.TERM in asked


def _spelled(count: int) -> str:
    """As it is said aloud: "two questions"."""
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = names[count] if count < len(names) else str(count)
    return f"{number} question{'' if count == 1 else 's'}"
