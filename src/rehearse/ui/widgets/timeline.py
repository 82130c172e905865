"""The answer on one row: a letter and a colour for the section each moment went to, dots for silence."""

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from rehearse.domain.delivery import Delivery
from rehearse.domain.guide import Guide
from rehearse.ui.glyphs import section_class

SILENCE, OTHER = "·", "-"


def timeline_letters(delivery: Delivery, duration: float, width: int, letters: dict[str, str]) -> str:
    """A letter a cell: what most of the cell's time went to.

    `letters` gives each section's; "-" is speech that served none, "·" is silence.
    """
    if duration <= 0 or width <= 0:
        return ""
    cell = duration / width
    row = []
    for index in range(width):
        start, end = index * cell, (index + 1) * cell
        shares: dict[str, float] = {SILENCE: 0.0}
        covered = 0.0
        for stretch in delivery.timeline:
            overlap = min(end, stretch.end) - max(start, stretch.start)
            if overlap > 0:
                name = letters.get(stretch.section_id or "", OTHER)
                shares[name] = shares.get(name, 0.0) + overlap
                covered += overlap
        shares[SILENCE] += cell - covered
        row.append(max(shares, key=lambda name: shares[name]))
    return "".join(row)


class Timeline(Static):
    """One row over the whole width; the place being heard is reversed."""

    position: reactive[float | None] = reactive(None)
    """Seconds being heard."""

    def __init__(self, guide: Guide, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._letters = {section.id: section.letter for section in guide.sections}
        self._classes_of = {section.letter: section_class(i) for i, section in enumerate(guide.sections)}
        self._delivery: Delivery | None = None
        self._duration = 0.0

    def show(self, delivery: Delivery | None, duration: float) -> None:
        """Draw another answer of `duration` seconds; of one that was typed there is nothing to draw."""
        self._delivery, self._duration = delivery, duration
        self.display = delivery is not None
        self.refresh()

    def render(self) -> Content:
        if self._delivery is None:
            return Content("")
        width = self.size.width
        row = timeline_letters(self._delivery, self._duration, width, self._letters)
        here = int(self.position / self._duration * width) if self.position is not None and self._duration else -1
        cells = []
        for index, letter in enumerate(row):
            name = self._classes_of.get(letter)
            style = f"${name}" if name else "dim"
            cells.append((letter, f"{style} reverse" if index == here else style))
        return Content.assemble(*cells)
