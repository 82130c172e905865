import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.sources import BLOCK, SamplesSource
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock
from rehearse.live.protocols import AudioSource


class ManualClock:
    """Time passes in `sleep` alone."""

    def __init__(self) -> None:
        self.seconds = 7.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def read_all(source: AudioSource) -> list[AudioBlock]:
    blocks = []
    while not source.ended:
        if (block := source.read(0.5)) is not None:
            blocks.append(block)
    return blocks


@given(length=st.integers(0, 5 * BLOCK))
def test_all_of_it_comes_in_order_and_once(length: int) -> None:
    sound = np.arange(length, dtype=np.float32)
    source = SamplesSource(sound)
    source.open()
    blocks = read_all(source)
    assert [block.first_sample for block in blocks] == list(range(0, length, BLOCK))
    np.testing.assert_array_equal(np.concatenate([np.zeros(0), *(block.samples for block in blocks)]), sound)
    assert source.frames_delivered == length
    assert source.read(0.0) is None
    assert source.trouble is None


def test_before_it_is_open_nothing_comes() -> None:
    source = SamplesSource(np.zeros(BLOCK, np.float32))
    assert source.read(0.0) is None
    assert not source.ended


def test_closing_ends_it() -> None:
    source = SamplesSource(np.zeros(10 * BLOCK, np.float32))
    source.open()
    source.read(0.0)
    source.close()
    source.close()
    assert source.ended
    assert source.read(0.0) is None
    assert source.frames_delivered == BLOCK


def test_at_real_time_a_block_comes_when_it_would_have_been_spoken() -> None:
    clock = ManualClock()
    source = SamplesSource(np.zeros(SAMPLE_RATE, np.float32), real_time=True, now=clock.now, sleep=clock.sleep)
    source.open()
    for block in range(1, 11):
        assert source.read(0.5) is not None
        assert clock.seconds == pytest.approx(7.0 + block * 0.1)
    assert source.ended


def test_at_real_time_a_late_reader_catches_up() -> None:
    clock = ManualClock()
    source = SamplesSource(np.zeros(SAMPLE_RATE, np.float32), real_time=True, now=clock.now, sleep=clock.sleep)
    source.open()
    clock.seconds += 0.55
    assert [source.read(0.0) is not None for _ in range(6)] == [True] * 5 + [False]
    assert clock.slept in ([], [0.0])


def test_at_real_time_the_timeout_holds() -> None:
    clock = ManualClock()
    source = SamplesSource(np.zeros(SAMPLE_RATE, np.float32), real_time=True, now=clock.now, sleep=clock.sleep)
    source.open()
    assert source.read(0.04) is None
    assert clock.seconds == pytest.approx(7.04)
    assert source.frames_delivered == 0
    assert source.read(0.07) is not None
