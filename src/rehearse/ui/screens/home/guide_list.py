"""The list of the first screen: guides and their scenarios, unfolded, searched, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rehearse.ui.screens.home.lines import row_text, scenario_rows
from rehearse.ui.screens.home.listing import (
    NEXT,
    Choice,
    FieldRow,
    GuideRow,
    NextRow,
    Row,
    ScenarioRow,
    all_choices,
    first_choice,
    key_at_first,
    rows,
    unfolded_at_first,
)

if TYPE_CHECKING:
    from rehearse.services.overview import Overview

MARGIN = 6
"""Cells beside a row: padding and the scroll bar."""


class GuideList(OptionList):
    """What can be answered."""

    def __init__(self) -> None:
        super().__init__(id="scenarios")
        self._overview: Overview | None = None
        self._rows: dict[str, Row] = {}
        self._unfolded: set[str] = set()
        self._searched = ""

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows.get(self._highlighted_id)

    @property
    def choice(self) -> Choice | None:
        """The scenario under the cursor; on a guide, its first one that wasn't tried yet."""
        match self.row:
            case GuideRow(guide):
                return first_choice(guide, self._overview.latest if self._overview else {})
            case ScenarioRow(choice):
                return choice
            case NextRow() as row:
                return row.choice
            case _:
                return None

    @property
    def chapter_id(self) -> str:
        """The page of the guide that the row under the cursor is about."""
        match self.row:
            case NextRow(drill) if drill.suggestion.section_id:
                return f"section:{drill.suggestion.section_id}"
            case NextRow(drill) if drill.suggestion.mistake_id:
                return f"mistake:{drill.suggestion.mistake_id}"
            case _:
                return "question"

    def on_resize(self) -> None:
        """Rows are cut to the width."""
        self._fill()

    def show(self, overview: Overview) -> None:
        """List these; what was unfolded stays so."""
        if self._overview is None:
            self._unfolded = unfolded_at_first(overview)
        self._overview = overview
        self._fill()

    def search(self, words: str) -> None:
        """List only the guides that hold the words; all of them for ""."""
        self._searched = words
        self._fill(to_first_hit=True)

    def fold(self, *, unfold: bool) -> None:
        """List the scenarios of the guide under the cursor, or don't."""
        match self.row:
            case GuideRow(guide) | ScenarioRow(Choice(guide)):
                pass
            case _:
                return
        if (guide.id in self._unfolded) is not unfold:
            self._unfolded ^= {guide.id}
            self.highlighted = self.get_option_index(f"guide:{guide.id}")
            self._fill()

    @property
    def _highlighted_id(self) -> str:
        option = self.highlighted_option
        return option.id or "" if option else ""

    def _fill(self, *, to_first_hit: bool = False) -> None:
        overview = self._overview
        if overview is None:
            return
        before = self._highlighted_id
        listed = rows(overview, self._unfolded, self._searched)
        self._rows = {row.id: row for row in listed if not isinstance(row, FieldRow)}
        width = max(50, self.app.size.width - MARGIN)
        told = scenario_rows(all_choices(overview), overview, width)
        options = [
            Option(row_text(row, told, width), disabled=True)
            if isinstance(row, FieldRow)
            else Option(row_text(row, told, width), id=row.id)
            for row in listed
        ]
        if not listed:
            options.append(Option(Content("No guide holds these words. escape shows all."), disabled=True))
        self.set_options(options)
        found = [row.id for row in listed if isinstance(row, ScenarioRow) and row.holds(self._searched)]
        wanted: list[str | None] = [*found, before] if to_first_hit else [before, *found]
        wanted += [NEXT, key_at_first(overview)]
        here = [row_id for row_id in (*wanted, *told, *self._rows) if row_id in self._rows]
        if here:
            self.highlighted = self.get_option_index(here[0] or "")
