"""Excerpts of a search in a window that is narrower than they are."""

from rehearse.history.exact_terms import Spans


def fitted(text: str, spans: Spans, width: int) -> tuple[str, Spans]:
    """As much of an excerpt as `width` columns hold, its first hit in it, "…" where it is cut; and the spans there."""
    width = max(1, width)
    if len(text) <= width:
        return text, spans
    start, end = spans[0] if spans else (0, 0)
    begin = 0
    if end >= width:
        begin = max(0, min(start - width // 3, len(text) - width + 1))
        begin = text.find(" ", begin, start) + 1 or start
    front, rest = "…" if begin else "", text[begin:]
    if len(rest) > width - len(front):
        rest = rest[: max(0, width - len(front) - 1)]
        at_word = rest.rfind(" ")
        rest = f"{(rest[:at_word] if at_word >= end - begin else rest).rstrip()}…"
    shown, moved = (front + rest)[:width], len(front) - begin
    last = len(shown) - shown.endswith("…")
    return shown, tuple((one + moved, min(other + moved, last)) for one, other in spans if begin <= one < last - moved)
