import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.opinions import Agreement, Label, Opinion
from rehearse.errors import StoreError
from rehearse.history.answers import AnswerStore
from rehearse.history.damage import find_damage
from rehearse.history.database import MIGRATIONS, Database, Migration, statements
from rehearse.history.repair import RepairReport, repair
from tests.answers import begun_answer
from tests.house.test_migrations import FIRST_SCHEMA_ROWS
from tests.unit.history.support import NOW, marks, spoken

COUNT = 60
PAGE = 4096


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store of sixty answers whose records fill several pages each, with their recordings."""
    (tmp_path / "recordings").mkdir()
    store = open_store(tmp_path)
    for number in range(COUNT):
        answer = begun_answer(store,
            guide_id="guide", scenario_id="s", question=f"q{number}", source=Source.MICROPHONE, mode=Mode.COACHED,
            settings={}, now=NOW + timedelta(minutes=number),
        )  # fmt: skip
        said = f"needle{number} " + "words of an answer that go on " * 30
        store.complete(replace(answer, transcript=spoken(said), coverage=marks("context", "monitoring")))
        assert answer.recording is not None
        answer.recording.touch()
    store.close()
    return tmp_path


def open_store(home: Path) -> AnswerStore:
    return AnswerStore(home / "rehearse.db", home / "recordings")


def mend(home: Path) -> RepairReport:
    return repair(home / "rehearse.db", home / "recordings", now=NOW)


def kept(home: Path) -> dict[str, Answer]:
    store = open_store(home)
    found = {one.id: store.get(one.id) for one in store.summaries()}
    store.close()
    return found


def test_a_linked_store_is_repaired_where_it_is(home: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    real.mkdir()
    (home / "rehearse.db").rename(real / "answers.db")
    (home / "rehearse.db").symlink_to(real / "answers.db")
    overwrite(real / "answers.db", 0, 16)
    report = mend(home)
    assert report.set_aside is not None
    assert report.set_aside.parent == real
    assert (home / "rehearse.db").is_symlink()
    assert len(kept(home)) == COUNT


def overwrite(path: Path, at: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * length)


def pages_of(home: Path, table: str) -> list[int]:
    """Numbers of the pages that hold a table's rows, the topmost left out."""
    with closing(sqlite3.connect(home / "rehearse.db")) as connection:
        rows = connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype <> 'internal' ORDER BY pageno", [table]
        ).fetchall()
    return [row[0] for row in rows]


def test_a_whole_store_is_left_alone(home: Path) -> None:
    before = kept(home)
    report = mend(home)
    assert report == RepairReport(answers_kept=COUNT)
    assert str(report) == "The store is whole; it holds 60 answers."
    assert kept(home) == before


def test_each_step_is_told_as_it_begins(home: Path) -> None:
    told: list[str] = []
    repair(home / "rehearse.db", home / "recordings", now=NOW, tell=told.append)
    assert told == ["Looking for damage", "Checking the search index", "Looking for recordings"]


def test_one_damaged_page_costs_the_answers_on_it_alone(home: Path) -> None:
    before = kept(home)
    pages = pages_of(home, "details")
    for page in (pages[len(pages) // 3], pages[len(pages) // 2]):
        overwrite(home / "rehearse.db", (page - 1) * PAGE, PAGE)
    with pytest.raises(StoreError, match="damaged"):
        open_and_read_all(home)
    report = mend(home)
    after = kept(home)
    assert report.set_aside == home / "rehearse-damaged-20261123T142000.db"
    assert report.set_aside.exists()
    assert COUNT - 4 <= report.answers_kept == len(after) < COUNT
    assert all(before[name] == answer for name, answer in after.items())
    assert report.answers_kept + report.answers_stripped == COUNT  # the others have their sound
    assert "lost the words but not the sound" in str(report)
    store = open_store(home)
    assert len(store.unfinished()) == report.answers_stripped
    assert all(one.question and one.guide_id == "guide" for one in store.unfinished())
    needle = next(iter(after.values()))
    assert [hit.answer.id for hit in store.search(needle.transcript.words[0].text + " words")][0:1] == [needle.id]
    store.close()


def open_and_read_all(home: Path) -> None:
    store = open_store(home)
    try:
        for one in store.summaries():
            store.get(one.id)
    finally:
        store.close()


def first_page(path: Path) -> None:
    overwrite(path, 0, PAGE)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def header(path: Path) -> None:
    overwrite(path, 0, 100)


@pytest.mark.parametrize("spoil", [first_page, header])
def test_a_lost_list_of_tables_is_taken_from_an_empty_store(home: Path, spoil: Callable[[Path], None]) -> None:
    before = kept(home)
    spoil(home / "rehearse.db")
    report = mend(home)
    assert report.answers_kept == COUNT
    assert kept(home) == before


def test_a_file_that_was_cut_off_gives_what_is_left(home: Path) -> None:
    before = kept(home)
    truncated(home / "rehearse.db")
    report = mend(home)
    after = kept(home)
    assert 0 < report.answers_kept == len(after)
    assert all(before[name] == answer for name, answer in after.items())
    assert report.answers_kept + report.answers_stripped + report.recordings_attached == COUNT


def test_a_store_of_which_nothing_is_left_leaves_the_recordings(home: Path) -> None:
    (home / "rehearse.db").write_bytes(b"gone" * 10_000)
    report = mend(home)
    assert (report.answers_kept, report.recordings_attached) == (0, COUNT)
    assert "Found 60 recordings without an answer" in str(report)
    store = open_store(home)
    found = store.unfinished()
    assert [one.created_at for one in found] == [NOW + timedelta(minutes=number) for number in range(COUNT)]
    assert {one.guide_id for one in found} == {""}
    store.close()
    assert mend(home).recordings_attached == 0  # a second time finds nothing more to do


def test_an_answer_that_cannot_be_read_and_has_no_sound_is_counted_as_lost(home: Path) -> None:
    first = min(kept(home))
    (home / "recordings" / f"{first}.wav").unlink()
    store = open_store(home)
    with store.database.writing() as connection:
        connection.execute("UPDATE details SET transcript = '{' WHERE key = 1")
        connection.execute("UPDATE texts SET transcript = '' WHERE key = 1")
    store.close()
    overwrite(home / "rehearse.db", (pages_of(home, "details")[-1] - 1) * PAGE, PAGE)
    report = mend(home)
    assert report.answers_lost == 1
    assert first not in kept(home)


def test_recordings_find_their_answers_again_and_missing_ones_are_told(home: Path) -> None:
    first, second, *_ = sorted(kept(home))
    store = open_store(home)
    store.save(replace(store.get(first), recording=None))
    store.close()
    (home / "recordings" / f"{second}.wav").unlink()
    (home / "recordings" / "voice memo.wav").touch()
    report = mend(home)
    assert (report.recordings_attached, report.recordings_missing, report.answers_kept) == (2, 1, COUNT)
    assert kept(home)[first].recording == home / "recordings" / f"{first}.wav"
    store = open_store(home)
    (memo,) = store.unfinished()
    assert (memo.id, memo.status) == ("voice memo", AnswerStatus.RECORDING)
    store.close()


def test_a_search_index_that_is_off_is_made_anew(home: Path) -> None:
    store = open_store(home)
    with store.database.writing() as connection:
        connection.execute("INSERT INTO answer_search (answer_search) VALUES ('delete-all')")
    assert store.search("needle7") == []
    store.close()
    assert mend(home).set_aside is None
    store = open_store(home)
    assert len(store.search("needle7")) == 1
    store.close()


def test_tables_of_others_and_older_schemas_are_recovered_too(home: Path) -> None:
    path, recordings = home / "rehearse.db", home / "recordings"
    cards = Migration("9-cards", statements("CREATE TABLE cards (id TEXT PRIMARY KEY, due TEXT) WITHOUT ROWID"))
    later = Migration("9-later", statements("ALTER TABLE cards ADD COLUMN level INTEGER DEFAULT 3"))
    with Database(path, [*MIGRATIONS, cards]) as store, store.writing() as connection:
        connection.executemany("INSERT INTO cards VALUES (?, 'now')", [(f"card{number}",) for number in range(20)])
    overwrite(path, (pages_of(home, "details")[-1] - 1) * PAGE, PAGE)
    repair(path, recordings, now=NOW, migrations=[*MIGRATIONS, cards, later])
    with Database(path, [*MIGRATIONS, cards, later]) as store, store.reading() as connection:
        assert tuple(connection.execute("SELECT count(*), sum(level) FROM cards").fetchone()) == (20, 60)


def test_a_newer_store_is_not_touched(home: Path) -> None:
    Database(home / "rehearse.db", [*MIGRATIONS, Migration("9-future", statements("CREATE TABLE x (y)"))]).close()
    with pytest.raises(StoreError, match="newer version"):
        mend(home)
    assert len(list(home.glob("rehearse*.db"))) <= 2  # the store, and the copy made before migrating it


def test_without_a_store_a_fresh_one_is_made(tmp_path: Path) -> None:
    (tmp_path / "recordings").mkdir()
    assert mend(tmp_path) == RepairReport()
    assert kept(tmp_path) == {}


def spoil(home: Path, *sql: str) -> None:
    """Change the store behind the app's back; its pages stay whole."""
    with closing(sqlite3.connect(home / "rehearse.db")) as connection:
        for statement in sql:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "table", ["texts", "answer_search", "marks", "quiz_cards", "quiz_reviews", "quiz_rounds", "series", "migrations"]
)
def test_a_missing_table_is_noticed_and_made_again(home: Path, table: str) -> None:
    before = kept(home)
    spoil(home, f"DROP TABLE {table}")
    assert table in find_damage(home / "rehearse.db", every_record=False)
    report = mend(home)
    assert report.set_aside is not None
    assert report.answers_kept == COUNT
    assert kept(home) == before
    store = open_store(home)
    assert len(store.search("needle7")) == 1
    assert len(store.attempts()[0].sections) == 2
    store.close()
    assert find_damage(home / "rehearse.db") == ""
    assert mend(home).set_aside is None


def test_without_the_records_the_sound_is_left(home: Path) -> None:
    spoil(home, "DROP TABLE details")
    report = mend(home)
    assert (report.answers_kept, report.answers_stripped) == (0, COUNT)


def test_cards_stay_where_the_list_of_changes_forgot_them(home: Path) -> None:
    spoil(home, "INSERT INTO quiz_rounds VALUES (1, 'all', 60, 5, 6, 'now')", "DELETE FROM migrations WHERE position=2")
    assert "quiz_cards" in find_damage(home / "rehearse.db")
    assert mend(home).answers_kept == COUNT
    with Database(home / "rehearse.db") as store, store.reading() as connection:
        assert connection.execute("SELECT asked FROM quiz_rounds").fetchone()[0] == 6


@pytest.mark.parametrize("broken", ["'{'", "'{}'", "'[1]'", "''"])
def test_marks_that_cannot_be_read_cost_their_quotes_and_not_the_words(home: Path, broken: str) -> None:
    first = min(kept(home))
    (home / "recordings" / f"{first}.wav").unlink()
    before = kept(home)[first]
    spoil(home, f"UPDATE details SET coverage = {broken}, speech = '?' WHERE key = 1")
    with pytest.raises(StoreError, match="--repair"):
        open_and_read_all(home)
    assert find_damage(home / "rehearse.db", every_record=False) == "1 of its answers can't be read"
    report = mend(home)
    assert (report.answers_kept, report.answers_in_part, report.answers_lost) == (COUNT, 1, 0)
    assert "1 answer could be read only in part" in str(report)
    after = kept(home)[first]
    assert (after.transcript, after.marks) == (before.transcript, before.marks)


def test_a_missing_table_is_said_with_the_repair_as_next_step(home: Path) -> None:
    spoil(home, "DROP TABLE marks")
    with pytest.raises(StoreError, match="damaged") as caught:
        open_store(home).attempts()
    assert "no such table" in caught.value.why
    assert "--repair" in caught.value.next_step


ANN = Opinion("Ann", (Label("context", "covered", Agreement.NO, "needle7", "hardly"),), "well told")


def test_what_friends_think_survives_a_repair(home: Path) -> None:
    answer_id = next(iter(kept(home)))
    store = open_store(home)
    store.keep_opinion(answer_id, ANN)
    with store.database.writing() as connection:
        connection.execute("DELETE FROM migrations WHERE name = '0004-opinions'")
    store.close()
    assert find_damage(home / "rehearse.db") == "its list of migrations doesn't know of details.opinions"
    mend(home)
    assert kept(home)[answer_id].opinions == (ANN,)
    store = open_store(home)
    with store.database.writing() as connection:
        connection.execute("UPDATE details SET delivery = '{'")  # read in part from now on
    store.close()
    mend(home)
    assert kept(home)[answer_id].opinions == (ANN,)


def test_a_store_from_before_opinions_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "rehearse.db"
    with Database(path, MIGRATIONS[:3]) as old, old.writing() as connection:
        for row in FIRST_SCHEMA_ROWS:
            connection.execute(row)
    assert [find_damage(path, every_record=every) for every in (True, False)] == ["", ""]
