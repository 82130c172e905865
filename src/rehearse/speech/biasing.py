"""Biasing: which names are whispered to the recogniser, and the check that it didn't swallow words for it."""

from collections import Counter
from collections.abc import Callable, Sequence

from rehearse.domain.guide import Guide, Scenario, Term

BUDGET = 180
"""Tokens of hotwords. Whisper takes 223 at most; every token costs time."""

HESITANT = "So, um, this was, uh, you know, like,"
"""Makes the recogniser write fillers down. Far from the text it keeps four fillers of five instead of every second;
next to the text it keeps nine of ten and costs a word in a hundred."""

_LEAST_WORDS = 1.1
"""Words a second of speech below which words must be missing: slow speakers say two, hesitant ones one and a half."""

_ENOUGH_SPEECH = 1.6
"""Seconds of speech from which the count means something: one long "um" holds a second."""


def terms_for(guide: Guide, scenario: Scenario | None = None) -> tuple[Term, ...]:
    """The guide's terms, the likeliest in the scenario first.

    First what its sample answer says, then names expected at its level, then names above it, then common words,
    which the recogniser knows anyway. Within a rank the sections take turns, the highest level of each first, so
    that a section with many names leaves room for the others.
    """
    sample = scenario.sample_text.casefold() if scenario else ""
    level = scenario.level if scenario else 3

    def rank(term: Term) -> tuple[bool, bool, bool]:
        return (not term.named, term.name.casefold() not in sample, term.level > level)

    taken: Counter[tuple[object, ...]] = Counter()
    turns: dict[str, int] = {}
    for term in sorted(guide.terms, key=lambda term: -term.level):
        group = (rank(term), term.sections)
        turns[term.name] = taken[group]
        taken[group] += 1
    return tuple(sorted(guide.terms, key=lambda term: (rank(term), turns[term.name])))


def hotwords(terms: Sequence[Term], encode: Callable[[str], list[int]], budget: int = BUDGET) -> tuple[int, ...]:
    """Tokens of as many names as fit, separated by commas; those of the likeliest terms, the likeliest last.

    What stands nearest to the text weighs most with the recogniser, so the order is turned round. Names whose words
    are single tokens are words that it knows ("random forest"): they get what room is left.
    """

    def is_known(term: Term) -> bool:
        return all(len(encode(word)) == 1 for word in term.name.split())

    chosen: list[Term] = []
    for term in sorted(terms, key=is_known):
        if len(encode(", ".join(one.name for one in [*chosen, term]))) > budget:
            break
        chosen.append(term)
    return tuple(encode(", ".join(term.name for term in reversed(chosen))))


def prompt(terms: Sequence[Term], encode: Callable[[str], list[int]]) -> tuple[int, ...]:
    """What stands before the text: somebody who hesitates, then the names. Nothing where there are no names."""
    names = hotwords(terms, encode)
    return (*encode(HESITANT), *names) if names else ()


def words_are_missing(text: str, voiced: float) -> bool:
    """Fewer words than `voiced` seconds of speech must hold."""
    return voiced >= _ENOUGH_SPEECH and len(text.split()) < voiced * _LEAST_WORDS
