"""Segments cover every voice, in order, without overlap, and are cut only where it is quiet."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.sound import SAMPLE_RATE, EndedBy, SpeechSegment
from rehearse.speech.segmenter import Segmenter, SegmenterSettings
from rehearse.speech.vad import WINDOW

STEP = WINDOW / SAMPLE_RATE


def run(probabilities: list[float], settings: SegmenterSettings | None = None) -> tuple[list[SpeechSegment], Segmenter]:
    """Segments of windows whose first sample is the window's number."""
    segmenter = Segmenter(settings)
    found = []
    for number, probability in enumerate(probabilities):
        window = np.full(WINDOW, 0.1 * probability, np.float32)
        window[0] = number
        if segment := segmenter.push(window, probability):
            found.append(segment)
    if last := segmenter.flush():
        found.append(last)
    return found, segmenter


def windows(seconds: float, probability: float) -> list[float]:
    return [probability] * round(seconds / STEP)


def test_silence_gives_nothing() -> None:
    segments, segmenter = run(windows(60, 0.02))
    assert segments == []
    assert segmenter.spans == ()


def test_a_pause_ends_a_segment_with_lead_in_and_tail() -> None:
    segments, _ = run(windows(1, 0.0) + windows(2, 0.9) + windows(2, 0.0))
    (segment,) = segments
    assert segment.ended_by is EndedBy.PAUSE
    assert segment.start < segment.speech_start < segment.speech_end < segment.end
    assert len(segment.samples) == round((segment.end - segment.start) * SAMPLE_RATE)


def test_a_short_dip_does_not_end_a_segment() -> None:
    segments, _ = run(windows(2, 0.9) + windows(0.3, 0.05) + windows(2, 0.9) + windows(1, 0.0))
    assert len(segments) == 1


def test_hysteresis_keeps_a_fading_voice() -> None:
    segments, _ = run(windows(1, 0.9) + windows(1.5, 0.4) + windows(1, 0.0))
    assert segments[0].speech_end - segments[0].speech_start > 2.3


def test_something_loud_that_may_be_a_voice_is_let_in_as_doubtful() -> None:
    doubtful = [0.3, 0.1, 0.2, 0.25] * 20
    segments, segmenter = run(windows(1, 0.02) + doubtful + windows(1, 0.02))
    (segment,) = segments
    assert segment.doubtful
    assert segment.voice == ()
    assert abs(segment.speech_start - 1.0) < 8 * STEP
    assert abs(segment.speech_end - 1.0 - len(doubtful) * STEP) < 4 * STEP
    assert segmenter.spans
    sure, _ = run(windows(1, 0.02) + doubtful + windows(1, 0.9) + windows(1, 0.02))
    assert [one.doubtful for one in sure] == [False]


def test_what_is_doubtful_and_quiet_or_short_is_nothing() -> None:
    segmenter = Segmenter()
    quiet = np.full(WINDOW, 1e-3, np.float32)
    assert not any(segmenter.push(quiet, 0.3) for _ in range(200))
    assert not segmenter.speaking
    assert run([*windows(1, 0.02), *[0.4] * 5, *windows(1, 0.02)])[0] == []
    assert run([0.07] * 400)[0] == []


def test_a_segment_knows_where_its_voice_is() -> None:
    (segment,) = run(windows(1, 0.0) + windows(1, 0.9) + windows(0.3, 0.05) + windows(1, 0.9) + windows(1, 0.0))[0]
    first, second = segment.voice
    assert first.start == segment.speech_start
    assert second.end == segment.speech_end
    assert abs(second.start - first.end - 0.3) < 2 * STEP


def test_a_click_is_dropped() -> None:
    segments, segmenter = run([*windows(1, 0.0), 0.95, 0.9, *windows(2, 0.0)])
    assert segments == []
    assert segmenter.spans == ()


def test_a_long_speech_is_cut_in_its_deepest_dip_and_nothing_is_lost() -> None:
    talk = windows(7, 0.9) + windows(0.16, 0.4) + windows(7, 0.9) + windows(1, 0.0)
    segments, _ = run(talk)
    first, second = segments
    assert first.ended_by is EndedBy.MAX_LENGTH
    assert first.end == second.start
    assert 7.0 - STEP < first.end < 7.2 + STEP


def test_stop_ends_the_open_segment() -> None:
    segments, segmenter = run(windows(2, 0.9))
    assert segments[0].ended_by is EndedBy.STOP
    assert not segmenter.speaking


def test_the_open_segment_is_final_once_its_tail_is_complete() -> None:
    segmenter = Segmenter()
    for probability in windows(2, 0.9) + windows(0.26, 0.0):
        segmenter.push(np.zeros(WINDOW, np.float32), probability)
    assert segmenter.open_is_complete
    ahead = segmenter.open_segment()
    closed = segmenter.flush()
    assert ahead is not None
    assert closed is not None
    assert (ahead.start, ahead.end) == (closed.start, closed.end)


def test_silence_counts_from_the_last_voice() -> None:
    _, segmenter = run(windows(1, 0.9) + windows(3.2, 0.0))
    assert abs(segmenter.silence - 3.2) < STEP


levels = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 120)), min_size=1, max_size=14).map(
    lambda runs: [probability for probability, count in runs for _ in range(count)]
)


@given(levels)
def test_segments_are_in_order_without_overlap_and_true_to_the_sound(probabilities: list[float]) -> None:
    settings = SegmenterSettings(longest=4.0, crowded=2.0, dip_from=1.5)
    segments, _ = run(probabilities, settings)
    for before, after in pairwise(segments):
        assert before.end <= after.start + 1e-9
    for segment in segments:
        numbers = segment.samples[::WINDOW].astype(int).tolist()
        first = round(segment.start / STEP)
        assert numbers == list(range(first, first + len(numbers)))
        assert segment.start <= segment.speech_start <= segment.speech_end <= segment.end + 1e-9
        assert segment.end - segment.start <= settings.longest + STEP


@given(levels)
def test_every_long_voice_is_in_some_segment(probabilities: list[float]) -> None:
    settings = SegmenterSettings(longest=4.0, crowded=2.0, dip_from=1.5)
    segments, _ = run(probabilities, settings)
    inside = {n for s in segments for n in range(round(s.start / STEP), round(s.end / STEP))}
    for number in range(len(probabilities) - 5):
        if all(value >= settings.begin for value in probabilities[number : number + 6]):
            assert number in inside
