"""After the marks: the last passages are heard as one, then a short answer as a file is; anybody can call it off."""

from collections.abc import Sequence
from threading import Event

import numpy as np

from rehearse.domain.sound import EndedBy, SpeechSegment
from rehearse.domain.transcript import Utterance, Word
from rehearse.live.afterwards import PATIENCE, SecondHearing, heard_again
from rehearse.live.transcript_builder import LIVE, TranscriptBuilder
from rehearse.speech.passages import WHOLE
from rehearse.speech.transcriber import Hurry, Spoken, nobody_waits


def saying(text: str) -> Utterance:
    return Utterance(tuple(Word(word) for word in text.split()))


def segment(start: float, length: float) -> SpeechSegment:
    return SpeechSegment(np.zeros(16, np.float32), start, start + length, start, start + length, EndedBy.PAUSE)


class Counting:
    """Writes down how many segments it heard together; a passage of `senseless` many makes no sense as one."""

    name = "counting"

    def __init__(self, senseless: int = 0) -> None:
        self.heard: list[int] = []
        self.senseless = senseless

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        self.heard.append(len(segments))
        return None if len(segments) == self.senseless else tuple(saying(f"of{len(segments)}") for _ in segments)

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        self.heard.append(1)
        return saying("alone")

    def hypothesise(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        raise AssertionError


def spoken(*lengths: float, memory: float) -> TranscriptBuilder:
    """Segments with short pauses between them, written down in a hurry; all but the last passage heard as one."""
    builder, at = TranscriptBuilder("counting", memory=memory), 0.0
    for length in lengths:
        one = segment(at, length)
        at += length + 0.5
        if builder.ends_before(one):
            assert builder.open is not None
            builder.open.hear_as_one([saying("live")] * len(builder.open.segments))
            builder.close()
            builder.settle()
        builder.add(one, saying("quick"))
    builder.close()
    return builder


def test_first_the_last_passage_then_all_in_longer_ones() -> None:
    assert LIVE.crowded == 14.0 < 3 * 7.0 <= WHOLE.crowded + 7.0
    builder, ear = spoken(7, 7, 7, 7, 7, memory=60.0), Counting()
    assert builder.whole.text == "live live live live quick"
    first, second = (found.text for found in heard_again(builder, ear, given_up=nobody_waits))
    assert first == "live live live live of1"
    assert second == "of3 of3 of3 of2 of2"
    assert ear.heard == [1, 3, 2]


def test_what_was_heard_just_so_isnt_heard_again() -> None:
    builder, ear = spoken(7, 7, memory=60.0), Counting()
    texts = [found.text for found in heard_again(builder, ear, given_up=nobody_waits)]
    assert texts == ["of2 of2", "of2 of2"]
    assert ear.heard == [2]


def test_of_a_long_answer_only_the_last_words_are_heard_again() -> None:
    builder, ear = spoken(7, 7, 7, memory=20.0), Counting()
    assert [found.text for found in heard_again(builder, ear, given_up=nobody_waits)] == ["live live of1"]


def test_a_passage_that_makes_no_sense_as_one_is_heard_segment_by_segment() -> None:
    builder, ear = spoken(6, 6, memory=0.0), Counting(senseless=2)
    assert [found.text for found in heard_again(builder, ear, given_up=nobody_waits)] == ["alone alone"]


def test_given_up_it_says_nothing_more() -> None:
    builder, ear = spoken(7, 7, 7, 7, 7, memory=60.0), Counting()
    found = heard_again(builder, ear, given_up=lambda: len(ear.heard) > 1)
    assert [one.text for one in found] == ["live live live live of1"]
    assert ear.heard == [1, 3]


def test_the_last_passage_is_heard_again_though_the_machine_is_wanted_elsewhere() -> None:
    builder, ear = spoken(7, 7, 7, 7, 7, memory=60.0), Counting()
    found = heard_again(builder, ear, given_up=nobody_waits, wanted_elsewhere=lambda: True)
    assert [one.text for one in found] == ["live live live live of1"]


def test_on_a_machine_that_has_no_time_for_it_only_the_last_passage_is_heard() -> None:
    builder, ear = spoken(7, 7, 7, 7, 7, memory=60.0), Counting()
    found = heard_again(builder, ear, given_up=nobody_waits, clock=lambda: PATIENCE * len(ear.heard))
    assert [one.text for one in found] == ["live live live live of1"]
    found = heard_again(builder, ear, given_up=nobody_waits, clock=lambda: PATIENCE / 10 * len(ear.heard))
    assert [one.text for one in found][1] == "of3 of3 of3 of2 of2"


def test_before_the_marks_nothing_can_be_called_off() -> None:
    hearing, builder, ear = SecondHearing(Event()), spoken(7, 7, 7, 7, 7, memory=60.0), Counting()
    hearing.let_be()
    assert len(list(hearing.of(builder, ear))) == 2
    hearing.due = True
    hearing.let_be(last_words_too=False)
    assert len(list(hearing.of(builder, ear))) == 1
    hearing.let_be()
    assert list(hearing.of(builder, ear)) == []
    assert not hearing.going_on


def test_nothing_said_is_nothing_heard() -> None:
    assert [found.text for found in heard_again(TranscriptBuilder("counting"), Counting(), given_up=nobody_waits)] == [
        ""
    ]
