"""Which model listens: a better one for files, and for a speaker where the machine is quick enough."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.services import model_choice
from rehearse.settings import Places
from rehearse.speech import models
from rehearse.speech.models import AUTO, QUICK_ENOUGH, chosen_model, load_live_transcriber, load_transcriber
from rehearse.speech.shipped import BASE, TINY, NotHereError
from rehearse.speech.transcriber import Spoken
from rehearse.speech.two_models import TwoModels
from tests.fakes import ScriptedTranscriber
from tests.unit.live.test_transcript_builder import saying, segment


@pytest.fixture(autouse=True)
def nothing_is_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "shipped_folder", lambda name, **_: Path(name))


def measured(cache: Path, factor: float) -> None:
    (cache / "model-speeds.json").write_text(json.dumps({BASE: factor}), encoding="utf-8")


@pytest.mark.parametrize(
    ("factor", "live", "chosen"),
    [
        (None, True, BASE),
        (QUICK_ENOUGH, True, BASE),
        (QUICK_ENOUGH + 0.01, True, TINY),
        (9.0, False, BASE),
    ],
)
def test_auto_is_the_best_that_keeps_up(tmp_path: Path, factor: float | None, live: bool, chosen: str) -> None:
    if factor is not None:
        measured(tmp_path, factor)
    assert chosen_model(AUTO, live=live, models=tmp_path, cache=tmp_path) == chosen


@pytest.mark.parametrize(
    ("speeds", "model", "length"),
    [
        ({BASE: 0.1}, AUTO, 150),
        ({BASE: 0.3}, AUTO, 100),
        ({BASE: 0.5, TINY: 0.25}, AUTO, 120),
        ({BASE: 0.5}, AUTO, 0),
        ({}, AUTO, 0),
        ({BASE: 0.1, TINY: 0.25}, TINY, 120),
        ({"small.en": 3.0}, "small.en", 10),
    ],
)
def test_how_long_an_answer_may_be_to_be_heard_once_more(
    tmp_path: Path, speeds: dict[str, float], model: str, length: float
) -> None:
    places = Places(tmp_path)
    places.cache.mkdir(parents=True)
    (places.cache / "model-speeds.json").write_text(json.dumps(speeds), encoding="utf-8")
    assert model_choice.heard_again(places, model) == pytest.approx(length)


def test_a_model_chosen_by_name_stays(tmp_path: Path) -> None:
    measured(tmp_path, 9.0)
    assert chosen_model(BASE, live=True, models=tmp_path, cache=tmp_path) == BASE


def test_where_the_better_one_cannot_be_the_small_one_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(name: str, **_: object) -> Path:
        if name == BASE:
            raise NotHereError("There is no room", next_step="Make some.")
        return Path(name)

    monkeypatch.setattr(models, "shipped_folder", fails)
    assert chosen_model(AUTO, live=False, models=tmp_path, cache=tmp_path) == TINY


def test_two_ears_only_where_both_are_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_whisper", lambda folder, *_: FakeWhisper(folder))
    both = load_live_transcriber(AUTO, models=tmp_path, cache=tmp_path)
    assert isinstance(both, TwoModels)
    assert both.name == BASE
    measured(tmp_path, 9.0)
    alone = load_live_transcriber(AUTO, models=tmp_path, cache=tmp_path)
    assert (type(alone), alone.name) == (type(load_transcriber(TINY, models=tmp_path, cache=tmp_path)), TINY)
    assert load_live_transcriber(BASE, models=tmp_path, cache=tmp_path).name == BASE


def test_weights_that_follow_a_speaker_hear_files_and_are_measured_are_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: set[tuple[object, ...]] = set()

    def load(*how: object) -> FakeWhisper:
        loaded.add(how)
        return FakeWhisper(Path(str(how[0])))

    monkeypatch.setattr(models, "_whisper", load)
    load_live_transcriber(AUTO, models=tmp_path, cache=tmp_path)
    for name in (AUTO, BASE, TINY):
        load_transcriber(name, models=tmp_path, cache=tmp_path)
    assert len(loaded) == 2


class FakeWhisper:
    """Knows no words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def encode_text(self, text: str) -> list[int]:
        return [1 for _ in text.split()]


class Hypothesising(ScriptedTranscriber):
    """The quick one."""

    def hypothesise(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        return saying("as it seems")


def test_what_stays_is_the_better_ones_and_hypotheses_are_the_quick_ones() -> None:
    models = TwoModels(ScriptedTranscriber(["as it was said"] * 2), Hypothesising(["as it seems"]))
    assert models.hypothesise(segment(0.0)).text == "as it seems"
    assert models.transcribe(segment(0.0), hurry=lambda: True).text == "as it seems"
    assert models.transcribe(segment(0.0)).text == "as it was said"
    heard = models.transcribe_passage([segment(0.0)])
    assert heard is not None
    assert heard[0].text == "as it was said"
    assert models.name == "scripted"


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (0.2, "Whisper base listens to you: this machine decodes 5 times faster than you speak."),
        (0.5, "Whisper tiny.en listens to you: this machine is too slow for base, which sound files still get."),
    ],
)
def test_it_is_measured_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factor: float, said: str
) -> None:
    places = Places(tmp_path).create()

    def measure(_: Places, __: str) -> float:
        measured(places.cache, factor)
        return factor

    monkeypatch.setattr(model_choice, "measure_model", measure)
    assert model_choice.choose_model(places) == said
    assert model_choice.choose_model(places) == ""


@pytest.mark.parametrize(("factor", "used"), [(QUICK_ENOUGH, (TINY, BASE)), (QUICK_ENOUGH + 0.01, (TINY,))])
def test_the_list_marks_the_models_that_auto_comes_to(
    own_home: Path, factor: float, used: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    places = Places(own_home).create()
    places.cache.mkdir(exist_ok=True)
    speeds = json.dumps({TINY: 0.1, BASE: factor})
    (places.cache / "model-speeds.json").write_text(speeds, encoding="utf-8")
    assert main(["model", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in rows if row["in_use"]} == set(used)
