"""Typed answers, judged leniently: any order, any separator, other names, small slips of spelling."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rehearse.domain.cards import Expected, Rating
from rehearse.quiz.giveaways import FILLER_WORDS, stem, words

MOST_WORDS = 5
"""Longest name looked for, in words."""
SHORTEST_BEGINNING = 3
"""Letters of a beginning that stands for its word ("dev")."""


@dataclass(frozen=True)
class Recall:
    """What of a list was recalled."""

    recalled: tuple[str, ...]
    """Expected things that came, as the guide spells them, in the order typed."""
    missed: tuple[str, ...]
    strangers: tuple[str, ...]
    """What was typed and is no name of anything expected."""

    @property
    def rating(self) -> Rating:
        """Everything is Good; all but one of four or more is Hard; less is Again. Strangers don't cost anything."""
        if not self.missed:
            return Rating.GOOD
        almost = len(self.missed) == 1 and len(self.recalled) >= 3
        return Rating.HARD if almost else Rating.AGAIN


def slips_allowed(name: str) -> int:
    """How many letters may be wrong, missing, too many or swapped: none in three letters, one in a short word."""
    return 0 if len(name) <= 3 else 1 if len(name) <= 6 else 2 if len(name) <= 11 else 3


def judge_recall(typed: str, expected: Sequence[Expected], known: Sequence[Expected] = ()) -> Recall:
    """What of `expected` was typed; `known` are names that may be typed and count for nothing."""
    names = list(_names(expected, known))
    recalled: list[str] = []
    strangers: list[str] = []
    for part in re.split(r"[,;/|\n>→]+", typed):
        unknown: list[str] = []
        for found in _found(words(part), names):
            if isinstance(found, str):
                unknown.append(found)
            elif found.text not in recalled:
                recalled.append(found.text)
        strangers += [" ".join(unknown)] if any(word not in FILLER_WORDS for word in unknown) else []
    wanted = [item.text for item in expected]
    return Recall(
        tuple(text for text in recalled if text in wanted),
        tuple(text for text in wanted if text not in recalled),
        tuple(strangers),
    )


def _names(expected: Sequence[Expected], known: Sequence[Expected]) -> Iterator[tuple[str, Expected]]:
    """Every name with what it stands for; a single word of a title is a name too where it is nobody else's."""
    everything = [*expected, *known]
    for item in everything:
        for name in item.names:
            if said := words(name):
                yield " ".join(said), item
        for word in words(item.text):
            if word not in FILLER_WORDS and not any(word in words(o.text) for o in everything if o is not item):
                yield word, item


def _found(said: Sequence[str], names: Sequence[tuple[str, Expected]]) -> Iterator[Expected | str]:
    """From left to right the longest names that fit, and the words between them."""
    at = 0
    while at < len(said):
        for length in range(min(MOST_WORDS, len(said) - at), 0, -1):
            best = _closest(" ".join(said[at : at + length]), names)
            if best is not None:
                yield best
                at += length
                break
        else:
            yield said[at]
            at += 1


def _closest(text: str, names: Sequence[tuple[str, Expected]]) -> Expected | None:
    """What `text` names: exactly, else with the fewest slips, else as a beginning or another form of one thing alone.

    A beginning is "dev", another form "deploying" for "deployment".
    """
    best = _fewest_slips(text, names)
    if best is not None:
        return best
    if len(text) < SHORTEST_BEGINNING or " " in text:
        return None
    begun = {item.text: item for name, item in names if name.startswith(text)}
    if len(begun) == 1:
        return next(iter(begun.values()))
    return _fewest_slips(stem(text), [(stem(name), item) for name, item in names if " " not in name])


def _fewest_slips(text: str, names: Iterable[tuple[str, Expected]]) -> Expected | None:
    from rapidfuzz.distance import OSA

    best: tuple[int, Expected] | None = None
    for name, item in names:
        slips = 0 if name == text else OSA.distance(name, text, score_cutoff=slips_allowed(name))
        if slips <= slips_allowed(name) and (best is None or slips < best[0]):
            best = (slips, item)
    return best[1] if best else None
