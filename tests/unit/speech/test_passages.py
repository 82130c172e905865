"""Which segments are heard as one, and where their words go."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.sound import SAMPLE_RATE, EndedBy, SpeechSegment
from rehearse.domain.transcript import Word
from rehearse.speech.joined_segments import joined, on_the_clock
from rehearse.speech.passages import PassageSettings, goes_on


def segment(start: float, length: float) -> SpeechSegment:
    sound = np.zeros(round(length * SAMPLE_RATE), np.float32)
    return SpeechSegment(sound, start, start + length, start + 0.2, start + length - 0.2, EndedBy.PAUSE)


@pytest.mark.parametrize(
    ("passage", "following", "joins"),
    [
        ((), (0.0, 9.0), True),
        (((0.0, 3.0),), (3.4, 2.0), True),
        (((0.0, 3.0),), (3.7, 2.0), False),  # silent for 1.1 s
        (((0.0, 9.0), (9.0, 9.0)), (18.0, 9.0), True),
        (((0.0, 9.0), (9.0, 9.0)), (18.0, 11.0), False),  # 29 s are too much
        (((0.0, 9.0), (9.0, 9.0), (18.0, 3.0)), (21.0, 2.0), False),  # crowded
    ],
)
def test_a_passage_ends_at_a_pause_and_at_its_length(
    passage: tuple[tuple[float, float], ...], following: tuple[float, float], joins: bool
) -> None:
    assert goes_on([segment(*one) for one in passage], segment(*following), PassageSettings()) is joins


lengths = st.lists(st.tuples(st.floats(0.0, 3.0), st.floats(0.5, 9.0)), min_size=1, max_size=4)


@given(lengths, st.lists(st.tuples(st.floats(0, 40), st.floats(0, 2)), max_size=12))
def test_no_word_is_lost_at_a_seam_and_times_never_go_back(
    parts: list[tuple[float, float]], spoken: list[tuple[float, float]]
) -> None:
    segments, at = [], 0.0
    for silence, length in parts:
        segments.append(segment(at + silence, length))
        at = segments[-1].end
    words = [Word(str(n), start, start + length) for n, (start, length) in enumerate(sorted(spoken))]
    shares = on_the_clock(words, segments[:1], segments)
    assert [word.text for share in shares for word in share] == [word.text for word in words]
    for one, share in zip(segments, shares, strict=True):
        assert all(one.start <= word.start <= word.end <= one.end for word in share)
    assert all(a.end <= b.start for a, b in pairwise(word for share in shares for word in share))


def test_a_word_belongs_where_its_middle_is() -> None:
    parts = [segment(10.0, 2.0), segment(13.0, 2.0)]
    first, second = on_the_clock([Word("a", 0.5, 1.0), Word("b", 1.8, 2.4), Word("c", 2.5, 3.0)], (), parts)
    assert [(word.text, word.start, word.end) for word in first] == [("a", 10.5, 11.0)]
    assert [(word.text, word.start, word.end) for word in second] == [("b", 13.0, 13.4), ("c", 13.5, 14.0)]
    assert len(joined(parts)) == 4 * SAMPLE_RATE
