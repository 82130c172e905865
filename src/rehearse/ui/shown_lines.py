"""The last thing that happens to a line before Textual sends it to the terminal."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from rehearse.domain.shown import UNSAFE


class ShownLines(LineFilter):
    """Leaves out what a terminal would obey: a line is laid out as if it weren't there.

    Textual counts control and bidirectional characters as no cell wide, so the rest stays where it is. A lone
    surrogate counts as one and is replaced.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, the same ones if nothing in them is unsafe."""
        if not any(_unsafe(segment) for segment in segments):
            return segments
        return [
            segment if segment.control or not _unsafe(segment) else Segment(_cleaned(segment.text), segment.style)
            for segment in segments
        ]


def _unsafe(segment: Segment) -> bool:
    """Worth a look: most text is printable, and then nothing in it is unsafe."""
    return not segment.text.isprintable()


def _cleaned(text: str) -> str:
    return UNSAFE.sub(lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else "", text).translate(_LAYOUT)


_LAYOUT = {ord("\t"): "", ord("\n"): ""}
"""Both are laid out long before; one that is left would move the rest of the line."""
