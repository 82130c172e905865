"""What is seen of a passage in a line that is too short for it."""

import pytest

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
