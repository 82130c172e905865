"""Words of passages that are over never change; those of the open one may."""

import numpy as np
import pytest

from rehearse.domain.sound import EndedBy, SpeechSegment
from rehearse.domain.transcript import Utterance, Word
from rehearse.live.transcript_builder import CONTEXT, TranscriptBuilder


def segment(start: float, length: float = 2.0) -> SpeechSegment:
    return SpeechSegment(np.zeros(16, np.float32), start, start + length, start, start + length, EndedBy.PAUSE)


def saying(text: str) -> Utterance:
    return Utterance(tuple(Word(word) for word in text.split()))


def test_a_passage_may_change_until_it_is_over_and_was_heard_as_one() -> None:
    builder = TranscriptBuilder("tiny.en")
    builder.add(segment(0.0), saying("please call"))
    builder.add(segment(2.5), saying("bella"))
    passage = builder.open
    assert passage is not None
    assert builder.unheard is passage
    assert (builder.settled.text, builder.text, builder.whole.text) == ("", "please call bella", "please call bella")
    passage.hear_as_one((saying("please call"), saying("Stella")))
    assert builder.unheard is None
    builder.settle()
    assert builder.open is passage, "it isn't over"
    builder.add(segment(5.0), saying("today"))
    assert passage.unheard
    builder.close()
    builder.settle()
    assert builder.text == "please call Stella today", "it has grown since it was heard"
    passage.hear_as_one(None)
    builder.settle()
    assert (builder.settled.text, builder.text, builder.open) == ("please call Stella today", "", None)
    assert builder.settled.model == "tiny.en"


def test_what_was_said_while_a_passage_was_heard_stays_and_waits() -> None:
    builder = TranscriptBuilder("tiny.en")
    builder.add(segment(0.0), saying("bella"))
    passage = builder.open
    assert passage is not None
    builder.add(segment(2.5), saying("today"))
    passage.hear_as_one((saying("Stella"),), segments=1)
    assert builder.text == "Stella today"
    assert passage.unheard


def test_a_short_answer_is_remembered_whole_a_longer_one_not_at_all() -> None:
    builder = TranscriptBuilder("tiny.en", memory=5.0)
    builder.add(segment(0.0), saying("one"))
    builder.close()
    builder.settle(everything=True)
    builder.add(segment(9.0), saying("two"))
    assert [passage.utterances for passage in builder.remembered] == [(saying("one"),), (saying("two"),)]
    builder.add(segment(12.0), saying("three"))
    assert builder.remembered == ()
    assert builder.whole.text == "one two three"


def test_the_words_of_a_passage_are_careful_if_one_hearing_gave_all_of_them() -> None:
    builder = TranscriptBuilder("tiny.en")
    builder.add(segment(0.0), saying("please call"))
    passage = builder.open
    assert passage is not None
    assert not passage.careful
    passage.hear_as_one((saying("please call"),))
    assert passage.careful
    builder.add(segment(2.5), saying("bella"))
    assert not passage.careful
    passage.hear_as_one(None)
    assert not passage.careful


def test_passages_are_settled_in_their_order() -> None:
    builder = TranscriptBuilder("tiny.en")
    for start, text in ((0.0, "one"), (9.0, "two"), (18.0, "three")):
        builder.add(segment(start), saying(text))
        passage = builder.open
        assert passage is not None
        if text != "one":
            passage.hear_as_one((saying(text.upper()),))
        builder.close()
    builder.settle()
    assert (builder.settled.text, builder.whole.text) == ("", "one TWO THREE")
    builder.settle(everything=True)
    assert builder.settled.text == "one TWO THREE"


def test_a_long_silence_ends_the_passage() -> None:
    builder = TranscriptBuilder("tiny.en")
    builder.add(segment(0.0), saying("one"))
    assert not builder.ends_before(segment(2.9))
    assert builder.ends_before(segment(3.0))


def test_the_last_utterances_are_context_whether_they_stay_or_not() -> None:
    builder = TranscriptBuilder("tiny.en")
    for number in range(CONTEXT + 2):
        builder.add(segment(3.0 * number), saying(str(number)))
        if number % 4 == 3:
            builder.settle(everything=True)
    assert [spoken.utterance.text for spoken in builder.before] == [str(n) for n in range(2, CONTEXT + 2)]


def test_each_segment_needs_its_utterance() -> None:
    builder = TranscriptBuilder("tiny.en")
    builder.add(segment(0.0), saying("one"))
    assert builder.open is not None
    with pytest.raises(ValueError, match="zip"):
        builder.open.hear_as_one(())
