"""The ladder's grid: sections down, rungs across, a cursor on one cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import clock_text
from rehearse.drills.ladder import Cell, Rung
from rehearse.drills.rounds import STATE_WORDS
from rehearse.ui.glyphs import shortened

LABEL, CELL = 28, 12
"""Columns of a section's title and of a rung; four rungs fit into 80."""

GRID_GLYPHS = {
    SectionState.COVERED: "●",
    SectionState.THIN: "◐",
    SectionState.MISSING: "○",
    SectionState.UNCLEAR: "?",
}
_STYLES = {
    SectionState.COVERED: "$text-success",
    SectionState.THIN: "$text-warning",
    SectionState.MISSING: "$text-muted",
    SectionState.UNCLEAR: "$text-warning",
}


class LadderGrid(Widget, can_focus=True):
    """Which section survives which rung."""

    BINDING_GROUP_TITLE = "Grid"
    DEFAULT_CSS = "LadderGrid { height: auto; padding: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", show=False, tooltip="The section above"),
        Binding("down", "move(1, 0)", show=False, tooltip="The section below"),
        Binding("left", "move(0, -1)", show=False, tooltip="The longer rung"),
        Binding("right", "move(0, 1)", show=False, tooltip="The shorter rung"),
    ]

    rungs: reactive[tuple[Rung, ...]] = reactive((), layout=True)
    row = reactive(0)
    column = reactive(0)

    @dataclass
    class Moved(Message):
        """The cursor stands on another cell."""

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self.guide = guide

    @property
    def rung(self) -> Rung | None:
        """The rung under the cursor."""
        return self.rungs[self.column] if self.rungs else None

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        return self.rung.cells[self.guide.sections[self.row].id] if self.rung else None

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        self.row = max(0, min(len(self.guide.sections) - 1, self.row + down))
        self.column = max(0, min(len(self.rungs) - 1, self.column + right))
        self.post_message(self.Moved())

    def render(self) -> Content:
        lines = [Content.assemble((f"{'':{LABEL}}", ""), *((self._head(rung), "bold") for rung in self.rungs))]
        for row, section in enumerate(self.guide.sections):
            cells = [
                self._cell(rung, rung.cells[section.id], here=row == self.row and column == self.column)
                for column, rung in enumerate(self.rungs)
            ]
            lines.append(Content.assemble(f"{shortened(section.title, LABEL - 2):<{LABEL}}", *cells))
        lines.append(Content.assemble((f"{'survive':<{LABEL}}", "dim"), *map(self._survivors, self.rungs)))
        return Content("\n").join(lines)

    @staticmethod
    def _head(rung: Rung) -> str:
        return f" {clock_text(rung.seconds):<{CELL - 1}}"

    def _cell(self, rung: Rung, cell: Cell, *, here: bool) -> tuple[str, str]:
        if rung.answer is None:
            text, style = "–", "dim"
        elif cell.state is None:
            text, style = "– short", "dim"
        else:
            text, style = f"{GRID_GLYPHS[cell.state]} {STATE_WORDS[cell.state]}", _STYLES[cell.state]
        marked = f"[{text}]" if here and self.has_focus else f" {text}"
        return f"{marked:<{CELL}}", f"{style} bold" if here else style

    def _survivors(self, rung: Rung) -> tuple[str, str]:
        text = f"{len(rung.survivors)}/{len(self.guide.sections)}" if rung.judged else "–"
        return f" {text:<{CELL - 1}}", "bold" if rung.judged else "dim"


def climbed(rungs: Sequence[Rung]) -> int:
    """How many rungs have an answer."""
    return sum(rung.answer is not None for rung in rungs)
