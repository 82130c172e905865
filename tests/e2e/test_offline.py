"""A spoken rehearsal opens no internet socket and writes into the user's data folder alone: watched with strace."""

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rehearse.audio.recorded import read_recording
from rehearse.speech.voice import InterviewerVoice
from tests.e2e.virtual_microphone import VirtualMicrophone
from tests.house.machine import Machine
from tests.house.terminal import LEAVE
from tests.house.watching import STRACE

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's"),
    pytest.mark.skipif(STRACE is None and not os.environ.get("CI"), reason="strace isn't installed"),
]

SAID = """
The shop threw away bread every day, so they wanted a forecast. It runs in a Docker container from cron every night.
"""


def test_microphone_check_question_and_answer_stay_on_the_machine(
    tmp_path: Path, virtual_microphone: VirtualMicrophone, model_cache: Path
) -> None:
    machine = Machine(tmp_path, virtual_microphone.environment)
    machine.remember(model_cache)
    machine.settle("think_seconds: 300")
    said = InterviewerVoice().synthesise(" ".join(SAID.split()))
    with closing(machine.app()) as terminal:
        terminal.until(lambda: b"eginner" in terminal.seen)
        terminal.send("\r")
        terminal.until(lambda: b"The microphone is open" in terminal.seen)
        terminal.send(" ")
        virtual_microphone.speak(said)
        terminal.until(lambda: b"I heard" in terminal.seen)
        terminal.send("\r")
        terminal.until(lambda: b"microphone open" in terminal.seen)
        terminal.send("\r")
        terminal.until(lambda: b"recording" in terminal.seen)
        virtual_microphone.speak(said)
        terminal.send("\r")
        terminal.until(lambda: b"elivery" in terminal.seen)
        terminal.send(LEAVE)
        assert terminal.finish() == 0
    recordings = list((machine.data / "recordings").iterdir())
    assert [len(read_recording(path)) > len(said) // 2 for path in recordings] == [True]
    assert machine.complaints() == []
