"""A guide tried aloud, with a voice that hums and a recogniser that hears what the test says."""

from dataclasses import replace

import numpy as np

from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import SampleSentence, Scenario, Term
from rehearse.domain.sound import Samples, seconds
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.services.spoken_guide import TOGETHER, Hear, SpokenSampleMarks, WrongTerm, hear_samples, hear_terms
from rehearse.services.spoken_sample import timed
from tests.fakes import KeywordAssessor, small_guide

NAMES = ("Docker", "Lift", "Kafka", "Spark", "Flink", "Redis", "Airflow", "Peeking")
GUIDE = replace(small_guide(), terms=tuple(Term(name) for name in NAMES))


class Hum:
    """Two seconds of sound for every text."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.rested = 0

    def synthesise(self, text: str, *, speed: float = 1.0, pause: float = 0.25, seed: int = 0) -> Samples:
        del speed, pause, seed
        self.said.append(text)
        return np.zeros(32_000, np.float32)

    def rest(self) -> None:
        self.rested += 1


def hearing(*heard: str) -> Hear:
    """Every sentence takes two seconds; the sounds hold one or more of them."""
    left = list(heard)

    def hear(sound: Samples, scenario: Scenario) -> tuple[Transcript, Coverage]:
        number = max(1, round(seconds(len(sound)) / 2))
        utterances = []
        for at in range(number):
            start = 2.0 * at
            utterances.append(Utterance(timed(left.pop(0).split(), start + 0.1, start + 1.9), start, start + 2))
        transcript = Transcript(tuple(utterances), duration=seconds(len(sound)))
        return transcript, KeywordAssessor(GUIDE).assess(transcript, scenario, final=True)

    return hear


def test_terms_that_were_heard_as_something_else_are_told_with_what_was_heard() -> None:
    misheard = {"Lift": "Lyft", "Peeking": "the peak in"}
    texts = [f"We worked with {misheard.get(name, name)} for about a year." for name in NAMES]
    texts[4] = "Blink, about a year."
    voice = Hum()
    seen: list[tuple[str, int, int]] = []
    wrong = hear_terms(GUIDE, voice, hearing(*texts), lambda *told: seen.append(told))
    assert wrong == [WrongTerm(1, "Lyft"), WrongTerm(4, "Blink, about a year."), WrongTerm(7, "the peak in")]
    assert voice.said[0] == "We worked with Docker for about a year."
    assert voice.rested == 1
    assert [told for told in seen if told[0] == "hearing term"] == [
        ("hearing term", 0, len(NAMES)),
        ("hearing term", TOGETHER, len(NAMES)),
    ]


def test_another_term_in_its_place_isnt_it() -> None:
    texts = [f"We worked with {name} for about a year." for name in NAMES]
    texts[0], texts[1] = texts[1], texts[0]
    assert [one.index for one in hear_terms(GUIDE, Hum(), hearing(*texts), lambda *_: None)] == [0, 1]


def test_a_guide_without_terms_has_none_wrong() -> None:
    assert hear_terms(small_guide(), Hum(), hearing(), lambda *_: None) == []


def test_sections_that_are_lost_by_air_and_those_that_never_were_marked() -> None:
    sample = (*GUIDE.scenarios[0].sample, SampleSentence("I learned it.", "lesson"))
    scenario = replace(GUIDE.scenarios[0], sample=sample)
    guide = replace(GUIDE, scenarios=(scenario,))
    heard = "The goal was fewer wrong orders and the stops were simple, I learned it."
    (marks,) = hear_samples(guide, KeywordAssessor(guide), Hum(), hearing(heard), lambda *_: None)
    assert marks == SpokenSampleMarks(scenario, lost=("steps",), unmarked=("lesson",))
