"""Names inside sentences: a statement that names its section gives the answer away."""

import re
from collections.abc import Iterable

from rehearse.domain.guide import Guide, Section

FILLER_WORDS = frozenset(
    re.split(" ", "a an and at by for from in into it its no not of on or our the their to what with your")
)

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDING = re.compile(r"(?:i[sz](?:ations?|e[ds]?|ing|ers?)|ations?|ments?|ings?|ances?|ences?|ed|es|s|e|y)$")
_SHORTEST_STEM = 4
_LONGEST_ENDING = 8


def words(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return [word.casefold() for word in _WORD.findall(text)]


def telling_words(text: str) -> list[str]:
    """The words that carry meaning."""
    return [word for word in words(text) if word not in FILLER_WORDS]


def stem(word: str) -> str:
    """What the forms of a word have in common: "deploy" for "deployment"; errs towards too short."""
    for _ in range(2):  # "improvement", "improve", "improv"
        shorter = _ENDING.sub("", word)
        if len(shorter) < _SHORTEST_STEM:
            break
        word = shorter
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]  # "shipping"
    return word


class Names:
    """Some names, each a phrase of one or more words, to be found in sentences in any form."""

    def __init__(self, phrases: Iterable[list[str]]) -> None:
        """A name is found where all its words are, in any order."""
        self._names = [re.compile("".join(map(_anywhere, phrase))) for phrase in phrases if phrase]

    def inside(self, text: str) -> bool:
        """`text` holds one of the names."""
        said = " ".join(words(text))
        return any(name.match(said) for name in self._names)


def _anywhere(word: str) -> str:
    root = stem(word)
    ending = rf"\w{{0,{_LONGEST_ENDING}}}" if len(root) >= _SHORTEST_STEM else ""
    return rf"(?=.*\b{re.escape(root)}{ending}\b)"


def names_of(section: Section) -> Names:
    """What gives a section away: each word of its title, and each synonym as a phrase."""
    phrases = [[word] for word in telling_words(section.title)]
    phrases += [telling_words(synonym) or words(synonym) for synonym in section.synonyms]
    return Names(phrases)


def section_names(guide: Guide) -> dict[str, Names]:
    """What gives each section away, by its id."""
    return {section.id: names_of(section) for section in guide.sections}


def title_names(title: str) -> Names:
    """What gives a title away: each of its words."""
    return Names([word] for word in telling_words(title))
