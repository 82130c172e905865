"""What is kept is for its owner alone, and what is deleted for good is gone from every file."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.cli import main
from rehearse.cli.terminal import screen_kept_clean
from rehearse.domain.answer import Mode, Source
from rehearse.domain.opinions import Agreement, Label, Opinion
from rehearse.history.answers import AnswerStore
from rehearse.history.database import MIGRATIONS, Database, backup_path
from rehearse.private import exposed, make_private_folder, write_private
from rehearse.services.draft import Draft
from rehearse.services.health import check_health
from rehearse.services.repair import repair_all
from rehearse.settings import Places, Settings, save_settings
from tests.answers import begun_answer
from tests.unit.history.support import NOW, marks, spoken

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
WORDS = ["zanzibar", "quixotic", "obsidian", "juniper"]


@pytest.fixture
def places(own_home: Path) -> Places:
    return Places(own_home)


@pytest.fixture
def careless() -> Iterator[None]:
    """The umask of somebody who keeps nothing from anybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def keep(store: AnswerStore, word: str, minute: int) -> str:
    """An answer with a word of its own in the transcript, in the note and in what a friend thinks, and a recording;
    its id.
    """
    begun = begun_answer(store,
        guide_id="model-deployment", scenario_id="beginner", question="q", source=Source.MICROPHONE,
        mode=Mode.COACHED, settings={}, now=NOW + timedelta(minutes=minute),
    )  # fmt: skip
    assert begun.recording is not None
    with RecordingWriter(begun.recording) as writer:
        writer.append(np.zeros(1600, np.float32))
    said = f"we called it {word} " + f"and {word}s went on and on about monitoring " * 40
    store.complete(replace(begun, transcript=spoken(said), coverage=marks("context"), notes=f"note {word}note"))
    thought = Label("context", "covered", Agreement.NO, f"we called it {word}", f"{word}thought")
    store.keep_opinion(begun.id, Opinion(f"friend of {word}", (thought,), f"more of {word}"))
    return begun.id


def files_with(home: Path, text: str) -> list[str]:
    """The files that hold some text, their bytes as they are."""
    found = [path for path in home.rglob("*") if path.is_file() and text.encode() in path.read_bytes().lower()]
    return [path.name for path in found]


@posix
@pytest.mark.usefixtures("careless")
def test_whatever_comes_first_makes_the_folder_for_its_owner_alone(places: Places, tmp_path: Path) -> None:
    with screen_kept_clean(places.log):
        pass
    make_private_folder(places.cache)
    firsts: list[Callable[[Path], object]] = [
        lambda home: save_settings(Settings(hands_free=True), home / "config.yaml"),
        lambda home: Draft(home / "drafts", "q").keep("typed"),
        lambda home: RecordingWriter(home / "recordings" / "a.wav").close(),
        lambda home: write_private(home / "cache" / "x.json", "{}"),
        lambda home: Places(home).create(),
    ]
    for number, first in enumerate(firsts):
        home = tmp_path / f"first{number}" / "data"
        first(home)
        assert exposed(home) == []
        assert exposed(home.parent) == [], "nor the folders above that had to be made"
    assert exposed(places.home) == []


@posix
@pytest.mark.usefixtures("careless")
def test_a_whole_home_is_closed_while_it_is_open(places: Places) -> None:
    places.create()
    with closing(AnswerStore(places.database, places.recordings)) as store:
        keep(store, "juniper", 0)
        assert {path.name for path in places.home.glob("rehearse.db*")} >= {"rehearse.db", "rehearse.db-wal"}
        assert exposed(places.home) == []


@posix
def test_the_doctor_sees_what_is_open_and_closes_it(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    def looked() -> tuple[str, str]:
        finding = next(one for one in check_health(places) if one.part == "data folder")
        return finding.state, finding.said

    places.create()
    note = places.guides / "mine.txt"
    note.write_text("mine", encoding="utf-8")
    note.chmod(0o644)
    begin = f"{places.home} isn't yours alone: others have rights to"
    assert looked() == ("note", f"{begin} 1 path in it: {Path('guides', 'mine.txt')}.")
    places.home.chmod(0o755)
    assert looked() == ("broken", f"{begin} the folder itself and 1 path in it: {Path('guides', 'mine.txt')}.")
    note.chmod(0o600)
    assert looked() == ("broken", f"{begin} the folder itself.")
    note.chmod(0o644)
    assert f"Took others' rights to 2 paths of {places.home} away." in repair_all(places)
    assert looked()[0] == "fine"
    for number in range(5):
        (places.home / f"{number}.txt").touch()
        (places.home / f"{number}.txt").chmod(0o644)
    assert looked() == ("note", f"{begin} 5 paths in it: 0.txt, 1.txt, 2.txt and 2 more.")
    assert (places.home.stat().st_mode & 0o777, note.stat().st_mode & 0o777) == (0o700, 0o600)
    del capsys


def test_nothing_stays_of_what_is_deleted_for_good(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    places.create()
    with closing(AnswerStore(places.database, places.recordings)) as app:
        ids = [keep(app, word, minute) for minute, word in enumerate(WORDS)]
        app.star(ids[0])  # rewrites the record: the older one mustn't stay either
        assert all(files_with(places.home, f"{word}thought") for word in WORDS)
        assert main(["history", "delete", *ids[:3], "--forever"]) == 0
        assert len(list(places.recordings.iterdir())) == 1
        for word in WORDS[:3]:
            assert files_with(places.home, word) == [], "while another rehearse is open"
        assert files_with(places.home, WORDS[3]) == ["rehearse.db"]
        assert [hit.answer.id for hit in app.search("juniper")] == [ids[3]]
        assert app.search("zanzibar") == []
    for answer_id in ids[:3]:
        assert files_with(places.home, answer_id) == []
    capsys.readouterr()


def test_copies_of_the_store_that_hold_it_go_too(places: Places) -> None:
    places.create()
    with closing(AnswerStore(places.database, places.recordings)) as store:
        gone, left = keep(store, "obsidian", 0), keep(store, "juniper", 1)
        whole = places.database.read_bytes()
        old = backup_path(places.database, MIGRATIONS[2])
        damaged = places.home / "rehearse-damaged-20260101T000000.db"
        other = places.home / "rehearse-before-0002-quiz.db"
        old.write_bytes(whole)
        damaged.write_bytes(b"\xa5" * 5000 + whole[8192:])
        other.write_bytes(b"SQLite, and nothing of it")
        store.discard(gone)
        store.purge()
        assert (old.exists(), damaged.exists(), other.exists()) == (False, False, True)
        assert files_with(places.home, "obsidian") == []
        assert store.get(left).notes == "note junipernote"


def test_what_older_versions_deleted_goes_with_the_next_deletion(places: Places) -> None:
    places.create()
    with closing(AnswerStore(places.database, places.recordings)) as store:
        gone, other = keep(store, "quixotic", 0), keep(store, "zanzibar", 1)
    with closing(sqlite3.connect(places.database)) as connection, connection:
        connection.execute("PRAGMA user_version = 0")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM answers WHERE id = ?", [gone])
    assert files_with(places.home, "quixotic")
    with closing(AnswerStore(places.database, places.recordings)) as store:
        store.discard(other)
        assert store.purge() == 1
    assert files_with(places.home, "quixotic") == []
    with Database(places.database) as database, database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1


def test_questions_that_quote_it_forget_its_words(places: Places) -> None:
    """Those asked after it, those asked later in its interview, and those of versions that left inner quotes as they
    were; what is quoted of another answer stays.
    """

    def further(
        store: AnswerStore, question: str, said: str, *, series: str | None = "s", of: str | None = None
    ) -> str:
        answer = begun_answer(store,
            guide_id="model-deployment", scenario_id="beginner", question=question, source=Source.TYPED,
            mode=Mode.COACHED, settings={}, now=NOW, follow_up_of=of or first, follow_up_section="context",
            series_id=series,
        )  # fmt: skip
        return store.complete(replace(answer, transcript=spoken(said), coverage=marks("context"))).id

    places.create()
    with closing(AnswerStore(places.database, places.recordings)) as store:
        first = keep(store, "obsidian", 0)
        old = "You said “Karin said “ship it” although Obsidian sued”. Who felt that?"
        after = further(store, old, "My juniper told them so.")
        later = further(store, "You said “juniper told them …”. And?", "Nothing.")
        other = further(store, "You said “called it obsidian”. And?", "Nothing.")
        unrelated = further(store, "What does “my juniper” mean?", "Nothing.", series=None, of="quiz")
        store.purge([after], whatever=True)
        questions = [store.get(one).question for one in (later, other, unrelated)]
        assert questions == [
            "You said “…”. And?",
            "You said “called it obsidian”. And?",
            "What does “my juniper” mean?",
        ]
        after = further(store, old, "They didn't.")
        store.purge([first], whatever=True)
        assert [store.get(one).question for one in (after, other)] == [
            "You said “…”. Who felt that?",
            "You said “…”. And?",
        ]
        assert files_with(places.home, "obsidian") == []
