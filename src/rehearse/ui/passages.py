"""A passage of an answer in a line that is too short for it."""

from collections.abc import Sequence

Spans = Sequence[tuple[int, int]]
CUT = "…"


def cut_around(text: str, spans: Spans, width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """As much of a text as `width` letters have room for, with "…" where it is cut, and where its hits stand in that.

    The first hit is seen, whatever stands before it.

    Args:
        text: one line.
        spans: begin and end of each hit in it, the first one first.
        width: of what comes out, at most.
    """
    if len(text) <= width:
        return text, tuple(spans)
    first, last = spans[0] if spans else (0, 0)
    begin = _begin(text, first, last, width)
    room = width - len(CUT) * (begin > 0)
    end = len(text)
    if end - begin > room:
        end = begin + room - len(CUT)
        end = max(text.rfind(" ", max(last, begin + 1), end + 1), 0) or end  # not within a word, where that is possible
    front = CUT if begin else ""
    moved = len(front) - begin
    seen = [(max(one, begin) + moved, min(other, end) + moved) for one, other in spans if one < end and other > begin]
    return f"{front}{text[begin:end]}{CUT if end < len(text) else ''}", tuple(seen)


def _begin(text: str, first: int, last: int, width: int) -> int:
    """Where to begin, so that the hit from `first` to `last` is seen: at a word, where that is possible."""
    if last + len(CUT) <= width:
        return 0
    wanted = min(first - width // 3, len(text) - width + len(CUT))
    at_word = text.find(" ", max(0, wanted), first) + 1
    return at_word or max(0, min(wanted, first))
