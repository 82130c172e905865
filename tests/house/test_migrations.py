"""Every store that was ever written can be opened: from blank, and from each earlier schema with rows in it."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.domain.answer import Mode, Source
from rehearse.history.answers import AnswerStore
from rehearse.history.database import MIGRATIONS, Database, applied_migrations, backup_path
from tests.answers import begun_answer

FIRST_SCHEMA_ROWS = (
    """INSERT INTO answers (id, guide_id, scenario_id, question, created_at, source, mode, status, duration)
    VALUES ('old-1', 'model-deployment', 'beginner', 'How?', '2026-01-02T03:04:05.000000+00:00', 'microphone',
        'coached', 'finished', 61.5)""",
    """INSERT INTO details (key, transcript, coverage, delivery, speech, corrections, excused, settings)
    VALUES (1, '{"timed":true,"duration":61.5,"model":"tiny.en","utterances":[[0.5,2,[["Shipped",0.5,1,0.9,null]]]]}',
        'null', 'null', '[]', '[]', '[]', '{"model":"tiny.en"}')""",
    "INSERT INTO texts (key, transcript) VALUES (1, 'Shipped')",
)
"""What the first schema's program wrote, kept as it was."""


def schema(path: Path) -> set[tuple[str, str]]:
    with Database(path) as store, store.reading() as connection:
        return {(row[0], row[1]) for row in connection.execute("SELECT type, name FROM sqlite_master")}


@pytest.mark.parametrize("seen", range(1, len(MIGRATIONS) + 1))
def test_each_earlier_schema_is_brought_forward_with_its_rows(tmp_path: Path, seen: int) -> None:
    path = tmp_path / "rehearse.db"
    with Database(path, MIGRATIONS[:seen]) as old, old.writing() as connection:
        for row in FIRST_SCHEMA_ROWS:
            connection.execute(row)
    store = AnswerStore(path, tmp_path / "recordings")
    answer = store.get("old-1")
    assert (answer.transcript.text, answer.duration, answer.settings) == ("Shipped", 61.5, {"model": "tiny.en"})
    assert [hit.answer.id for hit in store.search("ship")] == ["old-1"]
    store.close()
    assert schema(path) == schema(tmp_path / "blank.db")
    assert backup_path(path, MIGRATIONS[seen]).exists() if seen < len(MIGRATIONS) else len([*tmp_path.iterdir()]) == 2


def test_every_step_is_recorded_once_and_in_order(tmp_path: Path) -> None:
    with Database(tmp_path / "rehearse.db") as store, store.reading() as connection:
        assert applied_migrations(connection) == [migration.name for migration in MIGRATIONS]
    assert max(Counter(migration.name for migration in MIGRATIONS).values()) == 1


def test_a_blank_store_takes_an_answer(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings")
    begun = begun_answer(store,
        guide_id="g", scenario_id="s", question="q", source=Source.TYPED, mode=Mode.COACHED, settings={},
        now=datetime(2026, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    assert store.complete(begun).id == store.summaries()[0].id
    store.close()


def test_marks_of_answers_that_were_not_judged_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "rehearse.db"
    with Database(path, MIGRATIONS[:2]) as old, old.writing() as connection:
        for row in FIRST_SCHEMA_ROWS:
            connection.execute(row)
        connection.execute("UPDATE answers SET sections_total = 6")
        connection.execute("""UPDATE details SET coverage = '{"sections":[],"mistakes":[],"judged":false}'""")
        connection.execute("INSERT INTO marks VALUES (1, 'section', 0, 'context', 'missing')")
    store = AnswerStore(path, tmp_path / "recordings")
    assert not store.summaries()[0].judged
    assert store.attempts()[0].sections == {}
    store.close()
