"""Words on lines. A transcript grows at its end: what stands on earlier lines isn't laid out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a line."""

    index: int
    text: str
    column: int


Line = list[PlacedWord]

WIDTHS = 4
"""For so many widths the lines are remembered: a panel beside them comes and goes."""


def wrap_words(words: Sequence[str], width: int, kept: Sequence[Line] = ()) -> list[Line]:
    """Words on lines of at most `width` cells, single spaces between them; a longer word has a line of its own.

    Args:
        words: all of them.
        width: of a line, in cells.
        kept: the first lines, if they are known.
    """
    lines: list[Line] = [*kept]
    first = kept[-1][-1].index + 1 if kept else 0
    column = width + 1  # no room: the first word begins a line
    for index in range(first, len(words)):
        length = cell_len(words[index])
        if column and column + length > width:
            lines.append([])
            column = 0
        lines[-1].append(PlacedWord(index, words[index], column))
        column += length + 1
    return lines or [[]]


def first_changed(before: Sequence[Line], now: Sequence[Line], settled: int) -> int:
    """Number of the first line that has to be drawn anew.

    Args:
        before: the lines that are drawn.
        now: the lines to draw.
        settled: words from the first one on that look the same, whatever they are.
    """
    for number, (old, new) in enumerate(zip(before, now, strict=False)):
        if old != new or (new and new[-1].index >= settled):
            return number
    return min(len(before), len(now))


class WordWrap:
    """Wraps a text that changes mostly at its end."""

    def __init__(self) -> None:
        """Nothing is wrapped yet."""
        self._known: dict[int, tuple[Sequence[str], list[Line]]] = {}

    def lines(self, words: Sequence[str], width: int) -> list[Line]:
        """The same as `wrap_words`."""
        before, lines = self._known.pop(width, ([], []))
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, words, strict=False))))
        # A line is the same where the word that didn't fit on it any more is, too.
        whole = sum(1 for line in lines[1:] if line[0].index < same)
        wrapped = wrap_words(words, width, lines[:whole])
        self._known[width] = (words, wrapped)
        while len(self._known) > WIDTHS:
            self._known.pop(next(iter(self._known)))
        return wrapped
