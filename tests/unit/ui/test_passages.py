"""What is seen of a passage in a line that is too short for it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from rehearse.ui.passages import cut_around

TEXT = "…had a disagreement about monitoring once and it was fine in the end, and we deployed the model at last…"


def at(word: str) -> tuple[int, int]:
    return TEXT.index(word), TEXT.index(word) + len(word)


def test_what_has_room_stays_as_it_is() -> None:
    assert cut_around("We deployed it.", [(3, 11)], 15) == ("We deployed it.", ((3, 11),))


@pytest.mark.parametrize("word", ["had", "monitoring", "deployed", "model", "last"])
@pytest.mark.parametrize("width", [20, 37, 71])
def test_the_hit_is_seen_and_what_is_cut_says_so(word: str, width: int) -> None:
    text, spans = cut_around(TEXT, [at(word)], width)
    assert [text[begin:end] for begin, end in spans] == [word]
    assert len(text) <= width
    assert text.startswith("…")
    assert text.endswith("…")
    assert text.strip("…").strip() in TEXT
    inner = text.strip("…")
    before, behind = TEXT[: TEXT.index(inner)], TEXT[TEXT.index(inner) + len(inner) :]
    assert not before.strip("…") or before.endswith(" "), "no word is cut in two"
    assert not behind.strip("…") or behind.startswith(" ")


def test_further_hits_are_lit_as_far_as_they_are_seen() -> None:
    text, spans = cut_around("one two one two one two", [(0, 3), (8, 11), (16, 19)], 12)
    assert text == "one two one…"
    assert [text[begin:end] for begin, end in spans] == ["one", "one"]


def test_a_word_that_is_longer_than_the_line_is_cut() -> None:
    text, spans = cut_around("so " + "x" * 40, [(3, 43)], 20)
    assert len(text) == 20
    assert text.endswith("x…")
    assert spans


def test_without_a_hit_the_beginning_is_seen() -> None:
    assert cut_around("one two three four", (), 10) == ("one two…", ())


@pytest.mark.parametrize("width", [12, 21, 40])
def test_a_hit_among_wide_letters_is_seen(width: int) -> None:
    said = "我们先看了数据然后训练了一个模型" * 4
    text, spans = cut_around(f"{said} monitoring {said}", [(len(said) + 1, len(said) + 11)], width)
    assert [text[begin:end] for begin, end in spans] == ["monitoring"]
    assert width - 2 <= cell_len(text) <= width


@given(
    st.text("ab  日本é\u0301❤\ufe0f\u200d👩", max_size=60), st.integers(0, 60), st.integers(1, 12), st.integers(-1, 50)
)
@example("so " + "日" * 9 + " it", 3, 9, 20)
@example("one " * 9, 0, 3, 4)
def test_it_is_never_wider_and_the_first_hit_is_whole_where_it_fits(
    text: str, at: int, length: int, width: int
) -> None:
    first, last = min(at, max(0, len(text) - 1)), min(at + length, len(text))
    hit = text[first:last]
    cut, spans = cut_around(text, [(first, last)], width)
    assert cell_len(cut) <= max(0, width)
    assert all(0 <= begin <= end <= len(cut) for begin, end in spans)
    # Signs that are joined into one may be narrower than their sum.
    cells = sum(max(cell_len(one), one == "\ufe0f") for one in hit)
    if cells and cells + (first > 0) + (last < len(text)) <= width:
        assert [cut[begin:end] for begin, end in spans] == [hit]
