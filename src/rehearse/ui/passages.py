"""A passage of an answer in a line that is too short for it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len

Spans = Sequence[tuple[int, int]]
CUT = "…"
_WIDENS = "\ufe0f"
"""A sign that makes the one before it wide."""


def cut_around(text: str, spans: Spans, width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """As much of a text as `width` cells have room for, with "…" where it is cut, and where its hits stand in that.

    The first hit is seen, whatever stands before it; of one that is wider than the line the beginning. No word is cut
    in two where that is possible.

    Args:
        text: one line.
        spans: begin and end of each hit in it, the first one first.
        width: of what comes out, at most, in cells.
    """
    if cell_len(text) <= width:
        return text, tuple(spans)
    if width <= 1:
        return CUT[: max(0, width)], ()
    before = [0, *accumulate(max(cell_len(one), one == _WIDENS) for one in text)]  # cells before each letter
    first, last = spans[0] if spans else (0, 0)
    begin = _begin(text, before, first, last, width)
    room = width - (begin > 0)
    end = len(text)
    if before[end] - before[begin] > room:
        end = bisect_right(before, before[begin] + room - 1) - 1
        backwards = range(end, max(last, begin + 1) - 1, -1)
        end = next((at for at in backwards if text[at] == " " or _among_wide(before, at)), end)
    front = CUT if begin else ""
    moved = len(front) - begin
    seen = [(max(one, begin) + moved, min(other, end) + moved) for one, other in spans if one < end and other > begin]
    return f"{front}{text[begin:end]}{CUT if end < len(text) else ''}", tuple(seen)


def _begin(text: str, before: Sequence[int], first: int, last: int, width: int) -> int:
    """Where to begin, so that the hit from `first` to `last` is seen."""
    if before[last] + 1 <= width:
        return 0
    to_the_end = before[-1] + 1 - width
    at_least = min(before[last] + 2 - width, to_the_end)
    wanted = max(at_least, min(before[first] - width // 3, to_the_end))
    begin = bisect_left(before, wanted)
    begin = min(bisect_right(before, before[begin]) - 1, first)  # an accent isn't parted from its letter
    forwards = range(max(begin, 1), min(first + 1, len(text)))
    return next((at for at in forwards if text[at - 1] == " " or _among_wide(before, at)), begin)


def _among_wide(before: Sequence[int], at: int) -> bool:
    """A wide letter is before or behind: in such writing there are no spaces, and words may be cut."""
    one, other = before[at] - before[at - 1], before[at + 1] - before[at]
    return other > 0 and 2 in (one, other)  # an accent has no width
