"""How much was heard, and where a missing section may have come up unheard."""

from collections.abc import Sequence
from dataclasses import replace

from rehearse.domain.coverage import UNHEARD, Match, SectionMark, SectionState
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.transcript import Absence, Quote, Transcript, Utterance

DOUBTFUL = 0.35
"""Mean probability of an utterance's words under which it isn't counted as heard."""
LONG_ENOUGH = 2.0
"""Seconds of unheard speech in which a section may have come up; who speaks notices late that the microphone is away,
so that time without one counts as speech."""


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


def _reason(absence: Absence) -> Match:
    return Match(UNHEARD, f"microphone away for {absence.seconds:.0f} s at {clock_text(absence.at)}", 1.0)


def unclear_sections(sections: Sequence[SectionMark], transcript: Transcript) -> tuple[SectionMark, ...]:
    """Missing sections become unclear where enough speech went unheard; the row says where to listen, or that there was
    no microphone.
    """
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
    away = tuple(_reason(absence) for absence in transcript.absences if absence.seconds >= LONG_ENOUGH)
    if not moments and not away:
        return tuple(sections)
    return tuple(
        replace(mark, state=SectionState.UNCLEAR, evidence=tuple(moments), why=away, nearest=None)
        if mark.state is SectionState.MISSING
        else mark
        for mark in sections
    )
