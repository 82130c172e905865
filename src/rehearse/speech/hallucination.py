"""What Whisper invents where nobody speaks, and how it gives itself away."""

import re
from collections.abc import Sequence

from rehearse.domain.transcript import Word

_NO_SPEECH = 0.6
"""Whisper's own threshold for its no-speech probability."""

_DOUBTFUL = 0.45
"""Mean word probability that words need where it is in doubt whether anybody speaks."""

_STOCK = frozenset(
    {
        "thank you",
        "thank you very much",
        "thank you for watching",
        "thanks for watching",
        "thank you so much",
        "please subscribe",
        "bye",
        "bye bye",
        "you",
        "music",
        "the end",
        "i'm sorry",
        "okay",
    }
)
"""Captions of silence in its training data. Last resort: only where the sound too speaks against them."""


def invented(
    words: Sequence[Word], no_speech: float, log_probability: float, voiced: float, *, doubtful: bool = False
) -> bool:
    """The words weren't said.

    Args:
        words: with their probabilities.
        no_speech: the recogniser's probability that there is no speech, 0..1.
        log_probability: average of the tokens'.
        voiced: seconds in which the voice detector heard a voice.
        doubtful: it was never sure of it.
    """
    if not words:
        return False
    probability = sum(word.probability for word in words) / len(words)
    if no_speech > _NO_SPEECH and log_probability < -1.0:
        return True
    if log_probability < -1.4 or probability < (_DOUBTFUL if doubtful else 0.2):
        return True
    said = re.sub(r"[^a-z' ]", "", " ".join(word.text for word in words).casefold()).strip()
    return said in _STOCK and (no_speech > 0.3 or probability < 0.5 or voiced < 0.25)
