"""A list to tick entries in, whose ticks are signs and not colours alone."""

from typing import TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import SelectionList

T = TypeVar("T")

TICKED, OPEN = "[x]", "[ ]"
_BUTTON = 3
"""Segments, a cell each, that Textual draws its button of: the same sign in another colour once it is ticked."""


class TickList(SelectionList[T]):
    """`[x]` before what is ticked, `[ ]` before the rest."""

    def render_line(self, y: int) -> Strip:
        """A line with its tick."""
        line = super().render_line(y)
        index = self.scroll_offset.y + y
        if index >= self.option_count:
            return line
        ticked = self.get_option_at_index(index).value in self.selected
        _, *rest = line.divide([_BUTTON, line.cell_length])
        style = next(iter(rest[0])).style or self.rich_style
        tick = Segment(TICKED if ticked else OPEN, style + Style(meta={"option": index}))
        return Strip([tick, *rest[0]])
