"""Words on lines, laid out anew only where they changed."""

from hypothesis import given
from hypothesis import strategies as st

from rehearse.ui.widgets.word_wrap import Line, WordWrap, first_changed, wrap_words

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


class TestFirstChanged:
    @given(WORDS, WORDS, st.integers(1, 30), st.integers(0, 40))
    def test_lines_above_it_are_the_same_and_settled(
        self, before: list[str], now: list[str], width: int, settled: int
    ) -> None:
        old, new = wrap_words(before, width), wrap_words(now, width)
        changed = first_changed(old, new, settled)
        assert old[:changed] == new[:changed]
        assert all(word.index < settled for line in new[:changed] for word in line)

    def test_a_word_more_changes_the_last_line(self) -> None:
        words = ["one", "two", "three", "four"]
        assert first_changed(wrap_words(words, 9), wrap_words([*words, "so"], 9), 4) == 2

    def test_words_that_become_final_are_drawn_anew(self) -> None:
        lines = wrap_words(["one", "two", "three", "four"], 7)
        assert first_changed(lines, lines, 2) == 1
