"""A search's excerpts in a narrow window: what is cut shows that it is, and the hit is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.ui.excerpts import fitted

TEXT = "…For monitoring, I check the logs for errors. I sample some predictions now and then and read them…"


def spans_of(word: str) -> tuple[tuple[int, int], ...]:
    return ((TEXT.index(word), TEXT.index(word) + len(word)),)


@pytest.mark.parametrize(
    ("word", "width", "shown"),
    [
        ("monitoring", 200, TEXT),
        ("monitoring", len(TEXT), TEXT),
        ("monitoring", 40, "…For monitoring, I check the logs for…"),
        ("read", 40, "…now and then and read them…"),
        ("predictions", 30, "…some predictions now and…"),
    ],
)
def test_what_is_cut_says_so_and_the_hit_is_in_it(word: str, width: int, shown: str) -> None:
    text, spans = fitted(TEXT, spans_of(word), width)
    assert text == shown
    assert [text[start:end] for start, end in spans] == [word]


def test_an_excerpt_without_spans_is_cut_at_its_end() -> None:
    assert fitted(TEXT, (), 20) == ("…For monitoring, I…", ())


@given(
    st.text("ab …", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4),
    st.integers(0, 70),
)
def test_whatever_it_is_it_fits(text: str, hits: list[tuple[int, int]], width: int) -> None:
    spans = tuple(sorted((at, min(len(text), at + size)) for at, size in hits if at < len(text)))
    shown, moved = fitted(text, spans, width)
    assert len(shown) <= max(1, width)
    assert all(0 <= start < end <= len(shown) for start, end in moved)
    assert shown == text or "…" in (shown[:1], shown[-1:])
