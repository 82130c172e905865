"""The store of the quiz: how well each card is known, every answer, and the scores of the blitzes."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection, Row
from typing import Any

from rehearse.domain.cards import CardState, Phase, Rating, Review, Round
from rehearse.domain.moments import is_ahead
from rehearse.history.database import Database
from rehearse.history.records import time_text

_COLUMNS = "card_id, guide_id, section_id, phase, step, stability, difficulty, due, last_review, wording"
_PLACES = ", ".join(f":{column}" for column in _COLUMNS.split(", "))


class ReviewStore:
    """States, answers and scores of the quiz in the answers' database. Safe to use from any thread, see `Database`.

    States of cards that are no longer in any guide stay unseen in the store: a guide may come back.
    Every method raises `StoreError` where the database fails.
    """

    def __init__(self, database: Path | Database) -> None:
        """Open and migrate the database, or share one that is open; raises StoreError."""
        self.database = database if isinstance(database, Database) else Database(database)

    def states(self, guide_ids: Collection[str], now: datetime | None = None) -> dict[str, CardState]:
        """All states of these guides' cards, by card id.

        With `now`, cards last answered by a clock that was ahead are as they were before those answers: the time that
        never passed would count as time in which they were remembered. Cards that only that clock knows are as it left
        them. Nothing is changed in the store.
        """
        with self.database.reading() as connection:
            rows = connection.execute(
                f"SELECT * FROM quiz_cards WHERE guide_id IN ({_marks(guide_ids)})", [*guide_ids]
            ).fetchall()
            states = {row["card_id"]: _state(row) for row in rows}
            for key, state in states.items():
                if now is not None and is_ahead(state.last_review, now):
                    states[key] = _before_wrong_clock(connection, state, now)
        return states

    def begun(self) -> list[str]:
        """Ids of the guides of which any card was asked."""
        with self.database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT DISTINCT guide_id FROM quiz_cards ORDER BY guide_id")]

    def rename(self, adopted: Mapping[str, str]) -> None:
        """Move states from old card ids to new ones: the card was reworded."""
        with self.database.writing() as connection:
            for old, new in adopted.items():
                connection.execute("UPDATE OR IGNORE quiz_cards SET card_id = ? WHERE card_id = ?", [new, old])
                connection.execute("UPDATE quiz_reviews SET card_id = ? WHERE card_id = ?", [new, old])

    def record(self, review: Review, state: CardState | None) -> int:
        """Keep an answer and the state after it (None: unchanged), in one transaction.

        Returns:
            The key to take it back with.
        """
        with self.database.writing() as connection:
            row = connection.execute("SELECT * FROM quiz_cards WHERE card_id = ?", [review.card_id]).fetchone()
            before = json.dumps(dict(row)) if row else "null"
            if state is not None:
                _put(connection, _row(state, review.guide_id))
            inserted = connection.execute(
                "INSERT INTO quiz_reviews "
                "(card_id, guide_id, rating, reviewed_at, day, seconds, mode, first, before) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    review.card_id,
                    review.guide_id,
                    int(review.rating),
                    time_text(review.reviewed_at),
                    review.day,
                    review.seconds,
                    review.mode,
                    review.first,
                    before,
                ],
            )
            return inserted.lastrowid or 0

    def take_back(self, key: int) -> None:
        """Forget an answer and put its card's state back as it was before it; nothing where it is forgotten already."""
        with self.database.writing() as connection:
            row = connection.execute("SELECT card_id, before FROM quiz_reviews WHERE key = ?", [key]).fetchone()
            if row is None:
                return
            connection.execute("DELETE FROM quiz_reviews WHERE key = ?", [key])
            if before := json.loads(row["before"]):
                _put(connection, {**before, "card_id": row["card_id"]})
            else:
                connection.execute("DELETE FROM quiz_cards WHERE card_id = ?", [row["card_id"]])

    def make_due(self, section_ids: Iterable[str], guide_id: str, now: datetime) -> int:
        """Make every card of these sections due that was asked before; how many that were not due already."""
        wanted, moment = [*section_ids], time_text(now)
        with self.database.writing() as connection:
            changed = connection.execute(
                f"UPDATE quiz_cards SET due = ? WHERE guide_id = ? AND section_id IN ({_marks(wanted)}) AND due > ?",
                [moment, guide_id, *wanted, moment],
            )
            return changed.rowcount

    def new_on(self, day: str, guide_ids: Collection[str]) -> int:
        """How many cards were asked for the first time on a local day (`2026-03-01`); spoken ones aren't metered."""
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT count(*) FROM quiz_reviews WHERE day = ? AND first AND mode != 'spoken' "
                f"AND guide_id IN ({_marks(guide_ids)})",
                [day, *guide_ids],
            ).fetchone()
            return int(found[0])

    def repeated_on(self, day: str, guide_ids: Collection[str]) -> set[str]:
        """Ids of the cards that were asked on a local day and had been asked on a day before."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT card_id FROM quiz_reviews "
                f"WHERE day = ? AND mode NOT LIKE '%blitz' AND guide_id IN ({_marks(guide_ids)}) "
                "GROUP BY card_id HAVING NOT max(first)",
                [day, *guide_ids],
            )
            return {row[0] for row in rows}

    def days(self) -> list[str]:
        """Local days on which anything was answered, newest first."""
        with self.database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT DISTINCT day FROM quiz_reviews ORDER BY day DESC")]

    def reviews(self, card_id: str) -> list[Review]:
        """Every answer to a card, oldest first."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT * FROM quiz_reviews WHERE card_id = ? ORDER BY key", [card_id]).fetchall()
        return [_review(row) for row in rows]

    def add_round(self, played: Round) -> None:
        """Keep a blitz that went to its end."""
        with self.database.writing() as connection:
            connection.execute(
                "INSERT INTO quiz_rounds (scope, seconds, right, asked, played_at) VALUES (?, ?, ?, ?, ?)",
                [played.scope, played.seconds, played.right, played.asked, time_text(played.played_at)],
            )

    def best(self, scope: str, seconds: int) -> Round | None:
        """The personal best: the most right answers in a blitz of that length, the earliest of equals."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM quiz_rounds WHERE scope = ? AND seconds = ? ORDER BY right DESC, asked, key LIMIT 1",
                [scope, seconds],
            ).fetchone()
        if row is None:
            return None
        return Round(row["scope"], row["seconds"], row["right"], row["asked"], _moment(row["played_at"]))


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _before_wrong_clock(connection: Connection, state: CardState, now: datetime) -> CardState:
    """The card's latest state that isn't of an answer dated ahead of `now`; `state` itself where there is none."""
    rows = connection.execute("SELECT before FROM quiz_reviews WHERE card_id = ? ORDER BY key DESC", [state.card_id])
    for row in rows:
        if (before := json.loads(row["before"])) is None:
            break
        earlier = _state({**before, "card_id": state.card_id})
        if not is_ahead(earlier.last_review, now):
            return earlier
    return state


def _put(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(f"INSERT OR REPLACE INTO quiz_cards ({_COLUMNS}) VALUES ({_PLACES})", row)


def _row(state: CardState, guide_id: str) -> dict[str, Any]:
    return {
        "card_id": state.card_id,
        "guide_id": guide_id,
        "section_id": state.section_id,
        "phase": state.phase.value,
        "step": state.step,
        "stability": state.stability,
        "difficulty": state.difficulty,
        "due": time_text(state.due),
        "last_review": time_text(state.last_review),
        "wording": state.wording,
    }


def _state(row: Row | Mapping[str, Any]) -> CardState:
    return CardState(
        card_id=row["card_id"],
        phase=Phase(row["phase"]),
        step=row["step"],
        stability=row["stability"],
        difficulty=row["difficulty"],
        due=_moment(row["due"]),
        last_review=_moment(row["last_review"]),
        section_id=row["section_id"],
        wording=row["wording"],
    )


def _review(row: Row) -> Review:
    return Review(
        card_id=row["card_id"],
        guide_id=row["guide_id"],
        rating=Rating(row["rating"]),
        reviewed_at=_moment(row["reviewed_at"]),
        day=row["day"],
        seconds=row["seconds"],
        mode=row["mode"],
        first=bool(row["first"]),
    )
