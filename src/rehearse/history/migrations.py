"""The store's schema, step by step. A published migration is never edited: a change is a new one at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from sqlite3 import Connection


@dataclass(frozen=True)
class Migration:
    """One named step from a schema to the next."""

    name: str
    """Unique and never changed: the store records it."""
    apply: Callable[[Connection], None]
    """Runs inside one transaction together with its record; must not begin, commit or call `executescript`."""


def statements(*sql: str) -> Callable[[Connection], None]:
    """A migration's step made of plain SQL, one statement a string."""

    def apply(connection: Connection) -> None:
        for statement in sql:
            connection.execute(statement)

    return apply


CREATE_ANSWERS = Migration(
    "0001-answers",
    statements(
        # What lists need, in narrow rows: the wide rest stands in `details`, so that a list never reads it.
        """CREATE TABLE answers (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            guide_id TEXT NOT NULL,
            scenario_id TEXT NOT NULL,
            question TEXT NOT NULL,
            created_at TEXT NOT NULL,
            source TEXT NOT NULL,
            mode TEXT NOT NULL,
            status TEXT NOT NULL,
            status_before TEXT,
            follow_up_of TEXT,
            follow_up_section TEXT,
            recording TEXT,
            notes TEXT NOT NULL DEFAULT '',
            starred INTEGER NOT NULL DEFAULT 0,
            duration REAL NOT NULL DEFAULT 0,
            sections_covered INTEGER NOT NULL DEFAULT 0,
            sections_total INTEGER NOT NULL DEFAULT 0,
            mistakes_made INTEGER NOT NULL DEFAULT 0,
            words_per_minute REAL,
            fillers_per_minute REAL,
            guess TEXT NOT NULL DEFAULT 'null'
        )""",
        "CREATE INDEX answers_by_scenario ON answers (guide_id, scenario_id, created_at)",
        "CREATE INDEX answers_by_date ON answers (created_at)",
        # Whole values as JSON; see `records.py`.
        """CREATE TABLE details (
            key INTEGER PRIMARY KEY REFERENCES answers (key) ON DELETE CASCADE,
            transcript TEXT NOT NULL,
            coverage TEXT NOT NULL,
            delivery TEXT NOT NULL,
            speech TEXT NOT NULL,
            corrections TEXT NOT NULL,
            excused TEXT NOT NULL,
            settings TEXT NOT NULL
        )""",
        # The marks as they stand, corrections applied: for filters and progress, without opening every answer.
        """CREATE TABLE marks (
            key INTEGER NOT NULL REFERENCES answers (key) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('section', 'mistake')),
            position INTEGER NOT NULL,
            mark_id TEXT NOT NULL,
            state TEXT NOT NULL,
            PRIMARY KEY (key, kind, position)
        ) WITHOUT ROWID""",
        "CREATE INDEX marks_by_state ON marks (mark_id, state, key)",
        """CREATE TABLE texts (
            key INTEGER PRIMARY KEY REFERENCES answers (key) ON DELETE CASCADE,
            transcript TEXT NOT NULL DEFAULT '',
            notes TEXT NOT NULL DEFAULT ''
        )""",
        # No stemming: with it "monitor" and "monitoring" would match while the "monitori" typed in between would not.
        """CREATE VIRTUAL TABLE answer_search USING fts5 (
            transcript, notes, content='texts', content_rowid='key',
            tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
        )""",
        """CREATE TRIGGER texts_inserted AFTER INSERT ON texts BEGIN
            INSERT INTO answer_search (rowid, transcript, notes) VALUES (new.key, new.transcript, new.notes);
        END""",
        """CREATE TRIGGER texts_deleted AFTER DELETE ON texts BEGIN
            INSERT INTO answer_search (answer_search, rowid, transcript, notes)
            VALUES ('delete', old.key, old.transcript, old.notes);
        END""",
        """CREATE TRIGGER texts_updated AFTER UPDATE ON texts BEGIN
            INSERT INTO answer_search (answer_search, rowid, transcript, notes)
            VALUES ('delete', old.key, old.transcript, old.notes);
            INSERT INTO answer_search (rowid, transcript, notes) VALUES (new.key, new.transcript, new.notes);
        END""",
    ),
)

CREATE_QUIZ = Migration(
    "0002-quiz",
    statements(
        # How well each card is known; a card that was never asked has no row.
        """CREATE TABLE quiz_cards (
            card_id TEXT PRIMARY KEY,
            guide_id TEXT NOT NULL,
            section_id TEXT,
            phase TEXT NOT NULL,
            step INTEGER,
            stability REAL NOT NULL,
            difficulty REAL NOT NULL,
            due TEXT NOT NULL,
            last_review TEXT NOT NULL,
            wording TEXT NOT NULL DEFAULT ''
        ) WITHOUT ROWID""",
        "CREATE INDEX quiz_cards_by_section ON quiz_cards (guide_id, section_id)",
        # Every answer, with the card's row as it was before (JSON), so that it can be taken back.
        """CREATE TABLE quiz_reviews (
            key INTEGER PRIMARY KEY,
            card_id TEXT NOT NULL,
            guide_id TEXT NOT NULL,
            rating INTEGER NOT NULL,
            reviewed_at TEXT NOT NULL,
            day TEXT NOT NULL,
            seconds REAL NOT NULL,
            mode TEXT NOT NULL,
            first INTEGER NOT NULL DEFAULT 0,
            before TEXT NOT NULL DEFAULT 'null'
        )""",
        "CREATE INDEX quiz_reviews_by_day ON quiz_reviews (day, guide_id)",
        # Finished blitzes.
        """CREATE TABLE quiz_rounds (
            key INTEGER PRIMARY KEY,
            scope TEXT NOT NULL,
            seconds INTEGER NOT NULL,
            right INTEGER NOT NULL,
            asked INTEGER NOT NULL,
            played_at TEXT NOT NULL
        )""",
    ),
)

_UNJUDGED = (
    "SELECT key FROM details "
    "WHERE CASE WHEN json_valid(coverage) THEN json_extract(coverage, '$.judged') = 0 ELSE 0 END"
)

FORGET_UNJUDGED = Migration(
    "0003-unjudged",
    statements(
        # Answers of a few words or of silence were listed and counted as if nothing had come up in them.
        f"UPDATE answers SET sections_covered = 0, sections_total = 0, mistakes_made = 0 WHERE key IN ({_UNJUDGED})",
        f"DELETE FROM marks WHERE key IN ({_UNJUDGED})",
    ),
)

ADD_OPINIONS = Migration(
    "0004-opinions",
    # What friends think of the marks, as JSON like the other columns.
    statements("ALTER TABLE details ADD COLUMN opinions TEXT NOT NULL DEFAULT '[]'"),
)

ADD_SERIES = Migration(
    "0005-series",
    statements(
        # Answers that belong together: an interview, the rounds of a drill. What each kind keeps is JSON of its own;
        # the answers' words stand in the answers alone, so that deleting those deletes all there is of them.
        """CREATE TABLE series (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            ended_at TEXT,
            record TEXT NOT NULL
        )""",
        "ALTER TABLE answers ADD COLUMN series_id TEXT",
        "CREATE INDEX answers_by_series ON answers (series_id) WHERE series_id IS NOT NULL",
    ),
)

MIGRATIONS: list[Migration] = [CREATE_ANSWERS, CREATE_QUIZ, FORGET_UNJUDGED, ADD_OPINIONS, ADD_SERIES]
"""All steps in order. New tables or columns: append one migration."""
