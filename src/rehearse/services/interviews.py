"""Interviews: planned, asked turn by turn, broken off and taken up again, ended. Every step is kept at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
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
    Candidate,
    Interview,
    Question,
    planned,
)
from rehearse.domain.kinds import Source
from rehearse.domain.rehearsal import Clock, Plan, plan_for
from rehearse.domain.series import Series, SeriesKind
from rehearse.errors import GuideError, InputError, StoreError
from rehearse.guides.interviewer_lines import interviewer_lines
from rehearse.history.answers import in_work
from rehearse.history.plain_json import from_plain, to_plain
from rehearse.history.records import UNREADABLE

if TYPE_CHECKING:
    from rehearse.domain.answer import Answer
    from rehearse.domain.guide import Guide
    from rehearse.services.equipment import Equipment


RESCUED = "rescued"
"""Stands for the wording of a follow-up question whose answer was cut off before it was kept."""
ACKNOWLEDGING = "acknowledging"
"""The occasion of a word that is said before a question about the answer; it is heard while that is still made."""


@dataclass(frozen=True)
class KeptInterview:
    """An interview and where it is kept."""

    id: str
    begun_at: datetime
    """UTC."""
    ended_at: datetime | None
    interview: Interview


@dataclass(frozen=True)
class Choices:
    """What an interview can be made of."""

    titles: Mapping[str, str]
    """Of the scenarios, by `guide/scenario`."""
    guides: Mapping[str, str]
    """Titles by id, in their order."""
    usual: tuple[str, ...]
    """Ids of the guides it draws on by itself."""
    candidates: tuple[Candidate, ...]
    unfinished: KeptInterview | None
    """The newest that was broken off."""
    past: int
    """How many are kept."""

    def title(self, question: Question) -> str:
        """Of its scenario, with the guide's where there is more than one."""
        guide, scenario = self.guides[question.guide_id], self.titles[f"{question.guide_id}/{question.scenario_id}"]
        return f"{guide}: {scenario}" if len(self.guides) > 1 else scenario

    def planned(self, guide_ids: Collection[str], minutes: int, most_follow_ups: int) -> Interview | None:
        """The interview of some guides; None where none was chosen."""
        found = [one for one in self.candidates if one.guide_id in guide_ids]
        return planned(found, minutes, most_follow_ups) if found else None


@dataclass(frozen=True)
class Turn:
    """What happens next."""

    kept: KeptInterview
    """As it stands once the turn has begun."""
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


class Interviews:
    """What can be done with interviews. Every method may raise StoreError; none is for the UI thread."""

    def __init__(self, equipment: Equipment) -> None:
        """With the store, guides and engines of the equipment."""
        self._equipment = equipment

    def plan(self, guide_ids: Sequence[str] | None, minutes: int, most_follow_ups: int, now: datetime) -> Interview:
        """The questions that would help most, from some guides or (None) the usual ones; nothing is kept yet.

        Raises:
            InputError, GuideError: a guide isn't there or can't be read.
        """
        from rehearse.services.interview_choice import candidates

        found = candidates(self._equipment, guide_ids or self.usual_guides(), now)
        return planned(found, minutes, most_follow_ups)

    def usual_guides(self) -> list[str]:
        """Ids of the guides that an interview draws on where none were chosen."""
        from rehearse.guides.library import read_guides
        from rehearse.services.interview_choice import usual_guides

        library = self._equipment.library
        guides, problems = read_guides(library, library.ids())
        if not guides:
            raise InputError("There is no guide to ask from", why=problems[0] if problems else "")
        practised = {guide_id for guide_id, _ in self._equipment.store.scenarios()}
        return usual_guides(guides, practised)

    def choices(self, now: datetime) -> Choices:
        """All that can be asked, and how much each would help; raises GuideError where no guide can be read."""
        from rehearse.guides.library import read_guides
        from rehearse.services.interview_choice import candidates

        library = self._equipment.library
        guides, _ = read_guides(library, library.ids())
        return Choices(
            {f"{guide.id}/{one.id}": one.title for guide in guides for one in guide.scenarios},
            {guide.id: guide.title for guide in guides},
            tuple(self.usual_guides()),
            tuple(candidates(self._equipment, library.ids(), now)),
            self.unfinished(),
            len(self.all()),
        )

    def begin(self, interview: Interview, now: datetime) -> KeptInterview:
        """Keep a planned interview; `now` is UTC."""
        return _kept(self._equipment.series.begin(SeriesKind.INTERVIEW, to_plain(interview), now))

    def get(self, interview_id: str) -> KeptInterview:
        """One that is kept; raises InputError if there is none of that id."""
        return _kept(self._equipment.series.get(interview_id))

    def unfinished(self) -> KeptInterview | None:
        """The newest that was broken off."""
        for series in self._equipment.series.of_kind(SeriesKind.INTERVIEW, unfinished=True, limit=1):
            return _kept(series)
        return None

    def all(self) -> list[KeptInterview]:
        """All that are kept, the newest first; what can't be read is left out."""
        found = []
        for series in self._equipment.series.of_kind(SeriesKind.INTERVIEW):
            try:
                found.append(_kept(series))
            except StoreError:
                continue
        return found

    def delete(self, interview_id: str) -> None:
        """Forget that these answers were an interview; the answers stay."""
        self._equipment.series.delete(interview_id)

    def held_elsewhere(self, interview_id: str, ours: Collection[str]) -> bool:
        """Another rehearse is recording or transcribing an answer of it just now; `ours` are ids of our own."""
        unfinished = self._equipment.store.unfinished()
        return any(one.series_id == interview_id and one.id not in ours and in_work(one) for one in unfinished)

    # -- turn by turn ------------------------------------------------------------------------------------------------

    def next_turn(self, kept: KeptInterview, *, resumed: bool = False) -> Turn:
        """What is asked now. The words are the guide's; marking an answer's gaps takes a moment.

        Args:
            kept: how it stands.
            resumed: it was broken off before.

        Raises:
            GuideError: the guide of the question can't be read.
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
            except (GuideError, InputError, KeyError):
                # The guide is gone, or has lost the scenario: the others can still be asked.
                kept = replace(kept, interview=kept.interview.skipping(index))
            else:
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
                open_again = replace(question, further=tuple(one for one in question.further if one.answer_id))
                asked = AskedFurther(RESCUED, GapKind.MISSING.value, answer.follow_up_section or "")
                interview = kept.interview.changed(index, open_again).asking(index, asked)
            else:
                continue
            kept = self._keep(replace(kept, interview=interview.with_answer(index, answer.id)))
        return kept

    def answered(self, turn: Turn, answer: Answer, seconds: float) -> KeptInterview:
        """A turn's answer was given; `seconds` is how long the turn took."""
        interview = turn.kept.interview.with_answer(turn.index, answer.id).after(seconds)
        return self._keep(replace(turn.kept, interview=interview))

    def skipped(self, turn: Turn, seconds: float) -> KeptInterview:
        """A turn was passed over."""
        return self._keep(replace(turn.kept, interview=turn.kept.interview.skipping(turn.index).after(seconds)))

    def ended(self, kept: KeptInterview, now: datetime) -> KeptInterview:
        """It is over, whatever wasn't asked; `now` is UTC."""
        return self._keep(replace(kept, ended_at=now.astimezone(UTC)))

    def _keep(self, kept: KeptInterview) -> KeptInterview:
        self._equipment.series.keep(kept.id, to_plain(kept.interview), kept.ended_at)
        return kept

    def _question(self, kept: KeptInterview, index: int, *, resumed: bool) -> Turn:
        interview, settings = kept.interview, self._equipment.settings
        question = interview.questions[index]
        guide = self._equipment.library.load(question.guide_id)
        waiting = sum(1 for one in interview.questions if one.answer_id is None and not one.over)
        occasion = "opening" if not interview.answered else "last" if waiting == 1 else "transition"
        kept, lead = self._say(kept, "resuming" if resumed and interview.answered else occasion)
        plan = plan_for(
            guide,
            guide.scenario(question.scenario_id),
            Source.MICROPHONE,
            mode=settings.mode,
            think=settings.think_seconds,
            answer=settings.answer_seconds,
        )
        return Turn(kept, lead, replace(plan, series_id=kept.id, lead=lead), index, self._next_said(kept, index))

    def _follow_up(self, kept: KeptInterview, index: int, *, resumed: bool) -> Turn | None:
        """None where there is nothing to ask, or no time for it."""
        interview = kept.interview
        question = interview.questions[index]
        # What was asked and not answered is asked again in another wording, not counted twice.
        further = tuple(one for one in question.further if one.answer_id is not None)
        if len(further) >= interview.most_follow_ups or not interview.time_for(FOLLOW_UP_TURN):
            return None
        guide = self._equipment.library.load(question.guide_id)
        found = self._first_gap(guide, question, interview)
        if found is None:
            return None
        asked = AskedFurther(found.phrasing, found.gap.kind.value, found.gap.section_id)
        open_again = replace(question, further=further)
        kept = replace(kept, interview=interview.changed(index, open_again).asking(index, asked))
        kept, lead = self._say(kept, "resuming" if resumed else ACKNOWLEDGING)
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
        return Turn(kept, lead, plan, index, self._next_said(kept, index))

    def _next_said(self, kept: KeptInterview, index: int) -> tuple[str, ...]:
        """The word before a question about the answer, and the next question with what leads to it, or the close."""
        interview, said = kept.interview, []
        if interview.most_follow_ups:
            said.append(self._say(kept, ACKNOWLEDGING)[1])
        waiting = [one for one in interview.questions[index + 1 :] if one.answer_id is None and not one.over]
        if not waiting:
            return (*said, self._say(kept, "closing")[1])
        guide = self._equipment.library.load(waiting[0].guide_id)
        said.append(self._say(kept, "last" if len(waiting) == 1 else "transition")[1])
        return (*said, guide.scenario(waiting[0].scenario_id).question)

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
        kept, lead = self._say(kept, "closing")
        return Turn(kept, lead, None)

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


def _kept(series: Series) -> KeptInterview:
    try:
        interview = from_plain(Interview, series.record)
    except UNREADABLE as error:
        raise StoreError(
            f"The record of the interview {series.id} can't be read",
            why=f"it is damaged ({error})",
            next_step="Its answers are whole: the history lists them.",
        ) from error
    return KeptInterview(series.id, series.begun_at, series.ended_at, interview)
