"""Interviews: planned, asked turn by turn, broken off and taken up again, ended. Every step is kept at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rehearse.domain.interview import (
    Candidate,
    Interview,
    Question,
    planned,
)
from rehearse.domain.series import SeriesKind
from rehearse.errors import InputError, StoreError
from rehearse.history.answers import in_work
from rehearse.history.plain_json import to_plain
from rehearse.services.interview_standing import standings
from rehearse.services.interview_turns import InterviewTurns, Turn
from rehearse.services.kept_interview import KeptInterview, kept_interview

if TYPE_CHECKING:
    from rehearse.domain.answer import Answer
    from rehearse.reports.fates import Standing
    from rehearse.services.equipment import Equipment


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


class Interviews:
    """What can be done with interviews. Every method may raise StoreError; none is for the UI thread."""

    def __init__(self, equipment: Equipment) -> None:
        """With the store, guides and engines of the equipment."""
        self._equipment = equipment

    def choices(self, now: datetime) -> Choices:
        """All that can be asked, and how much each would help; raises InputError where no guide can be read."""
        from rehearse.guides.library import read_guides
        from rehearse.services.interview_choice import candidates, usual_guides

        library = self._equipment.library
        guides, problems = read_guides(library, library.ids())
        if not guides:
            raise InputError("There is no guide to ask from", why=problems[0] if problems else "")
        practised = {guide_id for guide_id, _ in self._equipment.store.scenarios()}
        return Choices(
            {f"{guide.id}/{one.id}": one.title for guide in guides for one in guide.scenarios},
            {guide.id: guide.title for guide in guides},
            tuple(usual_guides(guides, practised)),
            tuple(candidates(self._equipment, guides, now)),
            self.unfinished(),
            len(self.all()),
        )

    def begin(self, interview: Interview, now: datetime) -> KeptInterview:
        """Keep a planned interview; `now` is UTC."""
        return kept_interview(self._equipment.series.begin(SeriesKind.INTERVIEW, to_plain(interview), now))

    def get(self, interview_id: str) -> KeptInterview:
        """One that is kept; raises InputError if there is none of that id."""
        return kept_interview(self._equipment.series.get(interview_id))

    def unfinished(self) -> KeptInterview | None:
        """The newest that was broken off; what can't be read is left out."""
        return next((one for one in self.all() if one.ended_at is None), None)

    def all(self) -> list[KeptInterview]:
        """All that are kept, the newest first; what can't be read is left out."""
        found = []
        for series in self._equipment.series.of_kind(SeriesKind.INTERVIEW):
            try:
                found.append(kept_interview(series))
            except StoreError:
                continue
        return found

    def standings(self, interviews: Sequence[KeptInterview]) -> list[Standing]:
        """How far each of them is, as their reports count it."""
        return standings(self._equipment.store, [one.interview for one in interviews])

    def delete(self, interview_id: str) -> None:
        """Forget that these answers were an interview; the answers stay."""
        self._equipment.series.delete(interview_id)

    def held_elsewhere(self, interview_id: str, ours: Collection[str]) -> bool:
        """Another rehearse is recording or transcribing an answer of it just now; `ours` are ids of our own."""
        unfinished = self._equipment.store.unfinished()
        return any(one.series_id == interview_id and one.id not in ours and in_work(one) for one in unfinished)

    # -- turn by turn ------------------------------------------------------------------------------------------------

    def next_turn(self, kept: KeptInterview, *, resumed: bool = False) -> Turn:
        """What is asked now; marking what an answer left open takes a moment.

        Args:
            kept: how it stands.
            resumed: it was broken off before.
        """
        return InterviewTurns(self._equipment, self._keep).next_turn(kept, resumed=resumed)

    def answered(self, turn: Turn, answer: Answer, seconds: float) -> KeptInterview:
        """A turn's answer was given; `seconds` is how long the turn took."""
        interview = turn.kept.interview.with_answer(turn.index, answer.id).after(seconds)
        return self._keep(replace(turn.kept, interview=interview))

    def skipped(self, turn: Turn, seconds: float) -> KeptInterview:
        """A turn was passed over."""
        return self._keep(replace(turn.kept, interview=turn.kept.interview.skipping(turn.index).after(seconds)))

    def answering(self, kept: KeptInterview, *, typed: bool) -> KeptInterview:
        """From here on it is answered by typing, or aloud."""
        if kept.interview.typed == typed:
            return kept
        return self._keep(replace(kept, interview=replace(kept.interview, typed=typed)))

    def brought_back(self, kept: KeptInterview) -> KeptInterview:
        """What was skipped last is asked next, if there is such a thing."""
        index = kept.interview.skipped_last
        if index is None:
            return kept
        return self._keep(replace(kept, interview=kept.interview.bringing_back(index)))

    def ended(self, kept: KeptInterview, now: datetime) -> KeptInterview:
        """It is over, whatever wasn't asked; `now` is UTC."""
        return self._keep(replace(kept, ended_at=now.astimezone(UTC)))

    def _keep(self, kept: KeptInterview) -> KeptInterview:
        self._equipment.series.keep(kept.id, to_plain(kept.interview), kept.ended_at)
        return kept
