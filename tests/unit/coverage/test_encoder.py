"""A text's vector is its own."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from rehearse.coverage.encoder import SentenceEncoder
from rehearse.errors import InputError

SAID = [
    "We put it on a server.",
    "So yes.",
    "The planners read the list at six, before the first lorry leaves the yard.",
]


def test_a_text_has_the_same_vector_in_any_company(engine_cache: Path) -> None:
    together = SentenceEncoder(engine_cache).encode([*SAID, *(f"It was the {number}th time." for number in range(9))])
    alone = SentenceEncoder(engine_cache)
    for text, vector in zip(SAID, together, strict=False):
        assert np.array_equal(alone.encode([text])[0], vector)


def test_encoding_can_be_called_off(engine_cache: Path) -> None:
    cancelled = Event()
    cancelled.set()
    with pytest.raises(InputError, match="called off"):
        SentenceEncoder(engine_cache).encode(SAID * 4, cancelled=cancelled)
