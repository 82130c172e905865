"""A full disk, an interrupt, a fault of ours, a reader that goes away: a command loses nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.recording import RecordingWriter
from rehearse.cli.demo import STARTED
from tests.house.bad_worlds import POSIX, run, sentence


@POSIX
class TestFullDisk:
    """No file may grow beyond some size: what a full disk looks like to a program."""

    @staticmethod
    def limit(size: int) -> str:
        return (
            "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
        )

    @pytest.mark.parametrize("size", [0, 1000, 40_000])
    def test_history(self, used_home: Path, own_home: Path, size: int) -> None:
        own_home.mkdir()
        before = (used_home / "rehearse.db").read_bytes()
        (own_home / "rehearse.db").write_bytes(before)
        done = run("history", "delete", "last", home=own_home, prelude=self.limit(size))
        if done.returncode:
            sentence(done, 1)
        listed = json.loads(run("history", "list", "--json", home=own_home).stdout)
        assert len(listed) == (1 if done.returncode else 0), "either it was deleted, or it is still there"

    def test_a_recording_that_no_longer_fits_is_kept_as_far_as_it_goes(self, warm_home: Path) -> None:
        with RecordingWriter(warm_home / "mine.wav") as writer:
            writer.append(np.full(160_000, 0.1, np.float32))
        done = run("history", "import", str(warm_home / "mine.wav"), home=warm_home, prelude=self.limit(200_000))
        said = sentence(done, 1)
        assert "can't be written: File too large. See that it can be written to; what was recorded before" in said
        (kept,) = (warm_home / "recordings").glob("*.wav")
        assert len(read_recording(kept)) > 95_000
        found = {f["part"]: f for f in json.loads(run("doctor", "--json", home=warm_home).stdout)}
        assert found["answers"]["said"] == "0 kept, 1 cut off"

    def test_a_new_guide(self, own_home: Path) -> None:
        said = sentence(run("guide", "new", "mine", home=own_home, prelude=self.limit(100)), 2)
        assert said.startswith(f"Can't write {own_home / 'guides' / 'mine.yaml'}: File too large.")
        assert run("guide", "new", "mine", home=own_home).returncode == 0, "half a file isn't left behind"


@POSIX
class TestInterrupted:
    """Ctrl-C."""

    def interrupted(self, home: Path, when: str) -> tuple[int, bytes, bytes]:
        """Interrupt the demo at the first moment there is a file matching `when` in its data folder."""
        process = subprocess.Popen(
            [sys.executable, "-m", "rehearse", "demo", "--headless"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "REHEARSE_HOME": str(home)},
        )
        deadline = time.monotonic() + 120
        while not any(home.glob(when)):
            assert process.poll() is None, "it ended before it could be interrupted"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    @pytest.mark.parametrize("when", ["models", "cache/checked-weights.json", "rehearse.db"])
    def test_before_the_answer_has_begun(self, own_home: Path, when: str) -> None:
        status, out, err = self.interrupted(own_home, when)
        assert (status, out) == (130, b"")
        assert err.removeprefix(STARTED.encode() + b"\n") == b"rehearse: interrupted.\n"
        assert json.loads(run("history", "list", "--json", home=own_home).stdout) == []

    def test_while_the_answer_runs(self, warm_home: Path) -> None:
        status, out, err = self.interrupted(warm_home, "recordings/*.wav")
        assert (status, out, err) == (130, b"", STARTED.encode() + b"\nrehearse: interrupted.\n")
        trash = json.loads(run("history", "list", "--trash", "--json", home=warm_home).stdout)
        recordings = list((warm_home / "recordings").glob("*.wav"))
        assert [recording.stem for recording in recordings] == [row["id"] for row in trash]
        assert len(trash) == 1
        assert run("history", "restore", trash[0]["id"], home=warm_home).returncode == 0


def test_a_fault_of_the_program_is_one_sentence_too(own_home: Path) -> None:
    fault = "import rehearse.guides.library as l\nl.GuideLibrary.summaries = lambda self: 1 / 0"
    said = sentence(run("guide", "list", home=own_home, prelude=fault), 1)
    assert said.startswith("This is a fault in rehearse itself: ZeroDivisionError: division by zero.")
    assert said.endswith(f"Details saved to {own_home / 'cache' / 'rehearse.log'}.")
    assert "ZeroDivisionError" in (own_home / "cache" / "rehearse.log").read_text(encoding="utf-8")
    shown = run("guide", "list", home=own_home, prelude=fault, REHEARSE_TRACEBACK="1")
    assert b"Traceback" in shown.stderr


@POSIX
def test_a_reader_that_goes_away(own_home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rehearse", "guide", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "REHEARSE_HOME": str(own_home)},
    )  # fmt: skip
    assert process.stdout and process.stderr
    process.stdout.close()
    said = process.stderr.read()
    assert (process.wait(60), said) == (0, b"")
