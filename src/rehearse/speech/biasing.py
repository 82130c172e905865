"""Biasing: which names are whispered to the recogniser, and the check that it didn't swallow words for it."""

from collections.abc import Callable, Sequence

from rehearse.domain.guide import Guide, Scenario, Term

BUDGET = 180
"""Tokens of hotwords. Whisper takes 223 at most; every token costs time."""

_LEAST_WORDS = 1.1
"""Words a second of speech below which words must be missing: slow speakers say two, hesitant ones one and a half."""

_ENOUGH_SPEECH = 1.6
"""Seconds of speech from which the count means something: one long "um" holds a second."""


def terms_for(guide: Guide, scenario: Scenario | None = None) -> tuple[Term, ...]:
    """The guide's terms, the likeliest in the scenario first.

    First what its sample answer says, then names expected at its level, then names above it, then common words,
    which the recogniser knows anyway.
    """
    sample = scenario.sample_text.casefold() if scenario else ""
    level = scenario.level if scenario else 3

    def rank(term: Term) -> tuple[bool, bool, bool]:
        return (not term.named, term.name.casefold() not in sample, term.level > level)

    return tuple(sorted(guide.terms, key=rank))


def hotwords(terms: Sequence[Term], encode: Callable[[str], list[int]], budget: int = BUDGET) -> tuple[int, ...]:
    """Tokens of as many names as fit, separated by commas; those of the likeliest terms, the likeliest last.

    What stands nearest to the text weighs most with the recogniser, so the order is turned round.
    """
    chosen: list[str] = []
    for term in terms:
        if len(encode(", ".join([*chosen, term.name]))) > budget:
            break
        chosen.append(term.name)
    return tuple(encode(", ".join(reversed(chosen))))


def words_are_missing(text: str, voiced: float) -> bool:
    """Fewer words than `voiced` seconds of speech must hold."""
    return voiced >= _ENOUGH_SPEECH and len(text.split()) < voiced * _LEAST_WORDS
