"""What the list of past answers shows: which of them, in what order, found by which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from rehearse.domain.answer import AnswerStatus
from rehearse.domain.guide import Guide
from rehearse.domain.series import SeriesKind
from rehearse.domain.wording import counted
from rehearse.history.answers import (
    EVERYTHING_FINISHED,
    SEARCH_LIMIT,
    AnswerFilter,
    AnswerStore,
    AnswerSummary,
    Hit,
    Sort,
)
from rehearse.history.series import SeriesStore

SORTS = (Sort.DATE, Sort.COVERED, Sort.MISTAKES, Sort.LENGTH, Sort.PACE, Sort.SCENARIO)
SORT_WORDS = {
    Sort.DATE: "newest first",
    Sort.COVERED: "most covered first",
    Sort.MISTAKES: "most mistakes first",
    Sort.LENGTH: "longest first",
    Sort.PACE: "fastest first",
    Sort.SCENARIO: "by scenario",
}


@dataclass(frozen=True)
class Listing:
    """What a look into the store brought."""

    rows: tuple[AnswerSummary, ...] | tuple[Hit, ...]
    total: int
    """Answers that fit; more than `rows` where a search finds many."""
    scenarios: list[tuple[str, str]]
    """Guide and scenario of all answers, whatever they are narrowed to."""
    guides: Mapping[str, Guide]
    now: datetime
    kinds: Mapping[str, SeriesKind] = field(default_factory=dict)
    """What each interview and drill is, by its id."""


@dataclass(frozen=True)
class View:
    """One way to look at the answers. A value: another view is another one."""

    wanted: AnswerFilter = EVERYTHING_FINISHED
    sort: Sort = Sort.DATE
    query: str = ""
    limit: int = SEARCH_LIMIT
    """Hits that are read; the other rows are quick enough to be read whole."""

    @property
    def in_trash(self) -> bool:
        """What was deleted is looked at."""
        return self.wanted.status is AnswerStatus.DISCARDED

    @property
    def searching(self) -> bool:
        """There are words to be found."""
        return bool(self.query.strip())

    # -- other views -----------------------------------------------------------------------------------------------

    def searched(self, query: str) -> "View":
        """What holds these words, the best hits at first."""
        return replace(self, query=query, limit=SEARCH_LIMIT)

    def deeper(self) -> "View":
        """With more hits."""
        return replace(self, limit=self.limit * 4)

    def sorted_otherwise(self) -> "View":
        """By the next column."""
        return replace(self, sort=SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    def narrowed(self, guides: Mapping[str, Guide], answered: Sequence[tuple[str, str]]) -> "View":
        """All, then one scenario after the other of those that have answers; last those that no guide has any more."""
        order = [(guide.id, scenario.id) for guide in guides.values() for scenario in guide.scenarios]
        orphans = [place for place in answered if place not in order]
        places = [(None, None), *(place for place in order if place in answered), *orphans]
        here = (self.wanted.guide_id, self.wanted.scenario_id)
        guide_id, scenario_id = places[(places.index(here) + 1) % len(places) if here in places else 0]
        return replace(self, wanted=replace(self.wanted, guide_id=guide_id, scenario_id=scenario_id))

    def starred_or_all(self) -> "View":
        """Starred answers only, or all again."""
        return replace(self, wanted=replace(self.wanted, starred=None if self.wanted.starred else True))

    def trash_or_answers(self) -> "View":
        """From the answers to the trash and back, no longer narrowed."""
        status = AnswerStatus.FINISHED if self.in_trash else AnswerStatus.DISCARDED
        return replace(self, wanted=AnswerFilter(status=status))

    # -- looking ---------------------------------------------------------------------------------------------------

    def look(self, store: AnswerStore, guides: Mapping[str, Guide]) -> Listing:
        """Read what this view shows; raises StoreError."""
        rows: tuple[AnswerSummary, ...] | tuple[Hit, ...]
        if self.searching:
            rows = tuple(store.search(self.query, self.wanted, self.limit))
            total = len(rows) if len(rows) < self.limit else store.count_hits(self.query, self.wanted)
        else:
            rows = tuple(store.summaries(self.wanted, self.sort))
            total = len(rows)
        scenarios = store.scenarios(self.wanted.status or AnswerStatus.FINISHED)
        return Listing(rows, total, scenarios, guides, datetime.now(UTC), SeriesStore(store).kinds())

    # -- in words --------------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """What one looks at."""
        return "Trash" if self.in_trash else "History"

    def state(self, shown: int, total: int, titles: Mapping[tuple[str, str], str]) -> str:
        """`50 of 60 answers · best match first · starred`; `titles` of scenarios by the ids of guide and scenario."""
        parts = [f"{shown} of {counted(total, 'answer')}" if shown < total else counted(shown, "answer")]
        parts.append("best match first" if self.searching else SORT_WORDS[self.sort])
        if self.wanted.scenario_id:
            # The id where the guide or the scenario is gone.
            parts.append(titles.get((self.wanted.guide_id or "", self.wanted.scenario_id), self.wanted.scenario_id))
        if self.wanted.starred:
            parts.append("starred")
        return " · ".join(parts)

    @property
    def nothing(self) -> str:
        """Why the list is empty, and what to do about it."""
        if self.in_trash:
            return "The trash is empty. T goes back to the answers."
        if self.searching:
            return "No answer has these words. Fewer words or only their beginnings find more."
        if self.wanted != EVERYTHING_FINISHED:
            return "No answer fits. f and * widen the list again."
        return "No answers yet. Press q, pick a scenario and press enter; d there shows how it works."
