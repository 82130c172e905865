"""The likeliest names fit the prompt's budget; swallowed words are noticed."""

from dataclasses import replace

import pytest

from rehearse.domain.guide import SampleSentence, Term
from rehearse.speech.biasing import hotwords, terms_for, words_are_missing
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
