"""Terms come out in the guide's spelling, or are marked beside what was heard; ordinary words are left alone."""

from collections.abc import Container
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.guide import Term
from rehearse.domain.transcript import Word
from rehearse.speech.phonetics import letters, sounds
from rehearse.speech.term_recognition import TermRecogniser

TERMS = (
    Term("Kubernetes", aliases=("k8s",)),
    Term("MLflow"),
    Term("LightGBM"),
    Term("ONNX"),
    Term("LSTM"),
    Term("logistic regression"),
    Term("CI/CD"),
    Term("pipeline", named=False),
    Term("API Gateway"),
    Term("IT", named=False),
    Term("Go", named=False, aliases=("golang",)),
)


def heard(text: str, probability: float = 0.9) -> list[tuple[str, str | None]]:
    words = [Word(word, i, i + 0.5, probability) for i, word in enumerate(text.split())]
    return [(word.text, word.term) for word in TermRecogniser(TERMS).hear(words)]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("light GBM.", "LightGBM."),
        ("ML Flow", "MLflow"),
        ("MLF-LOW", "MLflow"),
        ("Ci Cd,", "CI/CD,"),
        ("api-gateway", "API Gateway"),
        ("Logistic Regression", "logistic regression"),
    ],
)
def test_another_spelling_is_written_as_the_guide_does(said: str, written: str) -> None:
    assert " ".join(text for text, _ in heard(said)) == written


@pytest.mark.parametrize(
    ("said", "term"),
    [("cube grenades", "Kubernetes"), ("like GBM", "LightGBM")],
)
def test_a_sound_alike_keeps_its_words_and_gets_the_term_beside_it(said: str, term: str) -> None:
    assert heard(said, probability=0.4) == [(word, term) for word in said.split()]


@pytest.mark.parametrize(
    "said",
    [
        "in my last team we had a model",
        "the support team reads the reviews every morning",
        "we like it and they like it",
        "It is time to go, so go for it",
        "one by one the cubes were packed",
        "it ran every night on a machine under my desk",
    ],
)
@pytest.mark.parametrize("probability", [0.4, 0.95])
def test_ordinary_words_are_left_alone(said: str, probability: float) -> None:
    assert heard(said, probability) == [(word, None) for word in said.split()]


def test_words_around_a_term_stay() -> None:
    assert heard("the logistic regression won") == [
        ("the", None),
        ("logistic", "logistic regression"),
        ("regression", "logistic regression"),
        ("won", None),
    ]


def test_a_name_inside_another_form_of_it_is_written_as_the_guide_does() -> None:
    ear = TermRecogniser((Term("Docker", aliases=("docker image", "docker images")),))
    heard = ear.hear([Word("a"), Word("docker", probability=0.5), Word("image,")])
    assert [(word.text, word.term) for word in heard] == [("a", None), ("Docker", "Docker"), ("image,", "Docker")]


def test_an_alias_is_a_term_as_it_was_said() -> None:
    assert heard("on k8s now")[1] == ("k8s", "Kubernetes")


def test_a_common_word_is_marked_among_names_and_not_rewritten() -> None:
    assert heard("Our Pipeline.") == [("Our", None), ("Pipeline.", None)]
    assert heard("Our MLflow Pipeline.")[1:] == [("MLflow", "MLflow"), ("Pipeline.", "pipeline")]


@pytest.mark.parametrize("said", ["a pickle in the jar", "a flask of tea", "The flask, the pickle"])
def test_who_speaks_of_other_things_means_the_things(said: str) -> None:
    recogniser = TermRecogniser(
        (Term("pickle"), Term("Flask"), Term("Docker")), {"a", "flask", "of", "tea", "the"}.__contains__
    )
    words = [Word(word) for word in said.split()]
    assert recogniser.hear(words) == tuple(words)
    assert [word.term for word in recogniser.hear(words, among_names=True) if word.term]
    beside = recogniser.hear([*words, Word("Docker")])
    assert beside[-1].term == "Docker"
    assert any(word.term in ("pickle", "Flask") for word in beside)


@pytest.mark.parametrize(
    ("said", "confirmed", "term"),
    [
        ("Graffaene", None, "Grafana"),
        ("Graffaene", frozenset(), None),
        ("Graffaene", {"Kubernetes"}, None),
        ("Graffaene", {"Grafana"}, "Grafana"),
        ("Graffaene behind Kubernetes", frozenset(), "Grafana"),
        ("Grafana", frozenset(), "Grafana"),
    ],
)
def test_a_guess_that_only_sounds_like_a_name_counts_if_names_in_mind_confirm_it(
    said: str, confirmed: Container[str] | None, term: str | None
) -> None:
    words = [Word(word, i, i + 0.5, 0.46) for i, word in enumerate(said.split())]
    assert TermRecogniser((*TERMS, Term("Grafana"))).hear(words, confirmed=confirmed)[0].term == term


def test_a_guess_of_the_recogniser_is_no_evidence() -> None:
    terms = (Term("Dagster"), Term("Kubernetes"))
    for said, probability in (("big-store", 0.03), ("big-store", 0.5), ("cube grenades", 0.03)):
        words = [Word(word, probability=probability) for word in said.split()]
        assert TermRecogniser(terms).hear(words) == tuple(words)


def test_a_term_does_not_reach_over_the_end_of_a_clause() -> None:
    assert all(term is None for _, term in heard("a light, GBM"))


def test_keys() -> None:
    assert letters("CI/CD") == letters("ci cd") == "cicd"
    assert sounds("knight") == sounds("knite")
    assert sounds("") == ""


@given(st.lists(st.text(min_size=1, max_size=12).filter(lambda text: not text.isspace()), max_size=12))
def test_no_word_gets_lost(said: list[str]) -> None:
    words = [Word(word, i, i + 0.5, 0.5) for i, word in enumerate(said)]
    found = TermRecogniser(TERMS).hear(words)
    assert letters("".join(word.text for word in found)) == letters("".join(said))
    assert all(before.start <= after.start for before, after in pairwise(found))


ORDINARY = {"accessible", "perfect", "like", "detection", "post", "console"}
NAMED = (*TERMS, Term("Ansible"), Term("Prefect"), Term("Tecton"), Term("Postgres"), Term("Consul"))


def heard_by_one_who_knows(said: str, probability: float) -> list[tuple[str, str | None]]:
    recogniser = TermRecogniser(NAMED, ORDINARY.__contains__)
    words = [Word(word, i, i + 0.5, probability) for i, word in enumerate(said.split())]
    return [(word.text, word.term) for word in recogniser.hear(words)]


@pytest.mark.parametrize("word", ["accessible", "detection", "perfect", "like"])
def test_an_ordinary_word_is_no_term_because_it_resembles_one(word: str) -> None:
    assert heard_by_one_who_knows(word, 0.9) == [(word, None)]


def test_an_ordinary_word_of_which_the_recogniser_was_unsure_must_sound_exactly_like_the_term() -> None:
    assert heard_by_one_who_knows("accessible", 0.3) == [("accessible", None)]
    assert heard_by_one_who_knows("perfect", 0.3) == [("perfect", None)]
    assert heard_by_one_who_knows("perfect MLflow", 0.3) == [("perfect", "Prefect"), ("MLflow", "MLflow")]


def test_a_word_that_exists_nowhere_but_sounds_and_looks_like_a_term_is_written_as_the_term() -> None:
    assert heard_by_one_who_knows("post-gress,", 0.9) == [("Postgres,", "Postgres")]
    assert heard_by_one_who_knows("Onks", 0.4) == [("ONNX", "ONNX")]


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("with side kit-learn.", "with scikit-learn."),
        ("in vast API, built", "in FastAPI, built"),
        ("behind a P, I gateway.", "behind API Gateway."),
        ("a Grafanna board", "a Grafana board"),
    ],
)
def test_a_near_miss_that_is_no_english_is_written_as_the_term_it_resembles(heard: str, written: str) -> None:
    terms = (*NAMED, Term("scikit-learn"), Term("FastAPI"), Term("API"), Term("Grafana"))
    english = {"with", "side", "in", "vast", "api", "built", "behind", "a", "board"}
    found = TermRecogniser(terms, english.__contains__).hear([Word(word) for word in heard.split()])
    assert " ".join(word.text for word in found) == written


def test_a_name_that_was_heard_is_not_taken_for_a_longer_one_of_other_sound() -> None:
    terms = (Term("FastAPI"), Term("API"), Term("GitHub Actions"), Term("Git"))
    said = "the first API and the git action"
    found = TermRecogniser(terms, {"first", "action", "the", "and"}.__contains__).hear([Word(w) for w in said.split()])
    assert " ".join(word.text for word in found) == "the first API and the Git action"


def test_a_stroke_may_be_read_aloud() -> None:
    found = TermRecogniser((Term("A/B test"),)).hear([Word(word) for word in ["as", "a", "slash", "B", "test"]])
    assert [word.term for word in found] == [None, *["A/B test"] * 4]


def test_it_is_worth_listening_again_only_where_a_term_is_likely() -> None:
    recogniser = TermRecogniser(NAMED, ORDINARY.__contains__)
    assert recogniser.suspects([Word("accessible", probability=0.3), Word("perfectly", probability=0.9)]) == ()
    assert recogniser.suspects([Word("post", probability=0.3), Word("grass", probability=0.3)]) == ("Postgres",)


def test_a_sound_alike_is_not_taken_for_the_spelled_out_term() -> None:
    recogniser = TermRecogniser(NAMED)
    assert recogniser.names_in("we used Onks and MLflow") == {"MLflow"}
