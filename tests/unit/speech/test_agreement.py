"""Words that two successive hypotheses share never change again."""

from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.transcript import Word
from rehearse.speech.agreement import Agreement


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, i, i + 1.0) for i, word in enumerate(text.split()))


def test_one_hypothesis_agrees_with_nothing() -> None:
    agreement = Agreement()
    agreement.update(words("we alert on drift"))
    assert agreement.agreed == ()
    assert agreement.text == "we alert on drift"


def test_half_a_word_at_the_end_is_not_shown() -> None:
    agreement = Agreement()
    agreement.update(words("a button to fla-"))
    assert agreement.text == "a button to"


def test_the_shared_beginning_is_agreed_whatever_its_punctuation() -> None:
    agreement = Agreement()
    agreement.update(words("We alert on. Drip"))
    agreement.update(words("we alert on drift every"))
    assert [word.text for word in agreement.agreed] == ["we", "alert", "on"]
    assert agreement.text == "we alert on drift every"


def test_agreed_words_stay_when_a_hypothesis_takes_them_back() -> None:
    agreement = Agreement()
    for text in ("we alert on", "we alert on", "he"):
        agreement.update(words(text))
    assert agreement.text == "we alert on"


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=6), max_size=12))
def test_what_was_agreed_is_a_prefix_for_ever(hypotheses: list[list[str]]) -> None:
    agreement = Agreement()
    before: tuple[Word, ...] = ()
    for hypothesis in hypotheses:
        agreement.update(words(" ".join(hypothesis)))
        assert agreement.agreed[: len(before)] == before
        before = agreement.agreed
