"""What to drill next, as the home screen, the review and `rehearse next` say it: one choice, one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rehearse.domain.moments import days_until
from rehearse.guides.library import read_guides
from rehearse.history.practices import read_practice, read_practices
from rehearse.history.suggestion import Practice, Suggestion, suggest

if TYPE_CHECKING:
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.services.equipment import Equipment

LINE_WIDTH = 74
"""Cells of the line in a window of 80: what the home screen's list leaves."""
LEAST_TITLE = 12
"""Cells that a scenario's title keeps, however long the reason is."""
NEXT = "Next: "
_BETWEEN = " · "


@dataclass(frozen=True)
class NextDrill:
    """A scenario to rehearse, and why."""

    guide: Guide
    suggestion: Suggestion

    @property
    def scenario(self) -> Scenario:
        """What is to be rehearsed."""
        return self.guide.scenario(self.suggestion.scenario_id)

    def parts(self, width: int = LINE_WIDTH) -> tuple[str, str]:
        """Title and reason, as they stand in a line of `width` cells; the title is cut before the reason."""
        room = width - len(NEXT) - len(_BETWEEN)
        reason = _cut(self.suggestion.reason, room - min(LEAST_TITLE, len(self.scenario.title)))
        return _cut(self.scenario.title, room - len(reason)), f"{_BETWEEN}{reason}"

    def line(self, width: int | None = None) -> str:
        """`Next: Something small · Lesson in 2 of 5 answers`, in `width` cells; whole without a width."""
        if width is None:
            return f"{NEXT}{self.scenario.title}{_BETWEEN}{self.suggestion.reason}"
        return NEXT + "".join(self.parts(width))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(0, width - 1)].rstrip()}…"


def next_drill(equipment: Equipment, now: datetime, guides: Sequence[Guide] | None = None) -> NextDrill | None:
    """What helps most now over all guides that are practised; None where none is. Raises StoreError.

    Args:
        equipment: where all is kept.
        now: UTC.
        guides: those that can be read, where they were read already.
    """
    known = read_guides(equipment.library, equipment.library.ids())[0] if guides is None else guides
    return _chosen(equipment, read_practices(equipment.store.database, known), now)


def next_in_guide(equipment: Equipment, guide: Guide, now: datetime) -> NextDrill | None:
    """What helps most now in one guide, practised or not; raises StoreError."""
    return _chosen(equipment, [read_practice(equipment.store.database, guide)], now)


def _chosen(equipment: Equipment, practised: Sequence[Practice], now: datetime) -> NextDrill | None:
    left = days_until(equipment.settings.interview_date, now.astimezone().date())
    found = suggest(practised, now, left)
    return next((NextDrill(one.guide, found) for one in practised if found and one.guide.id == found.guide_id), None)
