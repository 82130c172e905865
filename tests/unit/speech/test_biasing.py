"""The likeliest names fit the prompt's budget; swallowed words are noticed."""

from dataclasses import replace

import pytest

from rehearse.domain.guide import SampleSentence, Term
from rehearse.speech.biasing import HESITANT, hotwords, prompt, terms_for, words_are_missing
from tests.fakes import small_guide


def letters_as_tokens(text: str) -> list[int]:
    return [ord(letter) for letter in text]


def test_names_of_the_sample_come_first_then_those_of_the_level() -> None:
    terms = (
        Term("pipeline", named=False),
        Term("Istio", level=3),
        Term("cron", level=1),
        Term("Docker", level=3),
    )
    guide = replace(small_guide(), terms=terms)
    scenario = replace(guide.scenarios[0], sample=(SampleSentence("I used docker."),))
    assert [term.name for term in terms_for(guide, scenario)] == ["Docker", "cron", "Istio", "pipeline"]


def test_as_many_names_as_fit_the_likeliest_nearest_to_the_text() -> None:
    terms = [Term("first"), Term("second"), Term("third")]
    assert "".join(map(chr, hotwords(terms, letters_as_tokens, budget=13))) == "second, first"


def test_no_terms_no_prompt() -> None:
    assert hotwords((), letters_as_tokens) == ()
    assert prompt((), letters_as_tokens) == ()


def test_hesitation_stands_before_the_names_far_from_the_text() -> None:
    assert "".join(map(chr, prompt([Term("Docker")], letters_as_tokens))) == HESITANT + "Docker"


def test_words_that_the_recogniser_knows_make_room_for_names_that_it_doesnt() -> None:
    terms = [Term("random forest"), Term("Grafana")]

    def encode(text: str) -> list[int]:
        return [0] * sum(1 if word.islower() else 3 for word in text.split())

    assert len(hotwords(terms, encode, budget=4)) == len(encode("Grafana"))


def test_sections_take_turns_the_higher_levels_first() -> None:
    guide = replace(
        small_guide(),
        terms=(
            Term("one", sections=("goal",)),
            Term("two", sections=("goal",), level=2),
            Term("three", sections=("goal",)),
            Term("four", sections=("steps",)),
        ),
    )
    assert [term.name for term in terms_for(guide)] == ["two", "four", "one", "three"]


@pytest.mark.parametrize(
    ("text", "voiced", "missing"),
    [
        ("we lost a sentence", 8.0, True),
        ("", 2.0, True),
        ("um", 1.2, False),
        ("we ran it every night on a small machine", 4.0, False),
    ],
)
def test_too_few_words_for_the_length_of_speech(text: str, voiced: float, missing: bool) -> None:
    assert words_are_missing(text, voiced) is missing
