"""Words on lines, laid out anew only where they changed."""

from hypothesis import given
from hypothesis import strategies as st

from rehearse.ui.widgets.word_wrap import Line, WordWrap, wrap_words

WORD = st.text("abc日", min_size=1, max_size=9)
WORDS = st.lists(WORD, max_size=40)


def text_of(lines: list[Line]) -> list[list[str]]:
    return [[word.text for word in line] for line in lines]


class TestWrapWords:
    def test_breaks_where_the_next_word_does_not_fit(self) -> None:
        assert text_of(wrap_words(["one", "two", "three"], 7)) == [["one", "two"], ["three"]]

    def test_a_longer_word_has_a_line_of_its_own(self) -> None:
        assert text_of(wrap_words(["a", "kilometres", "b"], 5)) == [["a"], ["kilometres"], ["b"]]

    def test_counts_cells_and_not_characters(self) -> None:
        assert text_of(wrap_words(["日本", "ab"], 6)) == [["日本"], ["ab"]]

    @given(WORDS, st.integers(1, 30))
    def test_every_word_stands_once_and_in_order(self, words: list[str], width: int) -> None:
        placed = [word for line in wrap_words(words, width) for word in line]
        assert [word.text for word in placed] == words
        assert [word.index for word in placed] == list(range(len(words)))


class TestWordWrap:
    @given(st.lists(st.tuples(st.integers(0, 40), WORDS, st.integers(1, 30)), max_size=8))
    def test_gives_what_wrapping_all_of_it_gives(self, changes: list[tuple[int, list[str], int]]) -> None:
        wrap = WordWrap()
        words: list[str] = []
        for kept, more, width in changes:
            words = words[:kept] + more
            assert wrap.lines(words, width) == wrap_words(words, width)

    def test_keeps_the_lines_that_stay(self) -> None:
        wrap = WordWrap()
        before = wrap.lines(["one", "two", "three", "four"], 7)
        after = wrap.lines(["one", "two", "three", "four", "five"], 7)
        assert after[0] is before[0]
