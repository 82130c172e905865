"""The one thing to do next, cut to the room that a review has for it."""

from textual.content import Content
from textual.geometry import Size

from rehearse.domain.advice import next_step
from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.ui.glyphs import shortened

LOW = 32
"""Rows under which the advice gets three lines; see the style sheet."""
WRAPPING = 9
"""Cells a line loses because words aren't cut."""


def advice(guide: Guide, answer: Answer, offer: str, size: Size) -> Content:
    """What to do next, and what is offered (`offer`), in a window of `size`."""
    lines = 3 if size.height < LOW else 4
    room = lines * (size.width - 2) - len(f"Next: {offer}") - WRAPPING * (lines - 1)
    return Content.assemble(("Next: ", "bold"), shortened(next_step(guide, answer), room), (offer, "bold"))
