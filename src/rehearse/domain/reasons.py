"""Why a mark stands as it does, in a sentence or two for the person whose answer it is."""

from collections.abc import Collection

from rehearse.domain.coverage import BLOCKED, ELSEWHERE, NOTHING, Match, SectionMark, SectionState

SAID = frozenset([BLOCKED, ELSEWHERE, NOTHING])
"""Kinds of the matches that these sentences tell of."""


def reason(mark: SectionMark, belongs: str) -> str:
    """What speaks against the words that there were, or that there were none, and what would be ticked; "" where the
    words shown with the mark and what they match say it all, and where the user's word stands.

    Args:
        mark: of an answer that is over and was judged.
        belongs: what belongs into the section, a sentence.
    """
    if mark.corrected:
        return ""
    match mark.state:
        case SectionState.COVERED:
            return ""
        case SectionState.THIN:
            against = _first(mark.why, {BLOCKED}) or "too little is told of it for a tick"
            return f"Only touched: {against}. What belongs here: {belongs}"
        case SectionState.UNCLEAR:
            there = "What was said there couldn't be made out" if mark.evidence else "There was no microphone then"
            return f"{there}: if you told it, c puts your word over the mark."
        case SectionState.MISSING:
            return f"{_why_missing(mark)} What belongs here: {belongs}"


def _why_missing(mark: SectionMark) -> str:
    if mark.nearest is None:
        # Answers of earlier versions don't know what came near.
        near = _first(mark.why, {BLOCKED, NOTHING}) or "nothing that was said counts for it"
        return f"It didn't come up: {near}."
    words = f"“{mark.nearest.text.rstrip('.,;:')}”"
    if against := _first(mark.why, {BLOCKED}):
        return f"The nearest words were {words}: {against}."
    if other := _first(mark.why, {ELSEWHERE}):
        return f"The nearest words were {words}, and they tell more of “{other}”."
    return f"The nearest words were {words}: they tell too little of it for a tick."


def _first(why: Collection[Match], kinds: Collection[str]) -> str:
    return next((match.text for match in why if match.kind in kinds), "")
