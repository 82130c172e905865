"""`rehearse doctor`: a finding for every part, whatever its state, and nothing that stops the examination."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.domain.answer import Mode, Source
from rehearse.errors import ModelError
from rehearse.guides.template import template_text
from rehearse.history.answers import AnswerStore
from rehearse.services.health import Finding, check_health
from rehearse.settings import Places
from tests.answers import begun_answer
from tests.unit.audio.fake_portaudio import FakePortAudio, device

PARTS = (
    *("settings", "data folder", "answers", "PortAudio", "microphone", "loudspeaker"),
    *("speech model", "embeddings", "voice", "guides", "terminal", "telemetry"),
)


class Module(FakePortAudio):
    """The fake as the sounddevice module."""

    @staticmethod
    def get_portaudio_version() -> tuple[int, str]:
        return 1, "PortAudio V19"


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Module:
    module = Module([device("Desk", inputs=1), device("Speakers", outputs=2)], default=(0, 1))
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    return module


def found(home: Path) -> dict[str, Finding]:
    return {finding.part: finding for finding in check_health(Places(home))}


@pytest.mark.usefixtures("sound")
def test_all_is_fine(own_home: Path) -> None:
    findings = check_health(Places(own_home))
    assert tuple(finding.part for finding in findings) == PARTS
    assert {f.part for f in findings if f.state == "broken"} == set()
    by_part = {finding.part: finding for finding in findings}
    assert by_part["microphone"].said == "Desk (1 inputs)"
    assert by_part["PortAudio"].said == "PortAudio V19"
    assert "SHA-256 as expected" in by_part["speech model"].said
    assert "model-deployment" in by_part["guides"].said
    assert all(f.mend for f in findings if f.state != "fine")


def test_no_portaudio(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    findings = found(own_home)
    for part in ("PortAudio", "microphone", "loudspeaker"):
        assert findings[part].state == "broken"
        assert findings[part].said.startswith("There is no sound: PortAudio is missing")
        assert findings[part].mend
    assert findings["speech model"].state == "fine"


def test_no_devices(own_home: Path, sound: Module) -> None:
    sound._devices = []
    findings = found(own_home)
    assert findings["microphone"].state == "broken"
    assert findings["loudspeaker"].state == "note"


@pytest.mark.usefixtures("sound")
def test_a_microphone_of_the_settings_that_is_gone(own_home: Path) -> None:
    Places(own_home).create().config.write_text("device: USB\n", encoding="utf-8")
    said = found(own_home)["microphone"]
    assert (said.state, said.said) == ("broken", "There is no microphone “USB”.")
    assert said.mend == "Plug it in, or choose one of these: “Desk”."


@pytest.mark.usefixtures("sound")
def test_settings_that_cant_be_read(own_home: Path) -> None:
    Places(own_home).create().config.write_text("speed: 3\n", encoding="utf-8")
    findings = found(own_home)
    assert findings["settings"].state == "broken"
    assert "unknown setting “speed”" in findings["settings"].said
    assert findings["microphone"].state == "fine", "the defaults hold meanwhile"


@pytest.mark.usefixtures("sound")
def test_a_folder_that_cant_be_written_to(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*, dir: Path) -> None:  # noqa: A002 - tempfile's name
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    finding = found(own_home)["data folder"]
    assert finding.state == "broken"
    assert finding.said == f"{own_home} can't be written to: Read-only file system."
    assert "REHEARSE_HOME" in finding.mend


@pytest.mark.usefixtures("sound")
def test_little_space(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 2**28

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    assert found(own_home)["data folder"] == Finding(
        "data folder", "note", f"{own_home}, 0.2 GiB free", "Free some disk space."
    )


@pytest.mark.usefixtures("sound")
def test_a_damaged_store_and_an_answer_that_was_cut_off(own_home: Path, tmp_path: Path) -> None:
    places = Places(own_home).create()
    store = AnswerStore(places.database, places.recordings)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    begun = begun_answer(
        store, guide_id="g", scenario_id="s", question="?", source=Source.FILE, mode=Mode.COACHED, settings={}, now=now
    )
    assert begun.recording is not None
    begun.recording.touch()
    store.close()
    assert found(own_home)["answers"].said == "0 kept, 1 cut off"
    other = Places(tmp_path / "other").create()
    other.database.write_bytes(b"nonsense" * 500)
    finding = found(other.home)["answers"]
    assert finding.state == "broken"
    assert "--repair" in finding.mend


@pytest.mark.usefixtures("sound")
def test_one_broken_guide_is_named(own_home: Path) -> None:
    (Places(own_home).create().guides / "mine.yaml").write_text("id: mine\n  x", encoding="utf-8")
    finding = found(own_home)["guides"]
    assert finding.state == "broken"
    assert finding.said.startswith("mine.yaml:")


@pytest.mark.usefixtures("sound")
def test_all_broken_guides_are_named(own_home: Path) -> None:
    folder = Places(own_home).create().guides
    (folder / "mine.yaml").write_text("id: mine\n  x", encoding="utf-8")
    (folder / "other.yaml").write_text("titel: x\n", encoding="utf-8")
    (folder / "model-deployment.yaml").write_text(template_text("model-deployment", "Mine"), encoding="utf-8")
    finding = found(own_home)["guides"]
    assert finding.state == "broken"
    for name in ("mine.yaml:", "other.yaml:", "model-deployment.yaml:"):
        assert name in finding.said
    assert "taken by a shipped guide" in finding.said
    assert "guide check" in finding.mend


@pytest.mark.usefixtures("sound")
def test_altered_weights(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def altered(*_: object, **__: object) -> None:
        raise ModelError("The weights model.bin were altered", why="SHA-256", next_step="Install them again.")

    monkeypatch.setattr("rehearse.speech.shipped.check_weights", altered)
    finding = found(own_home)["speech model"]
    assert finding == Finding(
        "speech model", "broken", "The weights model.bin were altered: SHA-256.", "Install them again."
    )


@pytest.mark.usefixtures("sound")
@pytest.mark.parametrize(("size", "state"), [((80, 24), "fine"), ((79, 24), "note"), ((200, 23), "note")])
def test_the_terminal(own_home: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], state: str) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size(size))
    finding = found(own_home)["terminal"]
    assert finding.state == state
    assert finding.said.startswith(f"{size[0]}x{size[1]}")
