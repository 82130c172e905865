"""The words of a follow-up question: the guide's own first, the interviewer's stock where those are used up."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rehearse.domain.gaps import Gap, GapKind
from rehearse.domain.guide import Guide

Lines = Mapping[str, Sequence[str]]
"""What an interviewer says around any guide's questions, by occasion; placeholders in braces."""

_WORDS_OF_THE_ANSWER = re.compile(r"[“\"]?(\{(?:quote|earlier)\})[”\"]?")


@dataclass(frozen=True)
class FollowUp:
    """A question after an answer."""

    gap: Gap
    text: str
    """As it is asked, the candidate's words in it."""
    phrasing: str
    """Names the wording, not the words: what was used once isn't used again."""


def follow_up(guide: Guide, gap: Gap, lines: Lines, used: Collection[str]) -> FollowUp | None:
    """The first wording for a gap that isn't `used` yet and whose placeholders can be filled; None if there is none."""
    values = {
        "quote": gap.quote,
        "earlier": gap.earlier,
        "term": gap.about if gap.kind is GapKind.TERM else "",
        "title": _title(guide, gap),
    }
    for name, wording in _wordings(guide, gap, lines):
        if name not in used and (text := filled(_quoting(wording), values)):
            return FollowUp(gap, text, name)
    return None


def _quoting(wording: str) -> str:
    """With “” around the candidate's words, however a guide has written it: by them deleting finds the words again."""
    return _WORDS_OF_THE_ANSWER.sub(r"“\1”", wording)


def filled(wording: str, values: Mapping[str, str]) -> str:
    """`wording` with its placeholders filled; "" where there is nothing to fill one with."""
    for name, value in values.items():
        place = f"{{{name}}}"
        if place in wording:
            if not value:
                return ""
            wording = wording.replace(place, value)
    return wording


def first_unused(lines: Lines, occasion: str, used: Collection[str]) -> tuple[str, str]:
    """Name and wording of what the interviewer says on an occasion; from the start again once all were used."""
    named = [(f"{occasion}/{index}", wording) for index, wording in enumerate(lines[occasion])]
    return next((one for one in named if one[0] not in used), named[len(used) % len(named)])


def _wordings(guide: Guide, gap: Gap, lines: Lines) -> Iterator[tuple[str, str]]:
    own: Sequence[str] = ()
    match gap.kind:
        case GapKind.MISSING:
            section = guide.section(gap.section_id)
            own = (section.follow_up, *section.follow_ups)
        case GapKind.THIN if gap.quote:
            own = guide.section(gap.section_id).deeper
        case GapKind.THIN:  # what touched it can't be quoted: it is asked for as if it had been left out
            yield from _wordings(guide, replace(gap, kind=GapKind.MISSING), lines)
            return
        case GapKind.MISTAKE:
            own = guide.mistake(gap.about).follow_ups
        case GapKind.TERM:
            own = guide.term_questions
        case GapKind.CONTRADICTION:
            pass
    subject = gap.about if gap.kind is GapKind.MISTAKE else gap.section_id
    where = f"{guide.id}/{gap.kind.value}" + ("" if gap.kind is GapKind.TERM else f"/{subject}")
    yield from ((f"{where}/{index}", wording) for index, wording in enumerate(own))
    stock = "deeper" if gap.kind is GapKind.THIN else gap.kind.value
    yield from ((f"{stock}/{index}", wording) for index, wording in enumerate(lines.get(stock, ())))


def _title(guide: Guide, gap: Gap) -> str:
    return guide.mistake(gap.about).title if gap.kind is GapKind.MISTAKE else guide.section(gap.section_id).title
