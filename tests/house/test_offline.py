"""Nothing leaves the machine and nothing strays: every command and the app itself, watched with strace.

What counts is what is attempted, not what succeeds: a network that isn't there would hide it.
"""

import os
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.coverage.engine import load_engine
from rehearse.guides.library import GuideLibrary
from rehearse.speech.voice import InterviewerVoice
from tests.house.machine import Machine
from tests.house.terminal import LEAVE, Terminal
from tests.house.watching import STRACE

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's"),
    pytest.mark.skipif(STRACE is None and not os.environ.get("CI"), reason="strace isn't installed"),
]

ANSWER = (
    "The shop threw away bread every day, so they wanted a forecast. I trained a LightGBM model on two years of till "
    "data. It runs in a Docker container from cron every night, and if it fails I get an email."
)


@pytest.fixture(scope="module")
def fitted(model_cache: Path) -> Path:
    """A cache that knows the first guide."""
    load_engine(GuideLibrary().load("model-deployment"), cache=model_cache)
    return model_cache


@pytest.fixture
def machine(tmp_path: Path, fitted: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.remember(fitted)
    return machine


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answer as a sound file of some seconds."""
    path = tmp_path_factory.mktemp("spoken") / "answer.wav"
    with RecordingWriter(path) as writer:
        writer.append(InterviewerVoice().synthesise(ANSWER))
    return path


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (["demo", "--headless"], "", "Coverage"),
        (["score", "-"], ANSWER, "Deployment"),
        (["score", "SOUND"], "", "Deployment"),
        (["score", "--jsonl"], '{"id": "a", "scenario": "beginner", "text": "Bread."}\n', '"id"'),
        (["quiz", "--plain", "--guide", "model-deployment"], "1\n1\nq\n", "1"),
        (["history", "list"], "", "o answers"),
        (["history", "search", "bread"], "", ""),
        (["interview", "--list"], "", "No interview"),
        (["next"], "", "first answer"),
        (["guide", "list"], "", "model-deployment"),
        (["guide", "check", "ab-test"], "", "fine"),
        (["guide", "new", "mine"], "", "mine.yaml"),
        (["guide", "show", "ab-test"], "", "WHAT THEY REALLY ASK"),
        (["history", "second-opinion", "last"], "", "no answer"),
        (["model", "list"], "", "tiny.en"),
        (["doctor"], "", "speech model"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_opens_no_socket_and_leaves_nothing_behind(
    machine: Machine, spoken: Path, arguments: list[str], given: str, said: str
) -> None:
    arguments = [str(spoken) if argument == "SOUND" else argument for argument in arguments]
    done = machine.run("-m", "rehearse", *arguments, given=given)
    assert said in done.stdout + done.stderr, done.stderr
    assert "fault in rehearse" not in done.stderr
    assert machine.complaints() == []


def test_the_package_as_a_library_sends_nothing(machine: Machine) -> None:
    """The client of onnxruntime sends from a thread some seconds after it was loaded: time enough for that."""
    code = "from rehearse.coverage.encoder import SentenceEncoder; SentenceEncoder().encode(['Bread.']); import time"
    done = machine.run("-c", f"{code}; time.sleep(12)")
    assert done.returncode == 0, done.stderr
    assert machine.complaints() == []


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "AF_INET"),
        ("import socket; socket.socket(socket.AF_INET6)", "AF_INET6"),
        ("import socket; socket.getaddrinfo('nobody.invalid', 80)", "AF_INET"),
        ("import pathlib; pathlib.Path.home().joinpath('.trace').touch()", "wrote"),
        ("import os, pathlib; d = pathlib.Path.home() / 'd'; d.mkdir(); d.rmdir()", "wrote"),
        ("open('../work/here', 'w').close()", "left"),
    ],
)
def test_the_watcher_sees_what_it_looks_for(machine: Machine, code: str, seen: str) -> None:
    machine.run("-c", f"try:\n  {code}\nexcept OSError: pass")
    assert any(seen in complaint for complaint in machine.complaints())


ROOMS = {
    "g": b"really ask",
    "i": b"You would be asked",
    "p": b"what is suggested",
    "h": b"No answers yet. Press q",
    "s": b"Loudspeaker",
    "k": b"to come",
}
"""Keys of the home screen, and what is seen behind each."""
MARK = "\x13"
"""Control and s."""


def _shows(terminal: Terminal, sign: bytes) -> bool:
    return sign in terminal.seen


def test_the_app_and_its_rooms_open_no_socket(machine: Machine) -> None:
    machine.settle("checked_microphone: true", "voice: false")
    with closing(machine.app()) as terminal:
        terminal.until(lambda: b"eginner" in terminal.seen)
        for key, sign in ROOMS.items():
            terminal.send(key)
            terminal.until(partial(_shows, terminal, sign))
            terminal.seen = b""
            terminal.send("q")
            terminal.until(lambda: b"eginner" in terminal.seen)
        terminal.send(LEAVE)
        assert terminal.finish() == 0
    assert machine.complaints() == []


def test_a_typed_interview_opens_no_socket(machine: Machine) -> None:
    machine.settle("checked_microphone: true", "voice: false")
    with closing(machine.app()) as terminal:
        terminal.until(lambda: b"eginner" in terminal.seen)
        terminal.send("i")
        terminal.until(lambda: b"You would be asked" in terminal.seen)
        terminal.send("t")
        terminal.until(lambda: b"no words" in terminal.seen)
        terminal.send(ANSWER)
        terminal.until(lambda: b"41 words" in terminal.seen)
        terminal.seen = b""
        terminal.send(MARK)
        terminal.until(lambda: b"no words" in terminal.seen)
        terminal.send(LEAVE)
        assert terminal.finish() == 0
    assert machine.complaints() == []
