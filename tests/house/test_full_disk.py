"""A full disk and a folder that can't be written to: reading works, deleting makes room, nothing is half written."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.cli import main
from rehearse.domain.answer import Mode, Source
from rehearse.errors import DiskFullError, StoreError
from rehearse.history.answers import AnswerStore
from rehearse.history.database import connect
from rehearse.services.health import check_health
from rehearse.settings import Places
from tests.answers import begun_answer
from tests.small_disk import SmallDisk, small_disk
from tests.unit.history.support import NOW, marks, spoken

__all__ = ["small_disk"]

Say = Callable[..., tuple[int, str, str]]


def fill(home: Path) -> Places:
    """Three answers with recordings of five seconds."""
    places = Places(home).create()
    with closing(AnswerStore(places.database, places.recordings)) as store:
        for number in range(3):
            answer = begun_answer(store,
                guide_id="model-deployment", scenario_id="beginner", question="q", source=Source.MICROPHONE,
                mode=Mode.COACHED, settings={}, now=NOW + timedelta(minutes=number),
            )  # fmt: skip
            assert answer.recording is not None
            with RecordingWriter(answer.recording) as writer:
                writer.append(np.zeros(80_000, np.float32))
            store.complete(replace(answer, transcript=spoken(f"needle{number} we shipped"), coverage=marks("context")))
    return places


@pytest.fixture
def places(small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> Places:
    home = small_disk.path / "home"
    monkeypatch.setenv("REHEARSE_HOME", str(home))
    return fill(home)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["history", *arguments])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


def listed(say: Say) -> Any:
    status, out, err = say("list", "--json")
    assert status == 0, err
    return json.loads(out)


def reads_everything(say: Say, said: str) -> None:
    rows = listed(say)
    assert len(rows) == 3
    status, out, err = say("show", rows[0]["id"])
    assert (status, "needle2" in out) == (0, True)
    assert said in err
    assert "needle1" in say("search", "needle1")[1]


def test_everything_can_be_read_where_the_disk_is_full(places: Places, small_disk: SmallDisk, say: Say) -> None:
    small_disk.fill()
    reads_everything(say, "the disk is full: answers can be read")
    status, _, err = say("delete", "last")
    assert status == 1
    assert "the disk is full. Free some space" in err
    assert "history audio" in err
    finding = next(one for one in check_health(places) if one.part == "answers")
    assert (finding.state, finding.said) == ("fine", "3 kept")


def test_deleting_makes_room(places: Places, small_disk: SmallDisk, say: Say) -> None:
    small_disk.fill()
    gone, *left = (row["id"] for row in listed(say))
    assert say("delete", gone, "--forever")[0] == 0
    assert [row["id"] for row in listed(say)] == left
    assert not (places.recordings / f"{gone}.wav").exists()
    small_disk.fill()
    assert say("audio", "--policy", "never", "--delete")[0] == 0
    assert list(places.recordings.iterdir()) == []
    assert len(listed(say)) == 2, "words and marks stay"


def test_an_export_that_fails_leaves_nothing(places: Places, small_disk: SmallDisk, say: Say) -> None:
    small_disk.fill()
    out = small_disk.path / "out"
    for form in ("md", "json", "srt", "wav"):
        status, _, err = say("export", "--format", form, "--to", str(out))
        assert status == 2
        assert "the disk is full. Free some space, or choose another folder." in err
    assert list(out.iterdir()) == []
    assert places.database.exists()
    small_disk.empty()
    assert say("export", "--format", "wav", "--to", str(out))[0] == 0
    assert len(list(out.iterdir())) == 3


def test_a_store_open_while_the_disk_fills_says_so_and_writes_once_there_is_room(
    places: Places, small_disk: SmallDisk
) -> None:
    with closing(AnswerStore(places.database, places.recordings)) as store:
        first = store.summaries()[0].id
        small_disk.fill()
        with pytest.raises(DiskFullError, match="disk is full"):
            store.note(first, "a note " * 1000)
        assert store.count() == 3
        small_disk.empty()
        store.note(first, "a note")
        assert store.get(first).notes == "a note"


def test_a_store_opened_on_a_full_disk_writes_once_there_is_room(places: Places, small_disk: SmallDisk) -> None:
    small_disk.fill()
    with closing(AnswerStore(places.database, places.recordings)) as store:
        assert store.read_only == "the disk is full"
        first = store.summaries()[0].id
        small_disk.empty()
        store.star(first)
        assert store.get(first).starred
        assert not store.read_only


def test_a_folder_that_cannot_be_written_to_is_read(places: Places, small_disk: SmallDisk, say: Say) -> None:
    small_disk.protect()
    reads_everything(say, "can't be written to: answers can be read")
    status, _, err = say("delete", "last")
    assert status == 1
    assert "can't be written to" in err
    assert next(one for one in check_health(places) if one.part == "answers").said == "3 kept"
    assert next(one for one in check_health(places) if one.part == "data folder").state == "broken"


def test_what_stands_in_the_log_alone_is_read_there_too(
    places: Places, small_disk: SmallDisk, say: Say, tmp_path: Path
) -> None:
    with closing(connect(places.database)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE answers SET starred = 1")
        for end in ("", "-wal"):
            shutil.copy(f"{places.database}{end}", tmp_path)
    for end in ("", "-wal"):
        shutil.copy(tmp_path / f"rehearse.db{end}", places.home)
    assert (places.home / "rehearse.db-wal").stat().st_size > 0
    small_disk.protect()
    assert all(row["starred"] for row in listed(say))


def test_a_first_start_where_nothing_can_be_written_is_an_error(small_disk: SmallDisk) -> None:
    small_disk.protect()
    with pytest.raises(StoreError, match="Can't use"):
        AnswerStore(small_disk.path / "rehearse.db", small_disk.path)
