import threading
import wave
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio import files
from rehearse.audio.files import load_audio
from rehearse.audio.samples import rms_dbfs
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import AudioFileError, Cancelled

SECONDS = 3.0


def encoded(path: Path, codec: str, rate: int, *, channels: int = 2, picture: bool = False, sound: bool = True) -> Path:
    """A file with a tone of 440 Hz at half of full scale, encoded by FFmpeg."""
    import av

    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("mpeg4", rate=10) if picture else None
        audio: Any = (
            container.add_stream(codec, rate=rate, layout="stereo" if channels == 2 else "mono") if sound else None
        )
        if video:
            video.width = video.height = 64
            video.pix_fmt = "yuv420p"
            black = np.zeros((64, 64, 3), np.uint8)
            for _ in range(round(SECONDS * 10)):
                container.mux(video.encode(av.VideoFrame.from_ndarray(black)))
            container.mux(video.encode(None))
        if audio:
            for piece in tone_for(audio, rate, channels):
                container.mux(audio.encode(piece))
            container.mux(audio.encode(None))
    return path


def tone_for(stream: Any, rate: int, channels: int) -> list[Any]:
    """The tone in frames as the stream's encoder wants them."""
    import av

    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(round(SECONDS * rate)) / rate)
    layout = stream.layout.name
    frame = av.AudioFrame.from_ndarray(np.tile(tone.astype(np.float32), (channels, 1)), format="fltp", layout=layout)
    frame.sample_rate = rate
    frame.time_base = Fraction(1, rate)
    frame.pts = 0
    resampler = av.AudioResampler(stream.format.name, layout, rate, stream.codec_context.frame_size or 1024)
    return [*resampler.resample(frame), *resampler.resample(None)]


def assert_is_the_tone(samples: Samples) -> None:
    assert samples.dtype == np.float32
    assert len(samples) / SAMPLE_RATE == pytest.approx(SECONDS, abs=0.1)
    middle = samples[SAMPLE_RATE // 2 : SAMPLE_RATE // 2 + 2 * SAMPLE_RATE]
    assert int(np.argmax(np.abs(np.fft.rfft(middle)))) / 2 == pytest.approx(440, abs=0.5)
    assert rms_dbfs(middle) == pytest.approx(-9.03, abs=0.5)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.wav", "pcm_s16le", 44_100),
        ("a.aiff", "pcm_s16be", 22_050),
        ("a.flac", "flac", 48_000),
        ("a.mp3", "libmp3lame", 44_100),
        ("a.m4a", "aac", 44_100),
        ("a.ogg", "libopus", 48_000),
        ("a.webm", "libopus", 48_000),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_usual_format_is_read(tmp_path: Path, name: str, codec: str, rate: int, channels: int) -> None:
    assert_is_the_tone(load_audio(encoded(tmp_path / name, codec, rate, channels=channels)))


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mkv", "talk.mov"])
def test_the_sound_of_a_video_is_read(tmp_path: Path, name: str) -> None:
    assert_is_the_tone(load_audio(encoded(tmp_path / name, "aac", 48_000, picture=True)))


def test_a_name_says_nothing(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.flac", "flac", 44_100)
    assert_is_the_tone(load_audio(path.rename(tmp_path / "voice memo, 3 März.txt")))


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[float, float | None]] = []
    load_audio(encoded(tmp_path / "a.wav", "pcm_s16le", 44_100), progress=lambda *now: told.append(now))
    done = [seconds for seconds, _ in told]
    assert done == sorted(done)
    assert done[-1] == pytest.approx(SECONDS, abs=0.01)
    assert [total for _, total in told] == pytest.approx([SECONDS] * len(told), abs=0.01)


def test_reading_can_be_called_off(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.wav", "pcm_s16le", 44_100)
    cancelled = threading.Event()
    calls: list[float] = []

    def stop_after_two(done: float, _total: float | None) -> None:
        calls.append(done)
        if len(calls) == 2:
            cancelled.set()

    with pytest.raises(Cancelled, match=r"a\.wav"):
        load_audio(path, cancelled=cancelled, progress=stop_after_two)
    assert len(calls) == 2


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="There is no file"):
        load_audio(tmp_path / "nowhere.wav")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="is a folder"):
        load_audio(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"Dear diary, today I spoke well.", bytes(range(256)) * 40, b"RIFF\0\0\0\0WAVE"]
)
def test_what_is_no_sound(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(AudioFileError) as caught:
        load_audio(path)
    assert "a.wav" in str(caught.value)
    assert ".mp3" in caught.value.next_step
    assert caught.value.exit_status == 2


def test_no_samples(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
    with pytest.raises(AudioFileError, match="holds no sound"):
        load_audio(path)


def test_a_video_without_sound(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"silent\.mp4 holds no sound"):
        load_audio(encoded(tmp_path / "silent.mp4", "aac", 48_000, picture=True, sound=False))


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.wav", "pcm_s16le", 44_100),
        ("a.flac", "flac", 44_100),
        ("a.m4a", "aac", 44_100),
        ("a.webm", "libopus", 48_000),
        ("a.mka", "libopus", 48_000),
        ("a.mkv", "aac", 44_100),
    ],
)
def test_a_file_that_is_cut_short(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    path = encoded(tmp_path / name, codec, rate)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(AudioFileError):
        load_audio(path)


def test_a_video_whose_sound_ends_before_its_picture(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.mkv", "aac", 44_100, picture=True)
    content = path.read_bytes()
    assert_is_the_tone(load_audio(path))
    path.write_bytes(content.replace(b"DURATION", b"DORATION"))
    assert_is_the_tone(load_audio(path))


def test_a_recording_of_a_browsers_states_no_length(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.webm", "libopus", 48_000)
    content = path.read_bytes().replace(b"DURATION", b"DORATION")
    at = content.index(b"\x44\x89\x88")
    path.write_bytes(content[:at] + b"\xec\x89" + content[at + 2 :][: len(content) // 2])
    assert 1.0 < len(load_audio(path)) / SAMPLE_RATE < SECONDS - 1.0, "all there is"
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(AudioFileError, match="cut short"):
        load_audio(path)


def test_vorbis_has_a_decoder() -> None:
    """The encoder isn't in PyAV's wheels, so there is nothing to make such a file with."""
    import av

    assert av.codec.Codec("vorbis", "r").type == "audio"


@pytest.mark.parametrize("rate", [8_000, 96_000])
@pytest.mark.parametrize("size", [0, 0x7FFF_EFFC, 0x7FFF_F000, 0x7FFF_FF00, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF])
def test_a_wave_file_from_a_pipe_states_no_size(tmp_path: Path, size: int, rate: int) -> None:
    path = encoded(tmp_path / "a.wav", "pcm_s16le", rate)
    content = bytearray(path.read_bytes())
    data = content.index(b"data") + 4
    content[4:8] = min(size + 36, 0xFFFF_FFFF).to_bytes(4, "little") if size else bytes(4)
    content[data : data + 4] = size.to_bytes(4, "little")
    path.write_bytes(content)
    assert_is_the_tone(load_audio(path))


def test_a_large_wave_file_that_is_cut_short(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.wav", "pcm_s16le", 96_000)
    content = bytearray(path.read_bytes())
    data = content.index(b"data") + 4
    for at, size in ((4, 1 << 30), (data, (1 << 30) - 36)):
        content[at : at + 4] = size.to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(AudioFileError, match="cut short"):
        load_audio(path)


def test_a_very_long_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST", SECONDS - 1)
    for name, codec in (("stated.wav", "pcm_s16le"), ("unstated.mp3", "libmp3lame")):
        with pytest.raises(AudioFileError, match="longer than two hours"):
            load_audio(encoded(tmp_path / name, codec, 44_100))


def test_a_path_is_never_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    encoded(tmp_path / "tone.wav", "pcm_s16le", 16_000, channels=1)
    for name in ("pipe:0", "http:/localhost/a", "concat:tone.wav"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((tmp_path / "tone.wav").read_bytes())
        assert_is_the_tone(load_audio(path))


@pytest.mark.parametrize("channels", [7, 8, 9, 24])
def test_many_channels_are_averaged(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "many.wav"
    sound = np.zeros((16_000, channels), "<i2")
    sound[:, -1] = 16_384
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, 16_000, 0, "NONE", ""))
        file.writeframes(sound.tobytes())
    assert load_audio(path) == pytest.approx(np.full(16_000, 0.5 / channels), abs=1e-4)
