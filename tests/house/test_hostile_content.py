"""Whatever a file holds: one clear line each, nothing that a terminal obeys, no traceback, bounded memory."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.files import load_audio
from rehearse.cli import main
from rehearse.cli.input import whole_input
from rehearse.cli.output import print_error, shown_streams
from rehearse.errors import AudioFileError, InputError
from rehearse.guides.library import GuideLibrary
from rehearse.guides.problems import MOST_PROBLEMS
from rehearse.services.answer_files import read_answer
from rehearse.services.scoring import want_words
from rehearse.settings import load_settings
from tests.house.hostile_content import Case, configs, damaged, guides, sounds, sparse, texts

MEMORY = 600_000_000
"""Bytes that all cases together may need beyond what was there."""
LONGEST_LINE = 700


@pytest.fixture(autouse=True, scope="module")
def _bounded_memory() -> Iterator[None]:
    """Whoever wants more gets a MemoryError, which is told as a fault of ours."""
    if not Path("/proc/self/statm").exists():
        yield
        return
    import resource

    load_audio_once()
    before = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def load_audio_once() -> None:
    import av  # noqa: F401 - loaded before memory is bounded
    import pydantic  # noqa: F401 - likewise


def parametrised(cases: Callable[[], Iterator[Case]]) -> pytest.MarkDecorator:
    found = list(cases())
    return pytest.mark.parametrize("content", [pytest.param(one, id=name) for name, one in found])


def test_there_are_enough_of_them() -> None:
    assert sum(len(list(cases())) for cases in (guides, configs, texts, sounds)) >= 300


@contextmanager
def told() -> Iterator[io.StringIO]:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        yield said


def seen(said: io.StringIO) -> list[str]:
    """The lines of what was said on both streams; nothing in them may be what a terminal obeys."""
    text = said.getvalue()
    assert "fault in rehearse" not in text
    assert "Traceback" not in text
    assert all(character == "\n" or character.isprintable() for character in text), ascii(text)
    assert max(map(len, text.splitlines()), default=0) <= LONGEST_LINE
    return text.splitlines()


def lines_of(*arguments: str, status: int = 2) -> list[str]:
    """What a command says."""
    with told() as said:
        done = main(arguments)
    assert done == status, said.getvalue()
    return seen(said)


def refusal(call: Callable[[], object]) -> list[str]:
    """What the commands say of an error: they print it so."""
    with told() as said, shown_streams():
        try:
            print(f"not refused: {call()!r:.500}")
        except InputError as error:
            print_error(error)
    return seen(said)


@parametrised(guides)
def test_a_guide(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    said = refusal(lambda: GuideLibrary().check(path))
    assert 1 <= len(said) <= MOST_PROBLEMS + 1
    assert all(line.removeprefix("rehearse: ").startswith("mine.yaml:") for line in said)


@parametrised(configs)
def test_settings(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(content)
    (said,) = refusal(lambda: load_settings(path))
    assert said.startswith("rehearse: ")
    assert str(path) in said


@parametrised(texts)
def test_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    path = tmp_path / "answer.txt"
    path.write_bytes(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", errors="surrogateescape"))
    for read in (lambda: read_answer(path), whole_input):
        (said,) = refusal(lambda read=read: want_words(read()))  # type: ignore[misc]  # no type for a default
        assert said.startswith("rehearse: ")


@pytest.mark.usefixtures("own_home")
def test_one_of_each_by_command(own_home: Path, tmp_path: Path) -> None:
    own_home.mkdir(exist_ok=True)
    (own_home / "config.yaml").write_bytes(dict(configs())["theme-escapes"])
    (tmp_path / "answer.txt").write_bytes(dict(texts())["nul-inside"])
    first, second = lines_of("score", str(tmp_path / "answer.txt"))
    assert first.endswith("Until then the defaults hold.")
    assert "answer.txt: it isn't text." in second
    (tmp_path / "mine.yaml").write_bytes(dict(guides())["key-of-escapes"])
    assert lines_of("guide", "check", str(tmp_path / "mine.yaml"))


def heard(path: Path) -> str:
    """What the reading of a file says; sound must be sound."""
    try:
        sound = load_audio(path)
    except AudioFileError as error:
        said = str(error)
        assert said.isprintable()
        assert len(said) <= LONGEST_LINE
        return said
    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert np.isfinite(sound).all()
    return ""


@pytest.mark.parametrize(("name", "content"), [pytest.param(*one, id=one[0]) for one in sounds()])
def test_a_sound(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    heard(tmp_path / name)


@pytest.mark.parametrize("suffix", ["flac", "ogg", "m4a", "mp3", "webm"])
def test_a_damaged_sound_of_another_kind(tmp_path: Path, suffix: str) -> None:
    import av

    codec = {"flac": "flac", "ogg": "libopus", "m4a": "aac", "mp3": "libmp3lame", "webm": "libopus"}[suffix]
    whole = tmp_path / f"whole.{suffix}"
    with av.open(str(whole), "w") as container:
        stream: Any = container.add_stream(codec, rate=48_000, layout="mono")
        noise = np.random.default_rng(1).normal(0, 0.1, (1, 48_000)).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(noise, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48_000, 0, Fraction(1, 48_000)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert heard(whole) == ""
    for seed in range(12):
        path = tmp_path / f"damaged-{seed}.{suffix}"
        path.write_bytes(damaged(whole.read_bytes(), seed))
        heard(path)


def test_a_video_without_sound(tmp_path: Path) -> None:
    import av

    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        container.mux(stream.encode(None))
    assert heard(path) == "silent.mp4 holds no sound. Give a sound file such as .wav, .mp3, .m4a or .flac."


def test_a_day_of_sound(tmp_path: Path) -> None:
    day = 24 * 3600 * 16_000 * 2
    head = dict(sounds())["length-4294967295.wav"][:44]
    sparse(tmp_path / "day.wav", head[:40] + day.to_bytes(4, "little"), 44 + day)
    assert heard(tmp_path / "day.wav").startswith("day.wav is longer than two hours.")


@pytest.mark.usefixtures("own_home")
@pytest.mark.parametrize("name", ["big.yaml", "big.txt", "big.wav"])
def test_a_hundred_megabytes(tmp_path: Path, name: str) -> None:
    sparse(tmp_path / name, b"", 100_000_000)
    command = ("guide", "check") if name.endswith("yaml") else ("score",)
    (said,) = lines_of(*command, str(tmp_path / name))
    assert name in said


@pytest.mark.skipif(os.name != "posix", reason="devices among the files are POSIX's")
@pytest.mark.parametrize("target", ["/dev/zero", "/dev/urandom", "/dev/full", "PIPE", "LOOP", "/nowhere", "/"])
@pytest.mark.parametrize("name", ["link.yaml", "link.txt", "link.wav", "config.yaml"])
def test_a_link_to_what_never_ends_or_isnt_there(tmp_path: Path, own_home: Path, target: str, name: str) -> None:
    (own_home / "guides").mkdir(parents=True)
    link = {"link.yaml": own_home / "guides", "config.yaml": own_home}.get(name, tmp_path) / name
    if target == "PIPE":
        os.mkfifo(tmp_path / "pipe")
    link.symlink_to({"PIPE": tmp_path / "pipe", "LOOP": link}.get(target, target))
    if name == "link.yaml":
        assert len(lines_of("guide", "check", "link")) == 1
        lines_of("guide", "list", status=0)
        lines_of("history", "list", status=0)
    elif name == "config.yaml":
        lines_of("history", "list", status=0)
    else:
        assert len(lines_of("score", str(link))) == 1
