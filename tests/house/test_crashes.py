"""Killed at any moment, damaged at any byte: what was recorded is still there, and every start says what it finds."""

import os
import random
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import Mode, Source
from rehearse.errors import RehearseError
from rehearse.history.answers import AnswerStore
from rehearse.history.damage import find_damage
from rehearse.services.draft import Draft
from rehearse.services.health import check_health
from rehearse.services.repair import repair_all
from rehearse.settings import Places, Settings, load_settings, save_settings
from tests.answers import begun_answer
from tests.unit.history.support import NOW, marks, spoken

RECORDS = """
import sys
from pathlib import Path
import tests.unit.live.support as parts
from rehearse.history.answers import AnswerStore
home = Path(sys.argv[1])
source = parts.EndlessSource()
run = parts.Run(AnswerStore(home / "rehearse.db", home / "recordings"), source)
run.begin()
shown = 0
while True:
    frames = run.rehearsal._pipeline._listener.frames
    if frames != shown:
        print(frames, flush=True)
        shown = frames
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("seed", range(5))
def test_a_recording_that_is_killed_keeps_every_block_that_was_taken(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with subprocess.Popen([sys.executable, "-c", RECORDS, str(tmp_path)], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for _ in range(chance.randrange(1, 40)):
            told = int(program.stdout.readline())
        os.kill(program.pid, signal.SIGKILL)
    assert find_damage(tmp_path / "rehearse.db") == ""
    with closing(AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")) as store:
        (left,) = store.cut_off()
        assert left.recording is not None
        assert len(read_recording(left.recording)) >= told
        assert store.unattached() == []


def fill(home: Path) -> Places:
    """One file of every kind: answers with sound, one that was cut off, settings, a draft, a guide."""
    places = Places(home).create()
    with closing(AnswerStore(places.database, places.recordings)) as store:
        for number in range(4):
            begun = begun_answer(store,
                guide_id="model-deployment", scenario_id="beginner", question="q", source=Source.MICROPHONE,
                mode=Mode.COACHED, settings={}, now=NOW + timedelta(minutes=number),
            )  # fmt: skip
            assert begun.recording is not None
            with RecordingWriter(begun.recording) as writer:
                writer.append(np.full(4000, 0.1, np.float32))
            if number:
                said = f"needle{number} " + "words that go on " * 40
                store.complete(replace(begun, transcript=spoken(said), coverage=marks("context")))
    save_settings(Settings(hands_free=True), places.config)
    Draft(home / "drafts", "q").keep("typed")
    return places


def spoil(path: Path, chance: random.Random) -> None:
    """Flip a byte, cut the end off, or put a stretch of garbage in."""
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    match chance.randrange(3):
        case 0:
            data[at] ^= chance.randrange(1, 256)
        case 1:
            del data[at:]
        case _:
            data[at : at + 600] = chance.randbytes(min(600, len(data) - at))
    path.write_bytes(data)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("whole") / "home").home


FILES = ["rehearse.db", "config.yaml", "drafts/*.txt", *(f"recordings/{number}" for number in range(4))]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_to_one_file_the_others_answers_come_back(
    whole: Path, tmp_path: Path, name: str, seed: int
) -> None:
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    places = Places(home)
    sounds = sorted(places.recordings.iterdir())
    spoiled = sounds[int(name[-1])] if name.startswith("recordings") else next(home.glob(name))
    before = {path: path.read_bytes() for path in sounds}
    spoil(spoiled, random.Random(f"{name} {seed}"))
    assert check_health(places), "the doctor stops at nothing"
    repair_all(places)
    with closing(AnswerStore(places.database, places.recordings)) as store:
        ids = {row.id for row in store.summaries()} | {answer.id for answer in store.cut_off()}
        assert ids >= {path.stem for path in sounds}, "every recording has its answer"
        assert find_damage(places.database) == ""
        if spoiled != places.database:
            assert store.count() == 3
            assert len(store.search("words")) == 3
    assert all(path.read_bytes() == data for path, data in before.items() if path != spoiled)
    for sound in sounds:
        try:
            heard = len(read_recording(sound))
        except RehearseError:
            heard = 0
        assert heard == 4000 or sound == spoiled
    try:
        load_settings(places.config)
    except RehearseError as error:
        assert spoiled == places.config, error
