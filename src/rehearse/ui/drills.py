"""From what to drill next to where that is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.ui import destinations as to

if TYPE_CHECKING:
    from rehearse.services.next_drill import NextDrill
    from rehearse.services.studio import Studio


def drill_for(drill: NextDrill, studio: Studio) -> to.Rehearse:
    """The one place where the kind of drill is chosen: for each reason, a whole answer aloud to the scenario.

    A drill of one section (`drill.suggestion.section_id`) belongs here once its answers count as attempts at that
    section; until then it would be proposed again however well it went.
    """
    return to.Rehearse(drill.guide, studio.plan(drill.guide, drill.scenario))
