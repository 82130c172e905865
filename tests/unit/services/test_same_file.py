"""A sound file that is kept for a question already is remarked on, kept all the same, and counts once."""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.domain.answer import FILE_DIGEST, Answer, Source
from rehearse.domain.guide import Scenario
from rehearse.domain.moments import local_text
from rehearse.errors import StoreError
from rehearse.history import same_file
from rehearse.history.practices import read_practice, read_practices
from rehearse.services.answer_files import digest_of
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.services.unattended import keep_file
from rehearse.settings import Places, Settings
from tests.fakes import ScriptedTranscriber, ask_from, mark_by_keyword, small_guide
from tests.unit.history.support import marks

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
    assert said == [f"copy.wav was marked for this question before ({when}); it is kept again, but counts once."]
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
    assert digest_of(pipe, plan, lambda: studio.equipment.store.database, print) == ""


def counted(studio: Studio) -> tuple[list[str], dict[str, int]]:
    """The attempts that progress counts, and how often each scenario was tried by what chooses the next drill."""
    practice = read_practice(studio.equipment.store.database, GUIDE)
    attempts = studio.equipment.store.attempts(GUIDE.id)
    assert [one.id for one in practice.attempts] == [one.id for one in attempts]
    return [one.id for one in attempts], {name: one.times for name, one in practice.tried.items()}


def judged(studio: Studio, path: Path, scenario: Scenario = SCENARIO, **more: Any) -> Answer:
    """A file's answer, as if enough had been said in it."""
    answer = replace(keep_file(studio, GUIDE, scenario, path), coverage=marks("goal"), **more)
    studio.equipment.store.save(answer)
    return answer


def test_one_recording_is_one_attempt_however_often_it_is_copied(studio: Studio, path: Path) -> None:
    first = judged(studio, path)
    copies = [judged(studio, Path(shutil.copy(path, path.with_name(f"{n}.wav")))) for n in range(2)]
    assert counted(studio) == ([first.id], {SCENARIO.id: 1})
    assert studio.equipment.store.count() == 3, "all are kept"
    other = judged(studio, wave(path.with_name("other.wav"), seconds=2))
    assert counted(studio) == ([first.id, other.id], {SCENARIO.id: 2})
    studio.equipment.store.discard(first.id)
    assert counted(studio) == ([copies[0].id, other.id], {SCENARIO.id: 2}), "the next copy takes its place"


def test_for_another_question_it_is_an_attempt_of_its_own(studio: Studio, path: Path) -> None:
    another = replace(SCENARIO, id="another")
    ids = [judged(studio, path, one).id for one in (SCENARIO, another)]
    assert counted(studio) == (ids, {SCENARIO.id: 1, "another": 1})


def test_an_answer_that_was_no_attempt_does_not_stand_in_for_one(studio: Studio, path: Path) -> None:
    judged(studio, path, follow_up_of="an answer before")
    second = judged(studio, path)
    assert counted(studio)[0] == [second.id]


def test_a_copy_that_was_judged_stands_for_one_that_was_not(studio: Studio, path: Path) -> None:
    keep_file(studio, GUIDE, SCENARIO, path)
    second = judged(studio, path)
    assert counted(studio) == ([second.id], {SCENARIO.id: 1})


def test_answers_without_a_digest_all_count(studio: Studio, path: Path) -> None:
    sources = (Source.FILE, Source.FILE, Source.MICROPHONE)
    ids = [judged(studio, path, settings={}, source=source).id for source in sources]
    assert counted(studio)[0] == ids


def test_copies_are_looked_for_once_however_many_guides_were_practised(studio: Studio, path: Path) -> None:
    guides = [replace(GUIDE, id=guide_id) for guide_id in ("one", "two", "three")]
    answers = {guide.id: [judged(studio, path, guide_id=guide.id) for _ in range(2)] for guide in guides}
    database = studio.equipment.store.database
    asked: list[str] = []
    with database.reading() as connection:
        connection.set_trace_callback(asked.append)
    practices = read_practices(database, guides)
    assert {one.guide.id: [attempt.id for attempt in one.attempts] for one in practices} == {
        guide_id: [first.id] for guide_id, (first, _) in answers.items()
    }
    assert sum(FILE_DIGEST in statement for statement in asked) == 1, "the digests stand behind long transcripts"
