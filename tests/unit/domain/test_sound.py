"""Seconds and samples."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, samples, seconds


@given(st.integers(0, 10 * 3600 * SAMPLE_RATE))
def test_samples_survive_the_way_to_seconds_and_back(count: int) -> None:
    assert samples(seconds(count)) == count


@given(st.floats(0, 36_000))
def test_seconds_are_off_by_half_a_sample_at_most(length: float) -> None:
    assert abs(seconds(samples(length)) - length) <= 0.5001 / SAMPLE_RATE


def test_blocks_are_compared_by_identity() -> None:
    one, other = (AudioBlock(np.zeros(3, np.float32), 0) for _ in range(2))
    assert one != other
    assert one == one
