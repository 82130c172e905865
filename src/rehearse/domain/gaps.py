"""What an interviewer would ask about after an answer: what was left out, only touched, doubtful or contradictory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rehearse.domain.coverage import Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Quote

MOST_QUOTED = 12
"""Words of a quote that are said aloud: a listener has to keep them in mind until the question comes."""
CLEARLY_ALIKE = 0.6
"""Cosine similarity to an example from which a clause that only touches a section is read back as being about it."""
FEWEST_QUOTED = 3
_AROUND = ' .,;:!?-–—…"“”'
_INNER = str.maketrans("“”„", "‘’‚")
_CONNECTING = frozenset(("so", "and", "but", "then", "well", "because", "also", "um", "uh", "yeah", "okay"))


class GapKind(StrEnum):
    """Why one would ask."""

    CONTRADICTION = "contradiction"
    """Something was said, and its opposite."""
    MISSING = "missing"
    """A section was left out."""
    MISTAKE = "mistake"
    """A common mistake was made: vague, too generic ..."""
    THIN = "thin"
    """A section was only touched."""
    TERM = "term"
    """Something was named, and no reason given for it."""


@dataclass(frozen=True)
class Gap:
    """One thing to ask about."""

    kind: GapKind
    section_id: str
    """The section that the answer is marked for."""
    quote: str = ""
    """The candidate's words, where there are any."""
    earlier: str = ""
    """For a contradiction: what was said before `quote`."""
    about: str = ""
    """For a mistake its id, for a term its name."""


@dataclass(frozen=True)
class Contradiction:
    """A section that was told with substance, and said to be absent."""

    section_id: str
    told: Quote
    denied: Quote


@dataclass(frozen=True)
class UnreasonedTerm:
    """A term of the guide that was named in a sentence which gives no reason."""

    name: str
    section_id: str | None
    """The section it hints at, if any."""
    level: int
    """The least level of scenario at which it is expected."""
    quote: Quote


def gaps(
    guide: Guide,
    marks: Coverage,
    contradictions: Sequence[Contradiction] = (),
    terms: Sequence[UnreasonedTerm] = (),
    *,
    settled: Collection[str] = (),
) -> list[Gap]:
    """What to ask about, the most worthwhile first; nothing where too little was said to judge.

    First what contradicts itself; then the section left out that should take the largest share of an answer; then the
    first mistake, so that two questions in a row are seldom of one kind; then the rest: sections left out, touched,
    terms, mistakes.

    Args:
        guide: whose answer it was.
        marks: of the answer, the user's corrections applied.
        contradictions: as the coverage engine found them.
        terms: as the coverage engine found them.
        settled: ids of sections that were asked about already.
    """
    if not marks.judged:
        return []
    share = {section.id: section.share[1] for section in guide.sections}

    def by_share(state: SectionState) -> list[Gap]:
        kind = GapKind.MISSING if state is SectionState.MISSING else GapKind.THIN
        found = [mark for mark in marks.sections if mark.state is state and mark.section_id not in settled]
        found.sort(key=lambda mark: -share.get(mark.section_id, 0.0))
        return [Gap(kind, mark.section_id, _told(mark)) for mark in found]

    opposed = [Gap(GapKind.CONTRADICTION, one.section_id, *_in_order(one)) for one in contradictions]
    missing, thin = by_share(SectionState.MISSING), by_share(SectionState.THIN)
    mistakes = [gap for mark in marks.mistakes if (gap := _mistake(guide, marks, mark))]
    named = [
        Gap(GapKind.TERM, one.section_id or _main_section(guide), spoken(one.quote.text), about=one.name)
        for one in sorted(terms, key=lambda one: -one.level)
    ]
    return [*opposed, *missing[:1], *mistakes[:1], *missing[1:], *thin, *named, *mistakes[1:]]


def _told(mark: SectionMark) -> str:
    """The words by which a section was touched, if they clearly do: a guess that is read back sounds like nonsense."""
    clear = any(match.kind in ("cue", "term") or match.strength >= CLEARLY_ALIKE for match in mark.why)
    return spoken(mark.evidence[0].text) if mark.evidence and (clear or mark.corrected) else ""


def spoken(quote: str) -> str:
    """A quote as it is read back: without connecting words and punctuation around it, cut after a dozen words.

    What was quoted in it is in single quotation marks: a question puts double ones around it, by which it is found
    again where the answer is deleted.
    """
    words = quote.strip(_AROUND).translate(_INNER).split()
    while len(words) > FEWEST_QUOTED and words[0].lower().strip(",") in _CONNECTING:
        words = words[1:]
    cut = " ".join(words[:MOST_QUOTED]).rstrip(_AROUND)
    return f"{cut} …" if len(words) > MOST_QUOTED else cut


def _in_order(one: Contradiction) -> tuple[str, str]:
    """`quote` and `earlier` of the gap: what was said later, and before."""
    first, second = sorted((one.told, one.denied), key=lambda quote: quote.first_word)
    return spoken(second.text), spoken(first.text)


def _mistake(guide: Guide, marks: Coverage, mark: MistakeMark) -> Gap | None:
    """None for a mistake that wasn't made, isn't in the guide any more, or is that a section was left out."""
    known = {mistake.id: mistake for mistake in guide.mistakes}
    if mark.state is not MistakeState.MADE or mark.mistake_id not in known:
        return None
    mistake = known[mark.mistake_id]
    if mistake.detector == "section-missing":
        return None
    quote = mark.evidence[0] if mark.evidence else None
    section_id = next(iter(mistake.sections), None) or _section_at(marks, quote) or _main_section(guide)
    return Gap(GapKind.MISTAKE, section_id, spoken(quote.text) if quote else "", about=mistake.id)


def _section_at(marks: Coverage, quote: Quote | None) -> str | None:
    """The section whose evidence shares words with a quote."""
    if quote is not None:
        for mark in marks.sections:
            for one in mark.evidence:
                if one.first_word < quote.end_word and quote.first_word < one.end_word:
                    return mark.section_id
    return None


def _main_section(guide: Guide) -> str:
    """The section that should take the largest share of an answer."""
    return max(guide.sections, key=lambda section: section.share[1]).id
