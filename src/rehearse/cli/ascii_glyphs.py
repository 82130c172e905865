"""Signs of ASCII for what a terminal can't show: one for each cell, so that columns and frames stay as they are."""

import codecs
import unicodedata

HANDLER = "rehearse.ascii"
"""Name of the error handler, for `open` and `reconfigure`."""

_SIGNS = {
    **{"✔": "+", "✘": "x", "◐": "~", "·": ".", "●": "*", "○": "o", "◌": "o", "★": "*", "✎": "*", "▶": ">", "⏸": "="},
    **{"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "…": "."},
    **{"→": ">", "↳": ">", "←": "<", "↑": "^", "↓": "v", "×": "x", "−": "-", "≤": "<", "≥": ">", "•": "*", "⏎": "<"},
    **{"▔": "-", "▀": "-", "▁": "_", "▂": "_", "▃": "_", "▄": "_", "█": "#", "━": "=", "╸": "=", "╺": "-"},
    **{"▏": "|", "▎": "|", "▍": "|", "▌": "|", "▐": "|", "▕": "|", "│": "|", "┃": "|", "║": "|", "╎": "|", "┊": "|"},
    **dict.fromkeys("─┄┈╌═╴╶", "-"),
    **dict.fromkeys("ßẞ", "s"),
}
_BLOCKS = (("\u2500", "\u2580", "+"), ("\u2580", "\u25a0", "#"), ("\u2800", "\u2900", "*"))
"""Corners and crossings of frames; blocks and shades; Braille, as in charts and in what turns while one waits."""


def plain(text: str) -> str:
    """The text in ASCII, as many cells wide as before."""
    return "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character.isascii() or character in _SIGNS:
        return _SIGNS.get(character, character)
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return ""
    base = "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    if len(base) == 1 and base.isascii() and base.isprintable():
        return base
    for first, behind, sign in _BLOCKS:
        if first <= character < behind:
            return sign
    return "??" if unicodedata.east_asian_width(character) in ("W", "F") else "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def register() -> None:
    """Make the handler known to Python's codecs."""
    codecs.register_error(HANDLER, _replace)
