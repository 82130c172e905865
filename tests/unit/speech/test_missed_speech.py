"""Voice without words is found, wherever it stands; silence without words is none."""

import pytest

from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Word
from rehearse.speech.missed_speech import Hole, holes


def words(*at: tuple[str, float, float]) -> list[Word]:
    return [Word(text, start, end) for text, start, end in at]


SAID = (("maybe", 0.5, 0.9), ("a", 0.9, 1.0), ("snack", 1.0, 1.5))


@pytest.mark.parametrize(
    ("said", "voice", "found"),
    [
        (SAID, [(0.5, 1.6)], []),
        (SAID, [(0.5, 3.2)], [(3, 1.5, 3.2)]),  # the end is gone
        (SAID, [(0.5, 1.6), (2.2, 3.2)], [(3, 1.5, 3.2)]),
        (SAID, [(0.5, 1.6), (2.9, 3.2)], []),
        ((("snack", 0.5, 3.4), ("Bob", 3.4, 3.8)), [(0.5, 3.8)], [(1, 1.45, 3.4)]),  # one word spread over several
        ((("snack", 0.5, 3.4), ("Bob", 3.4, 3.8)), [(0.5, 1.0), (3.4, 3.8)], []),  # over a pause
        ((("Bob", 2.0, 2.4),), [(0.5, 2.4)], [(0, 0.5, 2.0)]),  # the beginning
        ((), [(0.5, 2.4)], [(0, 0.5, 2.4)]),
        ((), [], []),
    ],
)
def test_a_voice_without_words(
    said: tuple[tuple[str, float, float], ...],
    voice: list[tuple[float, float]],
    found: list[tuple[int, float, float]],
) -> None:
    got = [(hole.before, round(hole.start, 2), round(hole.end, 2)) for hole in holes(words(*said), _spans(voice))]
    assert got == found


def test_a_hole_knows_its_place() -> None:
    assert list(holes(words(("a", 0.0, 0.1)), _spans([(0.0, 2.0)]))) == [Hole(1, 0.1, 2.0)]


def _spans(voice: list[tuple[float, float]]) -> list[SpeechSpan]:
    return [SpeechSpan(start, end) for start, end in voice]
