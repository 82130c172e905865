"""LocalAgreement-2: which words of a changing hypothesis may be relied on.

Macháček, Dabre, Bojar: Turning Whisper into Real-Time Transcription System (2023): words on which two successive
hypotheses for a growing sound agree rarely change again.
"""

import re
from collections.abc import Sequence

from rehearse.domain.transcript import Word


class Agreement:
    """Follows the hypotheses for one open utterance."""

    def __init__(self) -> None:
        self._last: tuple[Word, ...] = ()
        self._agreed: tuple[Word, ...] = ()

    @property
    def agreed(self) -> tuple[Word, ...]:
        """Words that two successive hypotheses share from the beginning on; only ever grows."""
        return self._agreed

    @property
    def open(self) -> tuple[Word, ...]:
        """Words of the latest hypothesis behind the agreed ones."""
        return self._last[len(self._agreed) :]

    def update(self, hypothesis: Sequence[Word]) -> None:
        """Take in the next hypothesis."""
        shared = 0
        for before, now in zip(self._last, hypothesis, strict=False):
            if plain(before.text) != plain(now.text):
                break
            shared += 1
        if shared > len(self._agreed):
            self._agreed = (*self._agreed, *hypothesis[len(self._agreed) : shared])
        self._last = tuple(hypothesis)

    @property
    def text(self) -> str:
        """Agreed words and what follows them at the moment, without a last word that isn't whole yet ("fla-")."""
        words = [word.text for word in (*self._agreed, *self.open)]
        if words and words[-1].endswith("-"):
            words.pop()
        return " ".join(words)


def plain(text: str) -> str:
    """A word without its punctuation and capitals."""
    return re.sub(r"[^\w']", "", text.casefold())
