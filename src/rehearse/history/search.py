"""Full-text search: what a person types, made safe for SQLite's FTS5, and hits as plain text with spans.

Words match from their beginning ("deploy" finds "deployed"), all of them must occur, and text in quotes is found as it
stands. Everything else a person may type (operators, brackets, stars, emoji) is read as text.
"""

import re
import unicodedata
from dataclasses import dataclass
from sqlite3 import Connection

from rehearse.history.records import SUMMARY_COLUMNS, AnswerSummary, summary

Spans = tuple[tuple[int, int], ...]
"""Character spans, in order, the end exclusive."""

_PIECE = re.compile(r'"([^"]*)"?|([^"\s]+)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "\x00": " "})
_OPEN, _CLOSE = "\x01", "\x02"  # never in indexed text, see `records.search_text`
_EXCERPT_TOKENS = 18
MAX_WORDS = 12
"""Of a query; what comes behind is passed over. Every further word costs time and narrows nothing any more."""


@dataclass(frozen=True)
class Hit:
    """One answer that a search found."""

    answer: AnswerSummary
    excerpt: str
    """The passage around the best hits, "…" where it was cut."""
    spans: Spans
    """Where in `excerpt` the hits are."""
    in_notes: bool
    """The excerpt is from the user's notes, not from what was said."""
    score: float
    """bm25, greater is better."""


def fts_query(typed: str) -> str:
    """An FTS5 query for what a person typed, "" where it holds nothing that can be searched for."""
    pieces = []
    for phrase, word in _PIECE.findall(typed.translate(_QUOTES)):
        text = (phrase or word).encode("utf-8", "ignore").decode()
        if any(map(_is_token_character, text)):
            pieces.append(f'"{text}"' + ("*" if word else ""))
    return " AND ".join(pieces[:MAX_WORDS])


def _is_token_character(character: str) -> bool:
    """What the tokenizer `unicode61` keeps: letters, numbers, private use."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"


def search(
    connection: Connection, typed: str, condition: str, parameters: list[object], limit: int | None
) -> list[Hit]:
    """The best `limit` hits (None: all) among the answers that meet the SQL `condition`, best first (bm25)."""
    query = fts_query(typed)
    if not query:
        return []
    rows = connection.execute(
        f"""SELECT {SUMMARY_COLUMNS}, bm25(answer_search, 1.0, 1.0),
            snippet(answer_search, 0, '{_OPEN}', '{_CLOSE}', '…', {_EXCERPT_TOKENS}),
            snippet(answer_search, 1, '{_OPEN}', '{_CLOSE}', '…', {_EXCERPT_TOKENS})
        FROM answer_search JOIN answers ON answers.key = answer_search.rowid
        WHERE answer_search MATCH ? AND {condition} ORDER BY rank LIMIT ?""",
        [query, *parameters, -1 if limit is None else limit],
    )
    return [_hit(summary(row), -row[-3], row[-2], row[-1]) for row in rows]


def count(connection: Connection, typed: str, condition: str, parameters: list[object]) -> int:
    """How many answers `search` would find without a limit."""
    query = fts_query(typed)
    if not query:
        return 0
    found = connection.execute(
        "SELECT count(*) FROM answer_search JOIN answers ON answers.key = answer_search.rowid "
        f"WHERE answer_search MATCH ? AND {condition}",
        [query, *parameters],
    ).fetchone()
    return int(found[0])


def _hit(answer: AnswerSummary, score: float, said: str, noted: str) -> Hit:
    in_notes = _OPEN not in said and _OPEN in noted
    excerpt, spans = unmark(noted if in_notes else said)
    return Hit(answer, excerpt, spans, in_notes, score)


def matches(connection: Connection, key: int, typed: str) -> Spans:
    """Where in one answer's transcript the query's words are; offsets of `Transcript.text`."""
    query = fts_query(typed)
    if not query:
        return ()
    row = connection.execute(
        f"SELECT highlight(answer_search, 0, '{_OPEN}', '{_CLOSE}') FROM answer_search "
        "WHERE answer_search MATCH ? AND rowid = ?",
        [query, key],
    ).fetchone()
    return unmark(row[0])[1] if row else ()


def unmark(marked: str) -> tuple[str, Spans]:
    """Text without the markers around its hits, and the hits' spans."""
    spans: list[tuple[int, int]] = []
    parts: list[str] = []
    length = 0
    for part in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if part == _OPEN:
            spans.append((length, length))
        elif part == _CLOSE:
            spans[-1] = (spans[-1][0], length)
        else:
            parts.append(part)
            length += len(part)
    return "".join(parts), tuple(spans)
