import sqlite3
from collections.abc import Callable
from pathlib import Path
from stat import S_IMODE
from threading import Thread

import pytest

from rehearse.errors import StoreError
from rehearse.history.database import BUSY_SECONDS, Database, Migration, backup_path, connect, statements, transaction

FIRST = Migration("1-things", statements("CREATE TABLE things (name TEXT)"))
SECOND = Migration("2-sizes", statements("ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 7"))


def names(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT name FROM things ORDER BY name")]


def add(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO things (name) VALUES (?)", [name])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rehearse.db"


def test_the_file_is_the_owners_alone(path: Path) -> None:
    path.touch(mode=0o644)
    with Database(path, [FIRST]) as database:
        add(database, "a")
        assert {S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_a_store_is_migrated_forward_with_a_backup_of_what_it_was(path: Path) -> None:
    with Database(path, [FIRST]) as old:
        add(old, "kept")
    assert [file.name for file in path.parent.iterdir()] == ["rehearse.db"]  # a blank file needs no backup
    with Database(path, [FIRST, SECOND]) as new, new.reading() as connection:
        assert tuple(connection.execute("SELECT name, size FROM things").fetchone()) == ("kept", 7)
    copy = backup_path(path, SECOND)
    assert S_IMODE(copy.stat().st_mode) == 0o600
    with Database(copy, [FIRST]) as backup:
        assert names(backup) == ["kept"]


def test_a_backup_holds_what_stands_in_the_write_ahead_log(path: Path) -> None:
    with Database(path, [FIRST]) as old:
        add(old, "not yet in the file")
        Database(path, [FIRST, SECOND]).close()
        with Database(backup_path(path, SECOND), [FIRST]) as backup:
            assert names(backup) == ["not yet in the file"]


def test_a_newer_store_is_refused_untouched(path: Path) -> None:
    with Database(path, [FIRST, SECOND]) as new:
        add(new, "a")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version.*2-sizes.*Update rehearse"):
        Database(path, [FIRST])
    assert path.read_bytes() == before


def test_a_failing_migration_leaves_the_store_as_it_was(path: Path) -> None:
    broken = Migration("2-broken", statements("CREATE TABLE more (name TEXT)", "INSERT INTO nowhere VALUES (1)"))
    with Database(path, [FIRST]) as old:
        add(old, "kept")
    with pytest.raises(StoreError, match="nowhere"):
        Database(path, [FIRST, broken])
    with Database(path, [FIRST, SECOND]) as mended, mended.reading() as connection:
        assert names(mended) == ["kept"]
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchone() is None


def open_six_times_at_once(path: Path) -> list[StoreError]:
    failed: list[StoreError] = []

    def opened() -> None:
        try:
            Database(path, [FIRST, SECOND]).close()
        except StoreError as error:
            failed.append(error)

    threads = [Thread(target=opened) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_programs_may_open_a_new_store_at_once(path: Path) -> None:
    assert open_six_times_at_once(path) == []


def test_programs_may_migrate_an_old_store_at_once(path: Path) -> None:
    with Database(path, [FIRST]) as old:
        add(old, "kept")
    assert open_six_times_at_once(path) == []
    with Database(path, [FIRST, SECOND]) as now, Database(backup_path(path, SECOND), [FIRST]) as before:
        assert names(now) == names(before) == ["kept"]


def test_an_exception_rolls_everything_back(path: Path) -> None:
    with Database(path, [FIRST]) as database:
        with pytest.raises(ZeroDivisionError), database.writing() as connection:
            connection.execute("INSERT INTO things VALUES ('half')")
            raise ZeroDivisionError
        assert names(database) == []


def test_a_read_in_one_thread_does_not_hold_up_a_write_in_another(path: Path) -> None:
    with Database(path, [FIRST]) as database:
        add(database, "a")
        with database.reading() as connection:
            reading = connection.execute("SELECT name FROM things UNION ALL SELECT 'end'")
            assert reading.fetchone()[0] == "a"
            writer = Thread(target=add, args=(database, "b"))
            writer.start()
            writer.join(BUSY_SECONDS / 2)
            assert not writer.is_alive()
            assert reading.fetchone()[0] == "end"  # what was there when the read began
        assert names(database) == ["a", "b"]


def test_connections_of_ended_threads_are_closed(path: Path) -> None:
    with Database(path, [FIRST]) as database:
        for number in range(5):
            thread = Thread(target=add, args=(database, str(number)))
            thread.start()
            thread.join()
        assert len(database._open) <= 2


def wal_off(path: Path) -> None:
    path.write_bytes(b"This is no database, but long enough to look like one." * 100)


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(wal_off, "is damaged.*doctor --repair"), (a_folder, "Can't use the answers' database.*REHEARSE_HOME")],
)
def test_what_cannot_be_opened_is_said_with_a_way_out(path: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(path)
    with pytest.raises(StoreError, match=said):
        Database(path, [FIRST])


def test_a_busy_store_is_named_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.history.database.BUSY_SECONDS", 0.01)
    with Database(path, [FIRST]) as database:
        other = connect(path)
        with transaction(other), pytest.raises(StoreError, match=r"busy.*Close the other rehearse"):
            add(database, "a")
        other.close()
        add(database, "a")


def test_a_full_disk_is_named_so(path: Path) -> None:
    with Database(path, [FIRST]) as database, pytest.raises(StoreError, match=r"disk is full.*Free some space"):
        with database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 4")
        for _ in range(100):
            add(database, "x" * 4000)


def test_foreign_keys_hold(path: Path) -> None:
    family = Migration(
        "1", statements("CREATE TABLE a (id INTEGER PRIMARY KEY)", "CREATE TABLE b (a INTEGER REFERENCES a)")
    )
    database = Database(path, [family])
    with pytest.raises(StoreError, match="FOREIGN KEY"), database.writing() as connection:
        connection.execute("INSERT INTO b VALUES (1)")
    database.close()


def test_python_opens_no_transactions_behind_our_back(path: Path) -> None:
    connection = connect(path)
    assert connection.isolation_level is None
    assert isinstance(connection.execute("SELECT 1").fetchone(), sqlite3.Row)
    connection.close()
