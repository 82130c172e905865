"""Terms of the trade whose signs belong to them (C++, C#, .NET, A/B, R&D): found as they are written.

The index knows letters and digits alone: to it, all of "C", "C++" and "C#" are the word "c". It narrows the search; the
texts it comes up with are read here.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

Spans = tuple[tuple[int, int], ...]
"""Character spans, in order, the end exclusive."""

_AROUND = "()[]{}<>'’‘*,;:!?…-–—"
"""Signs that stand around a word and aren't part of it; a full stop neither, behind it."""
_JOINED = re.compile(r"[/&.@]")
EXCERPT_BEFORE, EXCERPT_BEHIND = 60, 90
"""Characters around the term, where an excerpt has to be made for it."""


def as_written(typed: str) -> str | None:
    """The word or phrase typed, without signs around it, if its own signs have to be looked at; None if they needn't.

    A plus, a number sign and a full stop before the word say everything there is to say ("C++", "C#", ".NET"); signs
    between letters do where the index would be left with single letters ("A/B", "R&D", and not "CI/CD").
    """
    words = [word.lstrip(_AROUND).rstrip(_AROUND + ".") for word in typed.split()]
    return " ".join(filter(None, words)) if any(map(_is_telling, words)) else None


def _is_telling(word: str) -> bool:
    pieces = [piece for piece in re.split(r"[\W_]+", word) if piece]
    if not pieces:
        return False
    if re.search(r"\w[+#]|[+#]\w", word) or re.match(r"\.\w", word):
        return True
    return bool(_JOINED.search(word)) and any(len(piece) == 1 for piece in pieces)


@lru_cache(maxsize=64)
def _pattern(term: str) -> re.Pattern[str]:
    """The term wherever it begins; not inside of a longer word, unless it begins with a sign."""
    begin = r"(?<![^\W_])" if term[0].isalnum() else ""
    return re.compile(begin + r"\s+".join(map(re.escape, term.split())), re.IGNORECASE)


def holds(text: str, terms: Iterable[str]) -> bool:
    """Whether the text holds all of the terms as they are written."""
    return all(_pattern(term).search(text) for term in terms)


def corrected(text: str, spans: Spans, terms: Sequence[str], others: Sequence[str]) -> Spans:
    """The index's hits in a text, put right where terms with signs were looked for.

    Args:
        text: what the spans are of.
        spans: the index's hits.
        terms: as `as_written` gives them.
        others: what else was looked for, words or phrases.
    """
    if not terms:
        return spans
    whole = [found.span() for term in terms for found in _pattern(term).finditer(text)]
    wanted = tuple(map(_bare, others))
    plain = [(start, end) for start, end in spans if _bare(text[start:end]).startswith(wanted)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted({*whole, *plain}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _bare(text: str) -> str:
    """Letters and digits alone, as the index compares them: without case and accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if one.isalnum())


def excerpt(text: str, term: str) -> str:
    """The passage around the first place of a term, "…" where it was cut; "" where the term isn't there."""
    found = _pattern(term).search(text)
    if found is None:
        return ""
    begin, end = max(0, found.start() - EXCERPT_BEFORE), min(len(text), found.end() + EXCERPT_BEHIND)
    if begin:
        begin = text.find(" ", begin, found.start()) + 1 or found.start()
    if end < len(text):
        end = max(text.rfind(" ", found.end(), end), found.end())
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
