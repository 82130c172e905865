"""Whether something is told as it happened, or how things are: whoever ran a model says what was done.

Advice, pitches and opinions use the guide's words, too, but in the present: "you take the data", "our platform is".
How much of the past is to be expected depends on the question, so the guide's own sentences are the measure.
"""

import re
from collections.abc import Sequence

_IRREGULAR = """
    was were had did went got built made took used ran started wanted needed came found said told knew thought saw gave
    kept left put wrote sold brought bought paid sent felt held led met spent stood taught won began broke chose drove
    fell grew lost rose became tried learned realised realized
"""
_PAST = frozenset(_IRREGULAR.split())
_PRESENT = frozenset(
    "is are am it's that's there's we're they're you're i'm he's she's what's isn't aren't".split()  # noqa: SIM905 - words in a row read best
)
_NO_PAST = frozenset("speed feed seed embed indeed hundred".split())  # noqa: SIM905 - likewise
"""Words in -ed that are no verb of the past."""

EXPECTED = 0.8
"""Verbs, in ten words, by which an answer may fall behind the guide's sentences and nothing is taken off. Of labelled
written answers 7 % fall further behind (none lost a right tick for it), of passages in which people tell of a system of
theirs 17 %, of those in which they tell of none 39 %."""
SLOPE = 2.0
"""Score taken off for each verb in ten words further behind; from 1 to 3 does nearly as well."""
ENOUGH = 100
"""Words from which the share is taken at its full weight; in fewer, two verbs decide it."""


class Telling:
    """Knows how the sentences of a guide are told."""

    def __init__(self, serving: Sequence[str]) -> None:
        """`serving`: the sentences that serve a section."""
        self._usual = past_share(" ".join(serving).split())

    def penalty(self, words: Sequence[str]) -> float:
        """What is taken off every section's score; 0 for an answer that tells as the guide does."""
        if not words:
            return 0.0
        behind = self._usual - past_share(words)
        return SLOPE * min(1.0, len(words) / ENOUGH) * max(0.0, behind - EXPECTED)


def past_share(words: Sequence[str]) -> float:
    """Verbs of the past less forms of "to be" in the present, in ten words; 0 of none."""
    plain = [re.sub(r"[^a-z0-9']", "", word.lower().replace("’", "'")) for word in words]
    past = sum(_is_past(word) for word in plain)
    present = sum(word in _PRESENT for word in plain)
    return 10 * (past - present) / max(1, len(plain))


def _is_past(word: str) -> bool:
    return word in _PAST or (len(word) > 4 and word.endswith("ed") and word not in _NO_PAST)
