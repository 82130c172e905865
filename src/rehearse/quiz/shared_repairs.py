"""Which sentences mend a mistake that they weren't written for: they are no wrong answers to its cards."""

import re

from rehearse.domain.guide import Guide, Mistake
from rehearse.quiz.giveaways import Names, names_of, stem, telling_words, words

HOLLOWNESS = frozenset({"unreasoned-list", "vague"})
"""Detectors of two mistakes that one answer easily makes both: never options of the same card where one is right."""
CONCRETENESS = HOLLOWNESS | {"over-engineered"}
"""Detectors of mistakes that lie close together: a reasoned, modest, concrete sentence mends any of the three."""
SHARED = 2
"""Words in common with a repair of the mistake from which on a sentence may say the same."""
_SHORTEST = 4

_SUBSTANCE = re.compile(
    r"\d|\b(?:because|since|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|half|third|quarter"
    r"|hundreds?|thousands?|millions?|percent)\b",
    re.IGNORECASE,
)
"""A reason or a figure."""


class SharedRepairs:
    """What of other mistakes' repairs mends this one as well; told by words alone, erring towards yes."""

    def __init__(self, guide: Guide, mistake: Mistake) -> None:
        self._mistake = mistake
        self._names = [names_of(section) for section in guide.sections if section.id in mistake.sections]
        terms = guide.terms if mistake.detector in HOLLOWNESS else ()
        hinting = [term for term in guide.terms if set(term.sections) & set(mistake.sections)]
        self._terms = Names(words(name) for term in (*terms, *hinting) for name in (term.name, *term.aliases))
        self._said = [_stems(text) for text in (*mistake.repairs, *mistake.near_misses)]

    def by(self, text: str, other: Mistake) -> bool:
        """`text`, which repairs `other`, mends this mistake too."""
        mistake = self._mistake
        hollow = mistake.detector in HOLLOWNESS
        if mistake.detector in CONCRETENESS and other.detector in CONCRETENESS:
            return True
        if mistake.detector == "section-missing" and other.detector in HOLLOWNESS:
            return True  # something concrete may be about any section
        if hollow and _SUBSTANCE.search(text):
            return True
        if self._terms.inside(text) or any(names.inside(text) for names in self._names):
            return True
        return any(len(_stems(text) & said) >= SHARED for said in self._said)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in telling_words(text) if len(word) >= _SHORTEST}
