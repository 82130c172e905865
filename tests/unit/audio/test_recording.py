import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.audio.files import load_audio
from rehearse.audio.recorded import read_recording
from rehearse.audio.recording import HEADER_BYTES, HEADER_EVERY, RecordingWriter
from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import AudioFileError, DiskFullError, StoreError
from tests.small_disk import SmallDisk, small_disk

__all__ = ["small_disk"]

HALF_STEP = 0.5 / 32768 + 1e-7
"""Greatest error of rounding to 16 bits."""


def noise(count: int, seed: int = 3) -> Samples:
    return np.random.default_rng(seed).uniform(-0.99, 0.99, count).astype(np.float32)


@settings(max_examples=20, deadline=None)
@given(lengths=st.lists(st.integers(0, 500), max_size=6))
def test_blocks_come_back_as_one(tmp_path_factory: pytest.TempPathFactory, lengths: list[int]) -> None:
    path = tmp_path_factory.mktemp("recording") / "a.wav"
    blocks = [noise(length, seed) for seed, length in enumerate(lengths)]
    with RecordingWriter(path) as writer:
        for block in blocks:
            writer.append(block)
        assert writer.frames == sum(lengths)
    np.testing.assert_allclose(read_recording(path), np.concatenate([np.zeros(0, np.float32), *blocks]), atol=HALF_STEP)


def test_it_is_a_wave_file_that_others_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with RecordingWriter(path) as writer:
        writer.append(noise(2000))
    with wave.open(str(path)) as file:
        assert file.getparams()[:4] == (1, 2, SAMPLE_RATE, 2000)
    np.testing.assert_array_equal(load_audio(path), read_recording(path))


def test_loud_samples_are_clipped_not_wrapped(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with RecordingWriter(path) as writer:
        writer.append(np.array([1.0, 1.5, -1.0, -3.0], np.float32))
    np.testing.assert_allclose(read_recording(path), [1.0, 1.0, -1.0, -1.0], atol=1 / 32768)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "recordings" / "a.wav"
    RecordingWriter(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_an_existing_recording_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with RecordingWriter(path) as writer:
        writer.append(noise(100))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="can't be written"):
        RecordingWriter(path)
    assert path.read_bytes() == before


def test_it_is_readable_at_every_moment(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    writer = RecordingWriter(path, now=lambda: 0.0)
    assert len(read_recording(path)) == 0
    for block in range(1, 4):
        writer.append(noise(800))
        assert len(read_recording(path)) == block * 800, "the header is old, the samples are there"
    writer.close()
    writer.close()


def test_the_header_is_renewed_while_recording(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    time = [0.0]
    writer = RecordingWriter(path, now=lambda: time[0])
    writer.append(noise(800))
    time[0] += HEADER_EVERY + 0.1
    writer.append(noise(800))
    with wave.open(str(path)) as file:
        assert file.getnframes() == 1600
    writer.close()


def test_half_a_sample_at_the_end_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with RecordingWriter(path) as writer:
        writer.append(noise(100))
    with path.open("ab") as file:
        file.write(b"\x01")
    assert len(read_recording(path)) == 100


KILLED = """
import sys, numpy as np
from pathlib import Path
from rehearse.audio.recording import RecordingWriter
writer = RecordingWriter(Path(sys.argv[1]))
for _ in range(25):
    writer.append(np.full(1600, 0.25, np.float32))
print("written", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_nothing_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "written\n"
        os.kill(program.pid, signal.SIGKILL)
    assert program.returncode == -signal.SIGKILL
    np.testing.assert_array_equal(read_recording(path), np.full(25 * 1600, 0.25, np.float32))


def test_a_full_disk_is_an_error_and_costs_nothing_written_before(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    path = tmp_path / "a.wav"
    writer = RecordingWriter(path, now=lambda: 0.0)
    writer.append(noise(1000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (HEADER_BYTES + 2501, hard))  # the limit cuts a sample in half
    try:
        with pytest.raises(StoreError, match="can't be written") as caught:
            writer.append(noise(1000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.next_step
    assert writer.frames == 1000
    np.testing.assert_allclose(read_recording(path)[:1000], noise(1000), atol=HALF_STEP)
    writer.append(np.zeros(10, np.float32))
    writer.close()
    with wave.open(str(path)) as file:
        assert file.getnframes() == 1010
    assert len(read_recording(path)) == 1010


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="can't be written"):
        RecordingWriter(tmp_path / "file" / "a.wav")


def test_another_programs_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 48_000, 0, "NONE", ""))
        file.writeframes(np.full((48_000, 2), 8192, "<i2").tobytes())
    sound = read_recording(path)
    assert abs(len(sound) - SAMPLE_RATE) <= 1
    assert float(sound[8000]) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("content", [None, b"", b"RIFF", b"something else"])
def test_what_is_no_recording_is_said_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AudioFileError):
        read_recording(path)


def test_what_finds_no_room_is_held_and_written_later(small_disk: SmallDisk) -> None:
    path = small_disk.path / "a.wav"
    told: list[StoreError | None] = []
    writer = RecordingWriter(path, on_trouble=told.append)
    writer.append(noise(1000))
    small_disk.fill()
    for seed in range(5):
        writer.append(noise(8000, seed))
    assert writer.frames == 41_000
    assert writer.held == pytest.approx(2.5, abs=0.3), "the last page had a little room"
    assert [isinstance(error, DiskFullError) for error in told] == [True], "told once"
    writer.close()
    assert writer.held, "it stays open"
    small_disk.empty()
    writer.close()
    assert told[-1] is None
    expected = np.concatenate([noise(1000), *(noise(8000, seed) for seed in range(5))])
    np.testing.assert_allclose(read_recording(path), expected, atol=HALF_STEP)
    with wave.open(str(path)) as file:
        assert file.getnframes() == 41_000


def test_more_than_is_held_is_an_error(small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.audio.recording.MOST_HELD", 1)
    small_disk.fill()
    writer = RecordingWriter(small_disk.path / "a.wav")
    writer.append(noise(15_000))
    with pytest.raises(DiskFullError, match="Free some disk space"):
        writer.append(noise(15_000))
    small_disk.empty()
    writer.append(noise(10))
    writer.close()
    assert len(read_recording(small_disk.path / "a.wav")) == 15_010
