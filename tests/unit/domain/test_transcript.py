"""Words, their offsets and their quotes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rehearse.domain.transcript import Transcript, Utterance, Word

WORD = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=8)
WORDS = st.lists(WORD, max_size=12)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Utterances one after the other, some without words."""
    transcript, at = Transcript(model="m"), 0.0
    for texts in draw(st.lists(WORDS, max_size=5)):
        begun = at
        words = []
        for text in texts:
            words.append(Word(text, at, at + 0.3, 0.8))
            at += 0.4
        transcript = transcript.with_utterance(Utterance(tuple(words), begun, at))
        at += 1
    return transcript


@given(transcripts())
def test_offsets_point_at_the_words(transcript: Transcript) -> None:
    assert [transcript.text[a:b] for a, b in transcript.word_offsets] == [word.text for word in transcript.words]


@given(transcripts(), st.data())
def test_a_quote_is_the_words_themselves(transcript: Transcript, data: st.DataObject) -> None:
    assume(transcript.words)
    first = data.draw(st.integers(0, len(transcript.words) - 1))
    end = data.draw(st.integers(first + 1, len(transcript.words)))
    quote = transcript.quote(first, end)
    assert quote.text in transcript.text
    assert quote.text.split() == [part for word in transcript.words[first:end] for part in word.text.split()]
    assert (quote.start, quote.end) == (transcript.words[first].start, transcript.words[end - 1].end)
    begins, ends = transcript.word_offsets[first][0], transcript.word_offsets[end - 1][1]
    assert transcript.quote_characters(begins, ends) == quote


@given(transcripts(), WORDS)
def test_what_was_there_stays(transcript: Transcript, more: list[str]) -> None:
    end = transcript.duration + 2
    longer = transcript.with_utterance(Utterance(tuple(Word(text, end - 1, end) for text in more), end - 1, end))
    assert longer.words[: len(transcript.words)] == transcript.words
    assert longer.duration == end
    assert longer.model == "m"


@pytest.mark.parametrize(("first", "end"), [(0, 0), (2, 1), (-1, 1), (0, 4), (3, 4)])
def test_a_quote_of_nothing(first: int, end: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        Transcript.typed("one two three").quote(first, end)


@pytest.mark.parametrize(
    ("start", "end", "text"), [(0, 1, "one"), (2, 5, "one two"), (4, 7, "two"), (0, 99, "one two three")]
)
def test_characters_touch_words(start: int, end: int, text: str) -> None:
    assert Transcript.typed("one two three").quote_characters(start, end).text == text


@pytest.mark.parametrize(("start", "end"), [(3, 4), (3, 3), (20, 30)])
def test_characters_between_words(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no words in characters"):
        Transcript.typed("one two three").quote_characters(start, end)


@given(st.text(max_size=200))
def test_typed_text_loses_no_word_and_has_no_times(text: str) -> None:
    transcript = Transcript.typed(text)
    assert [word.text for word in transcript.words] == text.split()
    assert not transcript.timed
    assert transcript.duration == 0
    assert all(utterance.words for utterance in transcript.utterances)
    if transcript.words:
        assert transcript.quote(0, 1).start is None


def test_an_utterance_a_paragraph() -> None:
    transcript = Transcript.typed("One two.\nThree.\n\n\n\nFour.\n\n")
    assert [utterance.text for utterance in transcript.utterances] == ["One two. Three.", "Four."]
    longer = transcript.with_utterance(Utterance((Word("Five."),)))
    assert (longer.text, longer.duration) == ("One two. Three. Four. Five.", 0.0)


def test_duration_of_ones_own() -> None:
    transcript = Transcript(model="m").with_utterance(Utterance((), 1.0, 2.0))
    assert transcript.duration == 2.0
    assert transcript.with_duration(9.5).duration == 9.5
    assert transcript.with_duration(9.5).utterances == transcript.utterances
