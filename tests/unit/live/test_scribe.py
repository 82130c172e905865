"""Words of passages that are over never change; those of the open one may."""

import numpy as np
import pytest

from rehearse.domain.sound import EndedBy, SpeechSegment
from rehearse.domain.transcript import Utterance, Word
from rehearse.live.scribe import CONTEXT, Scribe


def segment(start: float, length: float = 2.0) -> SpeechSegment:
    return SpeechSegment(np.zeros(16, np.float32), start, start + length, start, start + length, EndedBy.PAUSE)


def saying(text: str) -> Utterance:
    return Utterance(tuple(Word(word) for word in text.split()))


def test_the_open_passage_may_change_until_it_is_over() -> None:
    scribe = Scribe("tiny.en")
    scribe.add(segment(0.0), saying("please call"))
    scribe.add(segment(2.5), saying("bella"))
    assert scribe.unheard
    assert (scribe.settled.text, scribe.text, scribe.whole.text) == ("", "please call bella", "please call bella")
    scribe.hear_as_one((saying("please call"), saying("Stella")))
    assert not scribe.unheard
    scribe.add(segment(5.0), saying("today"))
    assert scribe.unheard
    scribe.hear_as_one(None)
    assert scribe.text == "please call Stella today"
    scribe.settle()
    assert (scribe.settled.text, scribe.text, scribe.passage) == ("please call Stella today", "", ())
    assert not scribe.unheard
    assert scribe.settled.model == "tiny.en"


def test_a_long_silence_ends_the_passage() -> None:
    scribe = Scribe("tiny.en")
    scribe.add(segment(0.0), saying("one"))
    assert not scribe.ends_before(segment(2.9))
    assert scribe.ends_before(segment(3.0))


def test_the_last_utterances_are_context_whether_their_passage_is_over_or_not() -> None:
    scribe = Scribe("tiny.en")
    for number in range(CONTEXT + 2):
        scribe.add(segment(3.0 * number), saying(str(number)))
        if number % 4 == 3:
            scribe.settle()
    assert [spoken.utterance.text for spoken in scribe.before] == [str(n) for n in range(2, CONTEXT + 2)]


def test_each_segment_needs_its_utterance() -> None:
    scribe = Scribe("tiny.en")
    scribe.add(segment(0.0), saying("one"))
    with pytest.raises(ValueError, match="zip"):
        scribe.hear_as_one(())
