"""The guards around Whisper, with a recogniser whose every answer is known."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise, repeat

import numpy as np
import pytest

from rehearse.domain.guide import Term
from rehearse.domain.sound import SAMPLE_RATE, EndedBy, Samples, SpeechSegment
from rehearse.domain.transcript import Utterance, Word
from rehearse.speech.transcriber import Spoken, Waiting, hear_passage
from rehearse.speech.whisper import Heard, Hypothesis, TimedWord
from rehearse.speech.whisper_transcriber import WhisperTranscriber

SENTENCE = "we ran it every night on a small machine in the office"


class FakeWhisper:
    """Answers by whether it was given hotwords and a prefix; a token is a word."""

    def __init__(self, *, biased: str, plain: str, alone: str | None = None, log_probability: float = -0.3) -> None:
        self.biased, self.plain = biased, plain
        self.alone = plain if alone is None else alone
        self.log_probability = log_probability
        self.asked: list[tuple[bool, bool]] = []
        self.beams: list[int] = []
        self.words: list[str] = [""]
        self.language = ""

    def foreign(self, heard: Heard) -> str:
        return self.language

    def encode_text(self, text: str) -> list[int]:
        found = []
        for word in text.split():
            if word not in self.words:
                self.words.append(word)
            found.append(self.words.index(word))
        return found

    def listen(self, sound: Samples, *, whole_window: bool = True) -> Heard:
        return Heard(None, len(sound) // 160, len(sound) / SAMPLE_RATE)

    def decode(
        self,
        heard: Heard,
        *,
        prompt: Sequence[int] = (),
        prefix: Sequence[int] = (),
        beam: int = 5,
        fresh: float | None = None,
    ) -> Hypothesis:
        self.asked.append((bool(prompt), bool(prefix)))
        self.beams.append(beam)
        text = self.biased if prompt else self.plain if prefix else self.alone
        return Hypothesis(tuple(self.encode_text(text)), text, self.log_probability, 0.1, cut_short=False)

    def align(self, heard: Heard, prefix: Sequence[int], tokens: Sequence[int]) -> list[TimedWord]:
        step = heard.duration / max(1, len(prefix) + len(tokens))
        first = len(prefix)
        return [
            TimedWord(self.words[token], (first + i) * step, (first + i + 1) * step, 0.9)
            for i, token in enumerate(tokens)
        ]


def segment(start: float, length: float) -> SpeechSegment:
    sound = np.zeros(round(length * SAMPLE_RATE), np.float32)
    return SpeechSegment(sound, start, start + length, start + 0.3, start + length - 0.2, EndedBy.PAUSE)


def transcriber(whisper: FakeWhisper) -> WhisperTranscriber:
    return WhisperTranscriber(whisper, name="fake", terms=(Term("Kubernetes"),))  # type: ignore[arg-type]  # what is used of Whisper


def test_times_are_seconds_of_the_answer_inside_the_segment() -> None:
    found = transcriber(FakeWhisper(biased=SENTENCE, plain=SENTENCE)).transcribe(segment(10.0, 6.0))
    assert found.text == SENTENCE
    assert found.words[0].start >= 10.0
    assert found.words[-1].end <= 16.0
    assert all(a.end <= b.start for a, b in pairwise(found.words))


@pytest.mark.parametrize("biased", ["Kubernetes", "WeRan it everyNight on a SmallMachine", "and then " * 30])
def test_what_the_names_in_mind_bend_stays_as_it_was_said(biased: str) -> None:
    whisper = Unsure(biased=biased, plain=SENTENCE)
    assert transcriber(whisper).transcribe(segment(0.0, 6.0)).text == SENTENCE
    assert whisper.asked == [(False, False), (True, False)]


def test_names_are_looked_for_only_where_the_recogniser_was_unsure() -> None:
    whisper = FakeWhisper(biased="", plain=SENTENCE)
    transcriber(whisper).transcribe(segment(0.0, 6.0))
    assert whisper.asked == [(False, False)]


def test_a_name_that_sounds_like_what_was_heard_is_taken_over() -> None:
    whisper = Unsure(biased="we ran Kubernetes on a small machine", plain="we ran cube grenades on a small machine")
    found = transcriber(whisper).transcribe(segment(0.0, 6.0))
    assert found.text == "we ran Kubernetes on a small machine"
    assert [word.term for word in found.words if word.term] == ["Kubernetes"]
    assert all(a.end <= b.start for a, b in pairwise(found.words))


@pytest.mark.parametrize(
    ("biased", "term"), [("we saw Kubernetes in the afternoon", "Kubernetes"), ("we saw cubernetice in the rain", None)]
)
def test_a_guess_that_sounds_like_a_name_counts_if_it_is_written_with_names_in_mind(
    biased: str, term: str | None
) -> None:
    whisper = Unsure(biased=biased, plain="we saw cubernetice in the afternoon")
    assert transcriber(whisper).transcribe(segment(0.0, 6.0)).words[2].term == term


def test_going_round_in_circles_is_decoded_again() -> None:
    whisper = FakeWhisper(biased=SENTENCE, plain="and then " * 30)
    assert transcriber(whisper).transcribe(segment(0.0, 6.0)).text == SENTENCE


def test_a_passage_is_heard_as_one_and_its_words_go_back_to_their_segments() -> None:
    whisper = FakeWhisper(biased=SENTENCE, plain=SENTENCE)
    parts = (segment(1.0, 4.0), segment(5.5, 2.0))
    first, second = transcriber(whisper).transcribe_passage(parts) or ()
    assert f"{first.text} {second.text}" == SENTENCE
    assert len(first.words) == 8  # two thirds of twelve words evenly spread
    assert all(1.0 <= word.start <= word.end <= 5.0 for word in first.words)
    assert all(5.5 <= word.start <= word.end <= 7.5 for word in second.words)
    assert whisper.beams[0] == 5
    assert (first.start, second.end) == (1.3, 7.3)


def test_a_passage_that_makes_no_sense_as_one_is_heard_segment_by_segment() -> None:
    parts = (segment(1.0, 4.0), segment(5.5, 2.0))
    whisper = FakeWhisper(biased=SENTENCE, plain="and then " * 30)
    listener = transcriber(whisper)
    assert listener.transcribe_passage(parts) is None
    assert [found.text for found in hear_passage(listener, parts)] == [SENTENCE, SENTENCE]


def test_nothing_is_heard_again_once_somebody_waits() -> None:
    whisper = FakeWhisper(biased=SENTENCE, plain=SENTENCE)
    assert transcriber(whisper).transcribe_passage((segment(0.0, 6.0),), hurry=lambda: True) is None
    assert whisper.asked == []


def test_what_circles_in_every_way_is_speech_without_words() -> None:
    whisper = FakeWhisper(biased="and then " * 30, plain="and then " * 30)
    found = transcriber(whisper).transcribe(segment(3.0, 6.0))
    assert found.words == ()
    assert (found.start, found.end) == (3.3, 8.8)


def test_the_words_before_are_the_beginning_of_the_text() -> None:
    before = Spoken(segment(0.0, 5.0), Utterance((Word("Then", 0.3, 1.0, 0.9),), 0.3, 4.8))
    whisper = FakeWhisper(biased=SENTENCE, plain=SENTENCE)
    found = transcriber(whisper).transcribe(segment(7.0, 6.0), (before,))
    assert whisper.asked == [(False, True)]
    assert found.words[0].start >= 7.0


def test_words_nobody_trusts_are_no_context() -> None:
    doubtful = Spoken(segment(0.0, 5.0), Utterance((Word("Then", 0.3, 1.0, 0.1),), 0.3, 4.8))
    whisper = FakeWhisper(biased=SENTENCE, plain=SENTENCE)
    transcriber(whisper).transcribe(segment(7.0, 6.0), (doubtful,))
    assert whisper.asked == [(False, False)]


@pytest.mark.parametrize("whole", [True, False])
def test_words_of_hopeless_probability_were_not_said(whole: bool) -> None:
    listener = transcriber(FakeWhisper(biased=SENTENCE, plain=SENTENCE, log_probability=-2.0))
    found = listener.transcribe(segment(0.0, 6.0)) if whole else listener.hypothesise(segment(0.0, 6.0))
    assert found.words == ()


class Unsure(FakeWhisper):
    """Writes words down that it isn't sure of."""

    def align(self, heard: Heard, prefix: Sequence[int], tokens: Sequence[int]) -> list[TimedWord]:
        return [replace(word, probability=0.4) for word in super().align(heard, prefix, tokens)]


@pytest.mark.parametrize(("waiting", "looks"), [(Waiting.NOBODY, 3), (Waiting.SOMEBODY, 2), (Waiting.LONG, 1)])
def test_the_longer_somebody_waits_the_less_is_looked_for_terms(waiting: Waiting, looks: int) -> None:
    whisper = Unsure(biased="", plain="we ran cubernetes on a small machine every night")
    transcriber(whisper).transcribe(segment(0.0, 6.0), hurry=lambda: waiting)
    assert len(whisper.asked) == looks


def test_whoever_begins_to_wait_meanwhile_gets_a_greedy_decoding() -> None:
    whisper = FakeWhisper(biased=SENTENCE, plain=SENTENCE)
    waits = chain([False], repeat(True))
    transcriber(whisper).transcribe(segment(0.0, 6.0), hurry=lambda: next(waits))
    assert whisper.beams[0] == 1


@pytest.mark.parametrize(("hurried", "ways"), [(False, 3), (True, 2)])
def test_where_somebody_waits_the_first_sound_decoding_will_do(hurried: bool, ways: int) -> None:
    before = Spoken(segment(0.0, 5.0), Utterance((Word("Then", 0.3, 1.0, 0.9),), 0.3, 4.8))
    whisper = FakeWhisper(biased=SENTENCE, plain="so", alone="well")
    found = transcriber(whisper).transcribe(segment(7.0, 6.0), (before,), hurry=lambda: hurried)
    assert found.text == SENTENCE
    assert len(whisper.asked) == ways


def test_what_is_not_english_has_no_words_and_says_what_it_is() -> None:
    whisper = FakeWhisper(biased=SENTENCE, plain=SENTENCE)
    whisper.language = "es"
    one, two = segment(0.0, 4.0), segment(4.5, 3.0)
    found = transcriber(whisper).transcribe(one)
    assert (found.words, found.language, found.start, found.end) == ((), "es", one.speech_start, one.speech_end)
    passage = transcriber(whisper).transcribe_passage([one, two])
    assert passage is not None
    assert [(heard.words, heard.language) for heard in passage] == [((), "es")] * 2
    assert whisper.asked == [], "nothing is decoded that would be invented"


def test_a_moment_of_speech_tells_no_language() -> None:
    whisper = FakeWhisper(biased=SENTENCE, plain=SENTENCE)
    whisper.language = "es"
    assert transcriber(whisper).transcribe(segment(0.0, 1.6)).text == SENTENCE
