"""What becomes of aligned tokens at a seam, and how long a decoding may be."""

from collections.abc import Sequence

from rehearse.speech.whisper import _length_for, words_behind

PIECES: dict[int, str] = {}


def aligned(*words: str) -> list[dict[str, object]]:
    """Words as the alignment gives them; pieces of a word are separated by `|`."""
    found: list[dict[str, object]] = []
    for number, word in enumerate(words):
        tokens = []
        for piece in word.split("|"):
            PIECES[len(PIECES)] = piece
            tokens.append(len(PIECES) - 1)
        text = word.replace("|", "")
        found.append({"word": text, "tokens": tokens, "start": number, "end": number + 0.5, "probability": 0.9})
    return found


def decode(tokens: Sequence[int]) -> str:
    return "".join(PIECES[token] for token in tokens)


def behind(prefix: int, *words: str) -> list[str]:
    return [word.text for word in words_behind(aligned(*words), prefix, decode)]


def test_words_of_the_prefix_are_left_out() -> None:
    assert behind(2, " We", " sort", " tickets", " daily.") == ["tickets", "daily."]


def test_punctuation_behind_the_prefix_doesnt_bring_its_last_word_back() -> None:
    assert behind(2, " a", " company|,", " and", " more") == ["and", "more"]


def test_the_rest_of_a_word_that_was_cut_stands_alone() -> None:
    assert behind(1, " X|G", " boost") == ["G", "boost"]


def test_parts_of_figures_and_abbreviations_are_joined() -> None:
    assert behind(0, " 2", ",000", " users") == ["2,000", "users"]


def test_a_decoding_gets_the_length_it_asks_for() -> None:
    for prompt, text in ((2, 80), (180, 40), (40, 180)):
        length = _length_for(prompt, text)
        assert min(length // 2, length - prompt) >= text  # CTranslate2's rule
