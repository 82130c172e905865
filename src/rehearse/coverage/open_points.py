"""What an answer leaves open although its marks stand: what contradicts itself, what was named without a reason."""

import re
from collections.abc import Iterator, Sequence

from rehearse.coverage import language
from rehearse.coverage.clauses import Sentence, split
from rehearse.coverage.judging import ABSENT, Judged
from rehearse.coverage.terms import TermFinder
from rehearse.coverage.topics import topic_words
from rehearse.domain.coverage import Coverage, SectionState
from rehearse.domain.gaps import Contradiction, UnreasonedTerm
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript

_EARLIER = re.compile(
    r"\b(?:at first|at the (?:start|beginning)|in the beginning|initially|to begin with|before|until|till|yet|"
    r"back then|used to|originally|when (?:we|i) (?:started|joined|came)|early on|for the first)\b",
    re.IGNORECASE,
)
"""What wasn't there once may well be there later: that is no contradiction."""


def contradictions(
    guide: Guide, marks: Coverage, clauses: Sequence[Judged], transcript: Transcript
) -> Iterator[Contradiction]:
    """Sections that came up with substance and of which some other clause says that there was none."""
    for index, mark in enumerate(marks.sections):
        if mark.state is not SectionState.COVERED or not mark.evidence:
            continue
        topics = topic_words(guide, index)
        denied = [one for one in clauses if _denies(one, index, topics)]
        if denied:
            opposed = min(denied, key=lambda one: one.blocked[index] != ABSENT)
            words = transcript.quote(opposed.clause.first_word, opposed.clause.end_word)
            yield Contradiction(mark.section_id, mark.evidence[0], words)


def _denies(one: Judged, index: int, topics: frozenset[str]) -> bool:
    """The clause says that the section's matter wasn't there, and not only that it came later."""
    text = one.clause.text
    if _EARLIER.search(text):
        return False
    named = one.evidence[index] < 0 and language.denies(text, topics) and not language.speaks_in_general(text)
    return one.blocked[index] == ABSENT or bool(named)


def unreasoned_terms(guide: Guide, transcript: Transcript) -> Iterator[UnreasonedTerm]:
    """Proper names that were said and whose sentence says neither why nor what for; each once."""
    sentences, _ = split(transcript)
    reasoned: set[str] = set()
    found: dict[str, UnreasonedTerm] = {}
    for hit in TermFinder(guide).find(transcript.words):
        sentence = _sentence_at(sentences, hit.first_word)
        if sentence is None or not hit.term.named:
            continue
        if language.gives_reason(sentence.text):
            reasoned.add(hit.term.name)
        elif hit.term.name not in found:
            quote = transcript.quote(hit.first_word, hit.end_word)
            section_id = next(iter(hit.term.sections), None)
            found[hit.term.name] = UnreasonedTerm(hit.term.name, section_id, hit.term.level, quote)
    yield from (term for name, term in found.items() if name not in reasoned)


def _sentence_at(sentences: Sequence[Sentence], word: int) -> Sentence | None:
    return next((one for one in sentences if one.first_word <= word < one.end_word), None)
