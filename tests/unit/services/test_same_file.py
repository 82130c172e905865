"""A sound file that is kept for a question already is remarked on, and kept all the same."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import FILE_DIGEST
from rehearse.domain.moments import local_text
from rehearse.errors import StoreError
from rehearse.history import same_file
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.services.unattended import keep_file
from rehearse.settings import Places, Settings
from tests.fakes import ScriptedTranscriber, ask_from, mark_by_keyword, small_guide

GUIDE = small_guide()
SCENARIO = GUIDE.scenarios[0]


@pytest.fixture
def studio(own_home: Path) -> Studio:
    equipment = Equipment(Places(own_home), Settings(), load_transcriber=lambda: ScriptedTranscriber([]))
    ask_from(equipment, GUIDE)
    mark_by_keyword(equipment, GUIDE)
    return Studio(equipment)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return wave(tmp_path / "a.wav")


def wave(path: Path, seconds: float = 1.0) -> Path:
    with RecordingWriter(path) as writer:
        writer.append(np.full(round(seconds * 16_000), 0.01, np.float32))
    return path


def test_one_that_was_marked_for_the_question_before_is_remarked_on_and_kept(studio: Studio, path: Path) -> None:
    said: list[str] = []
    first = keep_file(studio, GUIDE, SCENARIO, path, said.append)
    keep_file(studio, GUIDE, SCENARIO, wave(path.with_name("other.wav"), seconds=2), said.append)
    keep_file(studio, GUIDE, replace(SCENARIO, id="another"), path, said.append)
    assert said == []
    copy = Path(shutil.copy(path, path.with_name("copy.wav")))
    keep_file(studio, GUIDE, SCENARIO, copy, said.append)
    when = local_text(first.created_at)
    assert said == [f"copy.wav was marked for this question before ({when}); it is kept again."]
    assert studio.equipment.store.count() == 4


def test_one_whose_answer_is_in_the_trash_is_as_new(studio: Studio, path: Path) -> None:
    said: list[str] = []
    studio.equipment.store.discard(keep_file(studio, GUIDE, SCENARIO, path, said.append).id)
    keep_file(studio, GUIDE, SCENARIO, path, said.append)
    assert said == []


def test_where_that_cannot_be_told_the_file_is_kept_all_the_same(
    studio: Studio, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreError("The store is busy")

    monkeypatch.setattr(same_file, "last_marked", busy)
    said: list[str] = []
    answer = keep_file(studio, GUIDE, SCENARIO, path, said.append)
    assert len(str(answer.settings[FILE_DIGEST])) == 64
    assert said == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_read_once(studio: Studio, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    plan = studio.plan(GUIDE, SCENARIO)
    assert studio.rehearsals._digest(plan, pipe, print) == ""
