"""From a review into a drill: the weak section in rounds, the question in less time, the answer in other words."""

from rehearse.domain.guide import Guide
from rehearse.drills.choosing import section_to_drill
from rehearse.ui import destinations as to
from rehearse.ui.screens.review.hearing import HearingScreen
from rehearse.ui.widgets.coverage_panel import CoveragePanel


class DrillingScreen(HearingScreen):
    """A review from which one can go on to a drill."""

    guide: Guide

    def action_drill_section(self) -> None:
        """The section under the cursor, or the one that needs it most."""
        section_id = section_to_drill(self.guide, self.answer, self.query_one(CoveragePanel).selected)
        if section_id is None:
            self.notify("Move to the section that you want to drill, then press s again.")
            return
        self._replay.put_down()
        self.rehearse.visit(to.SectionDrill(self.guide, section_id, self.answer))

    def action_ladder(self) -> None:
        """This question in less and less time."""
        self._replay.put_down()
        scenario = self.guide.scenario(self.answer.scenario_id)
        self.rehearse.visit(to.Ladder(self.guide, scenario, self.answer.series_id))

    def action_said_anew(self) -> None:
        """This answer in other words."""
        self._replay.put_down()
        self.rehearse.visit(to.SaidAnew(self.guide, self.answer))
