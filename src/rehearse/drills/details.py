"""The things an answer says: names, figures and other words that carry meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.coverage.topics import names_nothing
from rehearse.delivery.fillers import find_fillers
from rehearse.delivery.tokens import tokens
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.quiz.giveaways import stem

GAP = 1
"""Words without meaning between two things that are still shown as one phrase ("alerts on drift")."""
LONGEST = 3
"""Things in one phrase."""
_EDGES = re.compile(r"^[^\w“\"]+|[^\w%”\"]+$")


@dataclass(frozen=True)
class Detail:
    """A thing that was said."""

    key: str
    """The same for every form of it."""
    first_word: int
    """Index into `Transcript.words`."""
    end_word: int
    is_term: bool = False
    """It names one of the guide's terms."""


def details(transcript: Transcript, guide: Guide) -> tuple[Detail, ...]:
    """All that carries meaning, in order: the guide's terms whole, by their canonical names, and single words."""
    words = tokens(transcript)
    bare = [token.bare for token in words]
    left_out = {i for filler in find_fillers(transcript) for i in range(filler.first_word, filler.end_word)}
    names = term_names(guide)
    found: list[Detail] = []
    at = 0
    while at < len(bare):
        term, length = _term_at(bare, at, names)
        recognised = transcript.words[at].term
        if term:
            found.append(Detail(term, at, at + length, is_term=True))
        elif recognised is not None:
            found.append(Detail(recognised.lower(), at, at + 1, is_term=True))
        elif at not in left_out and says_something(bare[at]):
            found.append(Detail(stem(bare[at]), at, at + 1))
        at += max(1, length)
    return tuple(found)


def says_something(word: str) -> bool:
    """A bare word that carries meaning: a figure, or no word that stands in phrases of every subject."""
    return word.isdigit() or (len(word) > 1 and not names_nothing(word))


def term_names(guide: Guide) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The names of a guide's terms as bare words, each with the canonical one; by first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for term in guide.terms:
        for name in (term.name, *term.aliases):
            phrase = tuple(token.bare for token in tokens(Transcript.typed(name)) if token.bare)
            if len(phrase) > 1 or any(map(says_something, phrase)):  # "IT" and "Go" are mostly "it" and "go"
                found.setdefault(phrase[0], []).append((phrase, term.name.lower()))
    return {first: sorted(several, key=lambda one: -len(one[0])) for first, several in found.items()}


def _term_at(words: Sequence[str], at: int, names: dict[str, list[tuple[tuple[str, ...], str]]]) -> tuple[str, int]:
    """The term that begins here and its number of words; ("", 0) for none."""
    for phrase, name in names.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return name, len(phrase)
    return "", 0


def phrases(transcript: Transcript, some: Sequence[Detail]) -> tuple[str, ...]:
    """Things that stand close together as they were said, each phrase once, the punctuation around it left out."""
    groups: list[list[Detail]] = []
    for detail in some:
        near = groups and detail.first_word - groups[-1][-1].end_word <= GAP and len(groups[-1]) < LONGEST
        if near and not _is_cut(transcript, groups[-1][-1].end_word - 1, detail.first_word):
            groups[-1].append(detail)
        else:
            groups.append([detail])
    said = (" ".join(w.text for w in transcript.words[one[0].first_word : one[-1].end_word]) for one in groups)
    bare = (_EDGES.sub("", text) for text in said)
    return tuple(dict.fromkeys(bare))


def _is_cut(transcript: Transcript, last: int, first: int) -> bool:
    """A sentence or a part of one ends between two words."""
    return any(word.text[-1:] in ".,;:!?" for word in transcript.words[last:first])
