"""Reading back what a crash or a damaged disk left of a recording."""

import os
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.files import load_audio
from rehearse.audio.recorded import LARGEST, complete_header, read_recording
from rehearse.audio.recording import HEADER_BYTES, RecordingWriter
from rehearse.domain.sound import Samples
from rehearse.errors import AudioFileError

NAME = "20261123T142000000000-abcdef.wav"


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    with RecordingWriter(path) as writer:
        writer.append(voice())
    return path


def voice() -> Samples:
    return np.random.default_rng(5).uniform(-0.9, 0.9, 8000).astype(np.float32)


def spoil(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


@pytest.mark.parametrize("byte", range(HEADER_BYTES))
def test_any_damaged_byte_of_the_header_costs_nothing(whole: Path, byte: int) -> None:
    before, right = read_recording(whole), whole.read_bytes()
    spoil(whole, byte, bytes([right[byte] ^ 0x41]))
    np.testing.assert_array_equal(read_recording(whole), before)
    assert complete_header(whole)
    assert whole.read_bytes() == right
    assert not complete_header(whole)


@pytest.mark.parametrize("header", [bytes(HEADER_BYTES), b"\xa5" * HEADER_BYTES, b"RIFF" + b"\xff" * 40])
def test_the_samples_behind_a_lost_header_are_still_samples(whole: Path, header: bytes) -> None:
    before = read_recording(whole)
    spoil(whole, 0, header)
    np.testing.assert_array_equal(read_recording(whole), before)


def test_an_unfinished_header_is_completed_and_others_then_hear_all(whole: Path) -> None:
    spoil(whole, 40, (2000).to_bytes(4, "little"))
    assert complete_header(whole)
    with wave.open(str(whole)) as file:
        assert file.getnframes() == 8000
    np.testing.assert_array_equal(load_audio(whole), read_recording(whole))


@pytest.mark.parametrize("left", [0, 20, HEADER_BYTES - 1])
def test_less_than_a_header_holds_no_sound(whole: Path, left: int) -> None:
    whole.write_bytes(whole.read_bytes()[:left])
    assert not complete_header(whole)
    with pytest.raises(AudioFileError):
        read_recording(whole)


def test_another_programs_file_under_our_name_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.full((16_000, 2), 8192, "<i2").tobytes())
    before = path.read_bytes()
    assert len(read_recording(path)) == 16_000
    assert not complete_header(path)
    assert path.read_bytes() == before


def test_garbage_under_another_name_is_no_recording(tmp_path: Path) -> None:
    (tmp_path / "memo.wav").write_bytes(b"\xa5" * 5000)
    with pytest.raises(AudioFileError):
        read_recording(tmp_path / "memo.wav")


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs and devices there")
def test_neither_a_pipe_nor_an_endless_device_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    (tmp_path / "zero.wav").symlink_to("/dev/zero")
    for name in (NAME, "zero.wav"):
        with pytest.raises(AudioFileError, match="regular file"):
            read_recording(tmp_path / name)
        assert not complete_header(tmp_path / name)


def test_what_is_far_too_long_is_not_read(whole: Path) -> None:
    with whole.open("r+b") as file:
        file.truncate(LARGEST + 2)
    with pytest.raises(AudioFileError, match="longer than two hours"):
        read_recording(whole)


def test_a_link_is_not_written_through(whole: Path, tmp_path: Path) -> None:
    spoil(whole, 40, bytes(4))
    before = whole.read_bytes()
    link = tmp_path / "20261123T142000000000-aaaaaa.wav"
    link.symlink_to(whole)
    assert not complete_header(link)
    assert whole.read_bytes() == before
