"""Finds a guide's terms in words: by name, alias, and as they sound."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.domain.guide import Guide, Term
from rehearse.domain.transcript import Word


@dataclass(frozen=True)
class TermHit:
    """A term that was said."""

    term: Term
    first_word: int
    end_word: int


def normal(text: str) -> str:
    """Lower case, letters and digits only, single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


class TermFinder:
    """Looks words up by their first token; longer names win over shorter ones inside them."""

    def __init__(self, guide: Guide) -> None:
        """Index every name and alias."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        self._by_name = {term.name: term for term in guide.terms}
        for term in guide.terms:
            for name in (term.name, *term.aliases):
                tokens = tuple(normal(name).split())
                if tokens:
                    self._by_first.setdefault(tokens[0], []).append((tokens, term))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, words: Sequence[Word]) -> list[TermHit]:
        """All terms in order, without overlaps."""
        tokens: list[tuple[str, int]] = []
        for index, word in enumerate(words):
            tokens += [(token, index) for token in normal(word.text).split()]
        hits: list[TermHit] = []
        at = 0
        while at < len(tokens):
            hit, length = self._at(tokens, at, words)
            if hit is not None:
                hits.append(hit)
            at += length
        return hits

    def _at(self, tokens: list[tuple[str, int]], at: int, words: Sequence[Word]) -> tuple[TermHit | None, int]:
        token, index = tokens[at]
        marked = words[index].term
        if marked and marked in self._by_name:
            length = sum(1 for later in tokens[at:] if words[later[1]].term == marked and later[1] - index < 4)
            end = tokens[at + max(0, length - 1)][1] + 1
            return TermHit(self._by_name[marked], index, end), max(1, length)
        # A plural or possessive names the same thing.
        for first in {token, token.removesuffix("s")}:
            for name, term in self._by_first.get(first, ()):
                said = tuple(t for t, _ in tokens[at : at + len(name)])
                if said == name or (said[:-1] == name[:-1] and said[-1:] and said[-1].removesuffix("s") == name[-1]):
                    if (
                        len(name) == 1
                        and len(name[0]) <= 2
                        and words[index].text.strip(".,;:").lower() == words[index].text.strip(".,;:")
                    ):
                        continue
                    return TermHit(term, index, tokens[at + len(name) - 1][1] + 1), len(name)
        return None, 1
