"""Full-text search: what a person types, made safe for SQLite's FTS5, and hits as plain text with spans.

Words match from their beginning ("deploy" finds "deployed"), all of them must occur, and text in quotes is found as it
stands. Terms whose signs belong to them ("C++", ".NET") are found as they are written, see `written`. Everything else a
person may type (operators, brackets, stars, emoji) is read as text.
"""

import re
import unicodedata
from dataclasses import dataclass
from sqlite3 import Connection, Row

from rehearse.history.exact_terms import Spans, as_written, corrected, holds
from rehearse.history.exact_terms import excerpt as excerpt_around
from rehearse.history.records import SUMMARY_COLUMNS, AnswerSummary, summary

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


@dataclass(frozen=True)
class Query:
    """What a person typed, understood."""

    index: str
    """For FTS5; "" where there is nothing that can be searched for."""
    terms: tuple[str, ...]
    """To be found as they are written; the index only narrows them down."""
    others: tuple[str, ...]
    """What the index finds by itself: words and phrases."""


def fts_query(typed: str) -> str:
    """An FTS5 query for what a person typed, "" where it holds nothing that can be searched for."""
    return understood(typed).index


def understood(typed: str) -> Query:
    """What a person typed, as a query."""
    pieces: list[str] = []
    terms: list[str] = []
    others: list[str] = []
    for phrase, word in _PIECE.findall(typed.translate(_QUOTES)):
        text = (phrase or word).encode("utf-8", "ignore").decode()
        if len(pieces) == MAX_WORDS or not any(map(_is_token_character, text)):
            continue
        term = as_written(text)
        if term is None:
            others.append(text)
        else:
            terms.append(term)
        # What comes behind a last sign is a word of its own: "c" begins many words, "C++" none.
        begins = word and (term is None or _is_token_character(term[-1]))
        pieces.append(f'"{text}"' + ("*" if begins else ""))
    return Query(" AND ".join(pieces), tuple(terms), tuple(others))


def _is_token_character(character: str) -> bool:
    """What the tokenizer `unicode61` keeps: letters, numbers, private use."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"


def search(
    connection: Connection, typed: str, condition: str, parameters: list[object], limit: int | None
) -> list[Hit]:
    """The best `limit` hits (None: all) among the answers that meet the SQL `condition`, best first (bm25)."""
    query = understood(typed)
    if not query.index:
        return []
    rows = connection.execute(
        f"""SELECT {SUMMARY_COLUMNS}, answers.key, bm25(answer_search, 1.0, 1.0),
            snippet(answer_search, 0, '{_OPEN}', '{_CLOSE}', '…', {_EXCERPT_TOKENS}),
            snippet(answer_search, 1, '{_OPEN}', '{_CLOSE}', '…', {_EXCERPT_TOKENS})
        FROM answer_search JOIN answers ON answers.key = answer_search.rowid
        WHERE answer_search MATCH ? AND {_as_written(connection, query)} AND {condition} ORDER BY rank LIMIT ?""",
        [query.index, *parameters, -1 if limit is None else limit],
    )
    return [_hit(connection, query, row) for row in rows]


def _as_written(connection: Connection, query: Query) -> str:
    """An SQL condition for the terms whose signs the index doesn't know; texts are read only where there are some."""
    if not query.terms:
        return "TRUE"
    connection.create_function("holds_terms", 1, lambda text: holds(text, query.terms))
    return "(SELECT holds_terms(transcript || char(10) || notes) FROM texts WHERE texts.key = answers.key)"


def count(connection: Connection, typed: str, condition: str, parameters: list[object]) -> int:
    """How many answers `search` would find without a limit."""
    query = understood(typed)
    if not query.index:
        return 0
    found = connection.execute(
        "SELECT count(*) FROM answer_search JOIN answers ON answers.key = answer_search.rowid "
        f"WHERE answer_search MATCH ? AND {_as_written(connection, query)} AND {condition}",
        [query.index, *parameters],
    ).fetchone()
    return int(found[0])


def _hit(connection: Connection, query: Query, row: Row) -> Hit:
    key, score, said, noted = row[-4:]
    in_notes = _OPEN not in said and _OPEN in noted
    excerpt, spans = unmark(noted if in_notes else said)
    if query.terms and not holds(excerpt, query.terms[:1]):
        texts = connection.execute("SELECT transcript, notes FROM texts WHERE key = ?", [key]).fetchone()
        in_notes = not holds(texts[0], query.terms[:1])
        excerpt, spans = excerpt_around(texts[in_notes], query.terms[0]), ()
    spans = corrected(excerpt, spans, query.terms, query.others)
    return Hit(summary(row), excerpt, spans, in_notes, -score)


def matches(connection: Connection, key: int, typed: str) -> Spans:
    """Where in one answer's transcript the query's words are; offsets of `Transcript.text`."""
    query = understood(typed)
    if not query.index:
        return ()
    row = connection.execute(
        f"SELECT highlight(answer_search, 0, '{_OPEN}', '{_CLOSE}') FROM answer_search "
        "WHERE answer_search MATCH ? AND rowid = ?",
        [query.index, key],
    ).fetchone()
    return corrected(*unmark(row[0]), query.terms, query.others) if row else ()


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
