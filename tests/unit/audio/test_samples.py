import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.audio.samples import FLOOR_DBFS, Resampler, downmix, level, peak_dbfs, resample, rms_dbfs
from rehearse.domain.sound import SAMPLE_RATE, Samples


def sine(hertz: float, rate: int, seconds: float = 1.0, amplitude: float = 1.0) -> Samples:
    return (amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def test_downmix_is_the_mean() -> None:
    frames = np.array([[1.0, 0.0, -0.25], [0.5, 0.5, 0.5]], np.float32)
    np.testing.assert_allclose(downmix(frames), [0.25, 0.5])
    assert downmix(frames).dtype == np.float32


def test_mono_stays_as_it_is() -> None:
    mono = sine(100, 1000)
    assert downmix(mono) is mono
    np.testing.assert_array_equal(downmix(mono[:, None]), mono)


def test_full_scale_is_0_dbfs_and_a_sine_3_below() -> None:
    assert peak_dbfs(sine(250, 16_000)) == pytest.approx(0.0, abs=0.01)
    assert rms_dbfs(sine(250, 16_000)) == pytest.approx(-3.01, abs=0.01)
    assert peak_dbfs(np.array([0.01, -0.1], np.float32)) == pytest.approx(-20.0)


@pytest.mark.parametrize("nothing", [np.zeros(100, np.float32), np.zeros(0, np.float32), np.full(3, 1e-9, np.float32)])
def test_silence_is_the_floor(nothing: Samples) -> None:
    assert peak_dbfs(nothing) == rms_dbfs(nothing) == FLOOR_DBFS
    assert level(nothing) == 0.0


@pytest.mark.parametrize(("dbfs", "shown"), [(0.0, 1.0), (-30.0, 0.5), (-60.0, 0.0), (-80.0, 0.0)])
def test_the_meter_goes_in_even_steps_of_db(dbfs: float, shown: float) -> None:
    assert level(np.array([10 ** (dbfs / 20)], np.float32)) == pytest.approx(shown, abs=1e-6)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_tone_keeps_its_pitch_length_and_loudness(rate: int) -> None:
    out = resample(sine(440, rate, 2.0, 0.5), rate)
    assert abs(len(out) - 2 * SAMPLE_RATE) <= 1
    spectrum = np.abs(np.fft.rfft(out[: 2 * SAMPLE_RATE]))
    assert int(np.argmax(spectrum)) / 2 == pytest.approx(440, abs=0.5)
    assert rms_dbfs(out) == pytest.approx(-9.03, abs=0.1)


def test_what_16_khz_cannot_hold_does_not_fold_back() -> None:
    assert rms_dbfs(resample(sine(12_000, 44_100, 1.0, 0.5), 44_100)[200:-200]) < -60


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 12_000), max_size=8), rate=st.sampled_from([22_050, 44_100, 48_000]))
def test_blocks_make_no_difference(cuts: list[int], rate: int) -> None:
    sound = sine(440, rate, 12_000 / rate)
    resampler = Resampler(rate)
    parts = [resampler.push(part) for part in np.split(sound, sorted(cuts))]
    np.testing.assert_allclose(np.concatenate([*parts, resampler.flush()]), resample(sound, rate), atol=1e-6)


def test_the_same_rate_passes_through() -> None:
    sound = sine(440, SAMPLE_RATE)
    assert Resampler(SAMPLE_RATE).push(sound) is sound
    np.testing.assert_array_equal(resample(sound, SAMPLE_RATE), sound)


def test_nothing_stays_nothing() -> None:
    assert len(resample(np.zeros(0, np.float32), 44_100)) == 0
