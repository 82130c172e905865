"""Which speech models are in memory: the chosen one, once, and what is still in use."""

import gc
from dataclasses import replace
from pathlib import Path
from weakref import WeakSet

import pytest

from rehearse.services.equipment import Equipment
from rehearse.settings import Places, Settings
from rehearse.speech import models
from rehearse.speech.models import AUTO, FoundModel
from rehearse.speech.shipped import BASE, TINY
from rehearse.speech.transcriber import Transcriber


class Weights:
    """Stands in for a model that was loaded."""

    def __init__(self, folder: Path, *, threads: int, niceness: int) -> None:
        assert threads
        assert niceness
        self.name = folder.name
        LOADED.add(self)

    def encode_text(self, text: str) -> list[int]:
        return [len(text)]


LOADED: WeakSet[Weights] = WeakSet()


def in_memory() -> list[str]:
    gc.collect()
    return sorted(one.name for one in LOADED)


def found(name: str, **_: object) -> FoundModel:
    name = BASE if name == AUTO else name
    return FoundModel(name, Path(name), "")


@pytest.fixture
def equipment(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Equipment:
    monkeypatch.setattr(models, "Whisper", Weights)
    monkeypatch.setattr(models, "find_model", found)
    monkeypatch.setattr(models, "shipped_folder", lambda name, **_: Path(name))
    return Equipment(Places(own_home), Settings(model="large-v3-turbo"))


def listening(equipment: Equipment, scenario: int = 0, *, live: bool = True) -> Transcriber:
    guide = equipment.library.load(equipment.library.ids()[0])
    return equipment.transcriber(guide, guide.scenarios[scenario], live=live)


def choose(equipment: Equipment, model: str) -> None:
    equipment.places.create()
    equipment.change_settings(replace(equipment.settings, model=model))


def test_a_model_that_is_no_longer_chosen_gives_its_memory_back(equipment: Equipment) -> None:
    listening(equipment)
    assert in_memory() == ["large-v3-turbo"]
    for model in ("medium.en", "small.en"):
        choose(equipment, model)
        assert in_memory() == []
        listening(equipment)
        assert in_memory() == [model]


def test_one_that_is_still_in_use_stays_and_is_there_once(equipment: Equipment) -> None:
    in_use = listening(equipment)
    choose(equipment, "small.en")
    listening(equipment)
    assert in_memory() == ["large-v3-turbo", "small.en"]
    choose(equipment, "large-v3-turbo")
    assert listening(equipment) is not in_use
    assert in_memory() == ["large-v3-turbo"]


def test_one_that_was_still_loading_when_another_was_chosen_goes_with_the_next(equipment: Equipment) -> None:
    listening(equipment)
    equipment.settings = replace(equipment.settings, model="small.en")  # as if the load had ended just now
    listening(equipment)
    assert in_memory() == ["small.en"]


def test_scenarios_files_and_speakers_share_the_weights(equipment: Equipment) -> None:
    choose(equipment, AUTO)
    kept = [listening(equipment, scenario, live=live) for scenario in (0, 1) for live in (True, False)]
    assert len(set(map(id, kept))) == 4
    assert listening(equipment) is kept[0]
    assert in_memory() == [BASE, TINY]
