"""What a terminal obeys never reaches it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.shown import shown, shown_line


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain\n\ttext, ümläuts, 日本, 👩‍🔬", "plain\n\ttext, ümläuts, 日本, 👩‍🔬"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("one\rtwo\x7f\x9b2J\x00", "one\\rtwo\\x7f\\x9b2J\\x00"),
        ("evil\u202egpj.wav\u2066\u200f", "evil\\u202egpj.wav\\u2066\\u200f"),
        ("caf\udce9\u2028", "caf\\udce9\\u2028"),
    ],
)
def test_unsafe_characters_are_spelled_out(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_a_line_stays_one() -> None:
    assert shown_line("a\nb\tc") == "a\\nb\\tc"


@given(st.text(st.characters()))
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    assert all(unicodedata.category(one) not in ("Cc", "Cs", "Zl", "Zp") for one in shown_line(text))
    assert all(unicodedata.bidirectional(one) not in BIDI_CONTROLS for one in shown(text))


BIDI_CONTROLS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
