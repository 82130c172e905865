"""`--device` and `--model` hold for one run, and what can't be had is refused before the app starts."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.cli.app import open_studio
from rehearse.errors import InputError
from rehearse.settings import Settings, find_places, load_settings, save_settings
from tests.unit.audio.fake_portaudio import FakePortAudio, device


@pytest.fixture(autouse=True)
def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    module = FakePortAudio([device("Desk", inputs=1), device("Headset", inputs=1)])
    monkeypatch.setitem(sys.modules, "sounddevice", module)


@pytest.fixture
def model(tmp_path: Path) -> str:
    (tmp_path / "whisper").mkdir()
    (tmp_path / "whisper" / "model.bin").touch()
    return str(tmp_path / "whisper")


def test_what_holds_for_this_run_is_used_and_never_written(model: str) -> None:
    places = find_places()
    save_settings(Settings(device="Desk", theme="nord"), places.config)
    studio, _ = open_studio(device="headset", model=model)
    assert (studio.equipment.settings.device, studio.equipment.settings.model) == ("headset", model)
    studio.equipment.change_settings(replace(studio.equipment.settings, hands_free=True))
    assert studio.equipment.settings.model == model, "still for this run"
    assert load_settings(places.config) == Settings(device="Desk", theme="nord", hands_free=True)


def test_a_choice_made_in_the_settings_is_written_all_the_same(model: str) -> None:
    studio, _ = open_studio(device="headset", model=model)
    studio.equipment.change_settings(replace(studio.equipment.settings, device="Desk"))
    assert load_settings(studio.equipment.places.config) == Settings(device="Desk")


@pytest.mark.parametrize(
    ("device", "model", "said"),
    [
        ("USB", None, "There is no microphone “USB”. Plug it in, or choose one of these: “Desk”, “Headset”."),
        (" ", None, "--device wants a microphone's name"),
        (None, "enormous", "There is no speech model “enormous”"),
        (None, "base.en", "rehearse model download base.en"),
        (None, "/", "holds no speech model"),
        (None, "", "holds no speech model"),
    ],
)
def test_what_cant_be_had_is_refused(device: str | None, model: str | None, said: str) -> None:
    with pytest.raises(InputError) as refused:
        open_studio(device=device, model=model)
    assert said in str(refused.value)


def test_without_portaudio_the_app_itself_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    assert open_studio(device="USB")[0].equipment.settings.device == "USB"
