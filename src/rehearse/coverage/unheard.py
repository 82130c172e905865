"""How much was heard, and where a missing section may have come up unheard."""

from collections.abc import Sequence
from dataclasses import replace

from rehearse.domain.coverage import SectionMark, SectionState
from rehearse.domain.transcript import Quote, Transcript, Utterance

DOUBTFUL = 0.35
"""Mean probability of an utterance's words under which it isn't counted as heard."""
LONG_ENOUGH = 2.0
"""Seconds of unheard speech in which a section may have come up."""


def _unheard(utterance: Utterance) -> bool:
    if not utterance.words:
        return True
    return sum(word.probability for word in utterance.words) / len(utterance.words) < DOUBTFUL


def heard_share(transcript: Transcript) -> float | None:
    """Share of the detected speech that yielded words worth judging, by time; None for typed answers."""
    if not transcript.timed:
        return None
    total = sum(utterance.end - utterance.start for utterance in transcript.utterances)
    if total <= 0:
        return 1.0
    lost = sum(u.end - u.start for u in transcript.utterances if _unheard(u))
    return 1.0 - lost / total


def unclear_quotes(sections: Sequence[SectionMark], transcript: Transcript) -> tuple[SectionMark, ...]:
    """Missing sections become unclear where enough speech went unheard; the row says where to listen."""
    if not transcript.timed:
        return tuple(sections)
    moments: list[Quote] = []
    at = 0
    for utterance in transcript.utterances:
        count = len(utterance.words)
        if _unheard(utterance) and utterance.end - utterance.start >= LONG_ENOUGH:
            place = min(at, max(0, len(transcript.words) - 1))
            text = utterance.text or "…"
            moments.append(Quote(text, utterance.start, utterance.end, place, place + max(1, count)))
        at += count
    if not moments:
        return tuple(sections)
    return tuple(
        replace(mark, state=SectionState.UNCLEAR, evidence=tuple(moments))
        if mark.state is SectionState.MISSING
        else mark
        for mark in sections
    )
