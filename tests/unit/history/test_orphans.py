"""Answers come back from a store whose tables can't be found any more, page by page."""

import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.domain.answer import Mode, Source
from rehearse.history.answers import AnswerStore
from rehearse.history.database import Database
from rehearse.history.pages import PageFile
from rehearse.history.repair import RepairReport, repair
from tests.answers import begun_answer
from tests.unit.history.support import NOW, marks, spoken

COUNT = 12
PAGE = 4096


def fill(home: Path) -> None:
    """Twelve answers, each some pages long."""
    store = AnswerStore(home / "rehearse.db", home / "recordings")
    for number in range(COUNT):
        answer = begun_answer(store,
            guide_id="guide", scenario_id="s", question="q", source=Source.MICROPHONE, mode=Mode.COACHED, settings={},
            now=NOW + timedelta(minutes=number),
        )  # fmt: skip
        said = f"needle{number} " + "words of an answer that go on " * 30
        store.complete(replace(answer, transcript=spoken(said), coverage=marks("context", "monitoring")))
    store.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store."""
    home = tmp_path_factory.mktemp("whole")
    fill(home)
    return (home / "rehearse.db").read_bytes()


def mend(home: Path, data: bytes, log: bytes | None = None) -> tuple[RepairReport, set[str]]:
    """What a repair of these files says, and the first words of all answers afterwards."""
    (home / "rehearse.db").write_bytes(data)
    if log is not None:
        (home / "rehearse.db-wal").write_bytes(log)
    report = repair(home / "rehearse.db", home / "recordings", now=NOW)
    store = AnswerStore(home / "rehearse.db", home / "recordings")
    words = {store.get(row.id).transcript.text.partition(" ")[0] for row in store.summaries()}
    assert len(store.search("needle")) == len(words), "they can be searched for too"
    store.close()
    return report, words


ALL = {f"needle{number}" for number in range(COUNT)}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :]


@pytest.mark.parametrize(
    "at", [0, 16, 18, 21, 28, 44, 56, 100, 103, 105, 108, *random.Random(7).sample(range(109, PAGE), 4)]
)
def test_one_flipped_byte_of_the_first_page_costs_no_word(tmp_path: Path, whole: bytes, at: int) -> None:
    report, words = mend(tmp_path, flipped(whole, at))
    assert words == ALL
    assert (report.answers_lost, report.answers_in_part) == (0, 0)


def test_without_the_first_page_no_word_is_lost(tmp_path: Path, whole: bytes) -> None:
    report, words = mend(tmp_path, b"\xa5" * PAGE + whole[PAGE:])
    assert (words, report.answers_kept, report.answers_in_part) == (ALL, COUNT, 0)


@pytest.mark.parametrize("cut", [1, 100, PAGE, 5000, 20_000])
def test_a_file_that_ends_early_gives_all_words_that_are_there(tmp_path: Path, whole: bytes, cut: int) -> None:
    assert mend(tmp_path, whole[:-cut])[1] == ALL


def test_whichever_page_is_lost_the_words_are_not(tmp_path: Path, whole: bytes) -> None:
    pages = range(1, len(whole) // PAGE)
    for number in random.Random(5).sample(pages, 8):
        home = tmp_path / str(number)
        home.mkdir()
        at = number * PAGE
        assert mend(home, whole[:at] + b"\xa5" * PAGE + whole[at + PAGE :])[1] == ALL, f"without page {number + 1}"


CRASHES = """
import sys
from pathlib import Path
from rehearse.history.database import Database
from tests.unit.history.test_orphans import fill
Database.checkpoint = lambda self: None
Database.close = lambda self: None
fill(Path(sys.argv[1]))
print("written", flush=True)
sys.stdin.read()
"""


def crash(home: Path) -> tuple[bytes, bytes]:
    """The file and its log as a killed program leaves them that never moved the one into the other."""
    with subprocess.Popen(
        [sys.executable, "-c", CRASHES, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "written\n"
        os.kill(program.pid, signal.SIGKILL)
    return (home / "rehearse.db").read_bytes(), (home / "rehearse.db-wal").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_what_stands_in_the_log_alone_is_found_beside_a_broken_file(tmp_path: Path) -> None:
    written, home = tmp_path / "written", tmp_path / "home"
    written.mkdir()
    home.mkdir()
    data, log = crash(written)
    assert len(data) == PAGE, "all of it is in the log"
    assert mend(home, b"\xa5" * PAGE, log)[1] == ALL


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_start_after_a_crash_leaves_nothing_in_the_log(tmp_path: Path) -> None:
    crash(tmp_path)
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    assert (tmp_path / "rehearse.db-wal").stat().st_size == 0
    assert store.count() == COUNT
    store.close()


def test_an_answer_is_in_the_file_itself_once_it_is_complete(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    other = Database(tmp_path / "rehearse.db")  # keeps the log alive
    begun = begun_answer(
        store,
        guide_id="guide",
        scenario_id="s",
        question="q",
        source=Source.TYPED,
        mode=Mode.COACHED,
        settings={},
        now=NOW,
    )
    store.complete(replace(begun, transcript=spoken("needle0")))
    assert b"needle0" in (tmp_path / "rehearse.db").read_bytes()
    assert (tmp_path / "rehearse.db-wal").stat().st_size == 0
    other.close()
    store.close()


def test_what_was_deleted_does_not_come_back(tmp_path: Path, whole: bytes) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "rehearse.db").write_bytes(whole)
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    gone = [row.id for row in store.summaries()][:5]
    for answer_id in gone:
        store.discard(answer_id)
    assert store.purge() == 5
    store.close()
    words = mend(home, flipped((tmp_path / "rehearse.db").read_bytes(), 105))[1]
    assert words == {f"needle{number}" for number in range(COUNT - 5)}


@pytest.mark.parametrize("seed", range(3))
def test_any_bytes_are_read_without_an_error(tmp_path: Path, whole: bytes, seed: int) -> None:
    """Hostile pages: lengths and places that lie, chains that bite their tails."""
    chance = random.Random(seed)
    data = bytearray(whole)
    for _ in range(len(data) // 200):
        data[chance.randrange(len(data))] = chance.randrange(256)
    (tmp_path / "a.db").write_bytes(data)
    assert sum(1 for _ in PageFile(tmp_path / "a.db").records()) >= 0
