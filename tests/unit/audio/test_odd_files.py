"""Recordings as they shouldn't be and are: what can be heard of them is heard, where it belongs."""

import wave
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rehearse.audio.channels import Downmixer
from rehearse.audio.files import load_audio
from rehearse.audio.samples import evened, peak_dbfs, rms_dbfs
from rehearse.domain.sound import SAMPLE_RATE, Samples, samples

RATE = 44_100


def tone(length: float, rate: int = RATE, amplitude: float = 0.5) -> NDArray[np.float32]:
    """440 Hz."""
    return (amplitude * np.sin(2 * np.pi * 440 * np.arange(round(length * rate)) / rate)).astype(np.float32)


def written(
    path: Path,
    channels: NDArray[np.float32],
    codec: str,
    rate: int = RATE,
    *,
    stamps: tuple[float, ...] = (0.0,),
    picture: bool = False,
) -> Path:
    """A file of the channels, shape (c, n); cut into as many parts as there are `stamps`, seconds where each begins.

    With a `picture` of four seconds, which begins at zero.
    """
    import av

    layout = "stereo" if len(channels) == 2 else "mono"
    with av.open(str(path), "w") as container:
        if picture:
            video: Any = container.add_stream("mpeg4", rate=10)
            video.width = video.height = 64
            video.pix_fmt = "yuv420p"
        stream: Any = container.add_stream(codec, rate=rate, layout=layout)
        if picture:
            for _ in range(40):
                black = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))
                container.mux(video.encode(black))
            container.mux(video.encode(None))
        size = stream.codec_context.frame_size or 1024
        for begin, part in zip(stamps, np.array_split(channels, len(stamps), axis=1), strict=True):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), format="fltp", layout=layout)
            frame.sample_rate = rate
            resampler = av.AudioResampler(stream.format.name, layout, rate, size)
            at = round(begin * rate)
            for piece in [*resampler.resample(frame), *resampler.resample(None)]:
                piece.time_base = Fraction(1, rate)
                piece.pts = at
                at += piece.samples
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def loudness(sound: Samples, begin: float, end: float) -> float:
    """dBFS between two moments, in seconds."""
    return rms_dbfs(sound[samples(begin) : samples(end)])


def is_tone(sound: Samples, begin: float, end: float) -> bool:
    part = sound[samples(begin) : samples(end)]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return abs(int(np.argmax(spectrum)) * SAMPLE_RATE / len(part) - 440) < 3


@pytest.mark.parametrize(("left", "right", "dbfs"), [(1, 1, -9), (1, -1, -9), (1, 0, -9), (0, 1, -9), (1, 0.5, -11.5)])
def test_two_channels_are_one_voice_however_they_are_wired(
    tmp_path: Path, left: float, right: float, dbfs: float
) -> None:
    path = written(tmp_path / "a.wav", np.stack([left * tone(2), right * tone(2)]), "pcm_s16le")
    found = load_audio(path)
    assert loudness(found, 0.5, 1.5) == pytest.approx(dbfs, abs=0.3)
    assert is_tone(found, 0.5, 1.5)


def test_two_voices_in_two_channels_are_both_kept() -> None:
    chance = np.random.default_rng(1)
    left, right = chance.normal(0, 0.1, (2, 16_000)).astype(np.float32)
    np.testing.assert_allclose(Downmixer().push(np.stack([left, right], axis=1)), (left + right) / 2, atol=1e-6)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
@pytest.mark.parametrize("rate", [16_000, RATE])
def test_samples_that_are_no_numbers_are_silence(tmp_path: Path, bad: float, rate: int) -> None:
    sound = tone(2, rate)
    sound[rate // 2 : rate // 2 + 10] = bad
    told: list[str] = []
    found = load_audio(written(tmp_path / "a.wav", sound[None], "pcm_f32le", rate), remark=told.append)
    assert np.isfinite(found).all()
    assert loudness(found, 1.0, 1.9) == pytest.approx(-9, abs=0.3)
    assert is_tone(found, 1.0, 1.9)
    assert "10 damaged samples" in told[0]


@pytest.mark.parametrize("bad", [30_000.0, -9.5e4, 12.0])
@pytest.mark.parametrize("rate", [16_000, RATE])
def test_one_absurd_sample_doesnt_silence_the_rest(tmp_path: Path, bad: float, rate: int) -> None:
    sound = tone(2, rate)
    sound[rate // 2] = bad
    told: list[str] = []
    found = load_audio(written(tmp_path / "a.wav", sound[None], "pcm_f32le", rate), remark=told.append)
    assert loudness(found, 0.1, 1.9) == pytest.approx(-9, abs=0.3)
    assert "1 damaged sample," in told[0]


def test_floats_on_the_scale_of_16_bits_after_silence(tmp_path: Path) -> None:
    sound = np.concatenate([np.zeros(RATE + 700, np.float32), 20_000 * tone(2)])
    told: list[str] = []
    found = load_audio(written(tmp_path / "a.wav", sound[None], "pcm_f32le"), remark=told.append)
    assert told == []
    assert peak_dbfs(found) == pytest.approx(0, abs=0.1)


def test_floats_on_the_scale_of_16_bits(tmp_path: Path) -> None:
    found = load_audio(written(tmp_path / "a.wav", (20_000 * tone(2))[None], "pcm_f32le"))
    assert peak_dbfs(found) == pytest.approx(0, abs=0.1)
    assert is_tone(found, 0.5, 1.5)


def test_a_constant_part_is_no_sound() -> None:
    np.testing.assert_allclose(evened(tone(2) + np.float32(0.3)), tone(2), atol=1e-3)
    assert evened(tone(1)) is not None
    np.testing.assert_array_equal(evened(np.zeros(100, np.float32)), 0)
    assert len(evened(np.zeros(0, np.float32))) == 0


@pytest.mark.parametrize(("amplitude", "dbfs"), [(0.5, -6), (0.02, -34), (0.001, -36), (1e-5, -70)])
def test_a_very_quiet_recording_is_raised_within_bounds(amplitude: float, dbfs: float) -> None:
    assert peak_dbfs(evened(tone(1, amplitude=amplitude))) == pytest.approx(dbfs, abs=0.2)


def test_clipped_sound_stays_in_range(tmp_path: Path) -> None:
    clipped = np.clip(tone(2, amplitude=4.0), -1, 1)
    found = load_audio(written(tmp_path / "a.wav", clipped[None], "pcm_s16le"))
    assert peak_dbfs(found) <= 0
    assert is_tone(found, 0.5, 1.5)


@pytest.mark.parametrize("rate", [8_000, 96_000])
@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_u8"])
def test_every_rate_and_depth(tmp_path: Path, rate: int, codec: str) -> None:
    found = load_audio(written(tmp_path / "a.wav", tone(2, rate)[None], codec, rate))
    assert len(found) / SAMPLE_RATE == pytest.approx(2, abs=0.01)
    assert loudness(found, 0.5, 1.5) == pytest.approx(-9, abs=0.3)
    assert is_tone(found, 0.5, 1.5)


def test_a_damaged_mp3_is_heard_around_its_damage(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp3", tone(6)[None], "libmp3lame")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : third + third // 2] = np.random.default_rng(2).bytes(third // 2)
    path.write_bytes(content)
    told: list[str] = []
    found = load_audio(path, remark=told.append)
    assert is_tone(found, 0.3, 1.5)
    assert loudness(found, 2.3, 2.8) < -40
    assert is_tone(found, 3.5, 5.7)
    assert len(found) / SAMPLE_RATE == pytest.approx(6, abs=0.1)
    assert float(told[0].split("lacks ")[1].split()[0]) == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize("begin", [0.0, 2.0])
def test_a_damaged_aac_keeps_its_time(tmp_path: Path, begin: float) -> None:
    noisy = tone(8) + 0.05 * np.random.default_rng(4).normal(0, 1, 8 * RATE).astype(np.float32)
    noisy[: round(begin * RATE)] = 0  # frames that are all alike
    path = written(tmp_path / "a.aac", noisy[None], "aac")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : third + third // 2] = np.random.default_rng(2).bytes(third // 2)
    path.write_bytes(content)
    told: list[str] = []
    found = load_audio(path, remark=told.append)
    assert len(found) / SAMPLE_RATE == pytest.approx(8, abs=0.4)
    assert is_tone(found, begin + 0.3, begin + 1.5)
    assert is_tone(found, 6.5, 7.7)
    assert "lacks" in told[0]


def test_an_aac_that_breaks_off_within_a_frame_is_remarked_on(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.aac", tone(1)[None], "aac").read_bytes()
    begins = [at for at in range(len(whole)) if whole.startswith(whole[:3], at)]
    begin, end = begins[20:22]
    said = {}
    for cut in (begin, begin + 1, begin + 2, *range(begin + 6, begin + 12), end - 1, end, len(whole)):
        path = tmp_path / "cut.aac"
        told: list[str] = []
        path.write_bytes(whole[:cut])
        assert len(load_audio(path, remark=told.append)) / SAMPLE_RATE == pytest.approx(
            1 if cut > end else 0.45, abs=0.1
        )
        said[cut] = told
    between = {begin, end, len(whole)}
    remark = "cut.aac breaks off: its end is missing, and it doesn't say how much that is."
    assert said == {cut: [] if cut in between else [remark] for cut in said}


def test_what_stands_behind_a_whole_aac_is_no_frame(tmp_path: Path) -> None:
    path = written(tmp_path / "a.aac", tone(1)[None], "aac")
    told: list[str] = []
    for tail in (b"TAG" + bytes(125), b"\xff\xf9\x00\xff\xff\xff\xff" * 9, b"\xff\x00"):
        path.write_bytes(path.read_bytes() + tail)
        load_audio(path, remark=told.append)
    assert told == []


@pytest.mark.parametrize(("kind", "codec", "size"), [("aac", "aac", 2_000), ("mp3", "libmp3lame", 20_000)])
def test_a_tag_inside_a_joined_file_is_no_missing_sound(tmp_path: Path, kind: str, codec: str, size: int) -> None:
    first, second = (written(tmp_path / f"{name}.{kind}", tone(2)[None], codec).read_bytes() for name in "ab")
    tag = b"ID3\x04\0\0" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0)) + bytes(size)
    path = tmp_path / f"joined.{kind}"
    path.write_bytes(first + tag + second)
    told: list[str] = []
    assert len(load_audio(path, remark=told.append)) / SAMPLE_RATE == pytest.approx(4, abs=0.3)
    assert told == []


@pytest.mark.parametrize("name", ["a.mp4", "a.mov"])
def test_what_is_damaged_in_a_container_is_missing_at_its_place(tmp_path: Path, name: str) -> None:
    chance = np.random.default_rng(4)
    noisy = tone(6) + 0.05 * chance.normal(0, 1, 6 * RATE).astype(np.float32)
    path = written(tmp_path / name, noisy[None], "aac")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : third + third // 2] = chance.bytes(third // 2)
    path.write_bytes(content)
    told: list[str] = []
    found = load_audio(path, remark=told.append)
    assert len(found) / SAMPLE_RATE == pytest.approx(6, abs=0.15)
    assert is_tone(found, 0.3, 1.7)
    assert is_tone(found, 3.5, 5.7)
    assert "lacks" in told[0]


def test_a_file_with_a_constant_part_is_heard_without_it(tmp_path: Path) -> None:
    found = load_audio(
        written(tmp_path / "a.wav", (tone(2, amplitude=0.3) + 0.5)[None].astype(np.float32), "pcm_s16le")
    )
    assert abs(float(found.mean())) < 1e-3
    assert peak_dbfs(found) == pytest.approx(20 * np.log10(0.3), abs=0.1)


def test_joined_mp3_files_of_different_kinds(tmp_path: Path) -> None:
    first = written(tmp_path / "1.mp3", np.stack([tone(2), tone(2)]), "libmp3lame")
    second = written(tmp_path / "2.mp3", tone(3, 22_050)[None], "libmp3lame", 22_050)
    path = tmp_path / "both.mp3"
    path.write_bytes(first.read_bytes() + second.read_bytes())
    found = load_audio(path)
    assert len(found) / SAMPLE_RATE == pytest.approx(5, abs=0.3)
    assert is_tone(found, 0.3, 1.7)
    assert is_tone(found, 2.6, 4.6)


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv"])
def test_a_gap_in_the_time_stamps_is_silence_of_its_length(tmp_path: Path, name: str) -> None:
    told: list[str] = []
    path = written(tmp_path / name, tone(4)[None], "aac", stamps=(0.0, 5.0))
    found = load_audio(path, remark=told.append)
    assert len(found) / SAMPLE_RATE == pytest.approx(7, abs=0.15)
    assert is_tone(found, 0.3, 1.8)
    assert loudness(found, 2.3, 4.7) < -60
    assert is_tone(found, 5.3, 6.8)
    assert "lacks 3.0 s" in told[0]


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv"])
def test_sound_that_begins_after_the_picture_keeps_its_place(tmp_path: Path, name: str) -> None:
    told: list[str] = []
    path = written(tmp_path / name, tone(2)[None], "aac", stamps=(1.5,), picture=True)
    found = load_audio(path, remark=told.append)
    assert len(found) / SAMPLE_RATE == pytest.approx(3.5, abs=0.15)
    assert loudness(found, 0.0, 1.3) < -60
    assert is_tone(found, 1.8, 3.3)
    assert told == []


def test_a_file_of_ours_is_still_read_sample_by_sample(tmp_path: Path) -> None:
    said = (np.random.default_rng(3).normal(0, 3000, 5000)).astype("<i2")
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(said.tobytes())
    np.testing.assert_allclose(load_audio(path), said / 32768, atol=2e-5 + abs(float(said.mean())) / 32768)
