"""Clauses and sentences together hold every word once."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from rehearse.coverage.clauses import MAX_SENTENCE, cleaned, content_words, split
from rehearse.domain.transcript import Transcript, Utterance, Word

word = st.sampled_from(["we", "model", "and", "because", "um", "it.", "so,", "which", "Docker", "ran;", "really?", "…"])


@given(st.lists(word, max_size=150))
def test_every_word_is_in_one_clause_and_one_sentence(said: list[str]) -> None:
    transcript = Transcript.typed(" ".join(said))
    sentences, clauses = split(transcript)
    for spans in (sentences, clauses):
        edges = [(span.first_word, span.end_word) for span in spans]
        assert all(first < end for first, end in edges)
        assert all(before[1] == after[0] for before, after in itertools.pairwise(edges))
        assert not edges or (edges[0][0] == 0 and edges[-1][1] == len(transcript.words))
    assert all(sentence.end_word - sentence.first_word <= MAX_SENTENCE for sentence in sentences)
    for clause in clauses:
        sentence = sentences[clause.sentence]
        assert sentence.first_word <= clause.first_word < clause.end_word <= sentence.end_word


def test_a_sentence_is_cut_where_something_else_begins() -> None:
    _, clauses = split(
        Transcript.typed("The model runs in a container on two machines, and if it fails we get a call.")
    )
    assert [clause.text for clause in clauses] == [
        "The model runs in a container on two machines,",
        "and if it fails we get a call.",
    ]


def test_fillers_and_false_starts_do_not_reach_the_encoder() -> None:
    assert (
        cleaned([Word("um,"), Word("we"), Word("we"), Word("uh"), Word("deployed"), Word("it.")]) == "we deployed it."
    )


def test_terms_are_read_in_canonical_spelling() -> None:
    assert cleaned([Word("cube"), Word("Cooper-Netties", term="Kubernetes")]) == "cube Kubernetes"


def test_content_words_leave_out_fillers() -> None:
    assert content_words("Um, so, it's CI/CD.") == ["it's", "ci/cd"]


def heard(*utterances: str) -> Transcript:
    """Timed, as a recogniser leaves it."""
    said, at = [], 0.0
    for utterance in utterances:
        words = tuple(Word(word, at + i, at + i + 0.5) for i, word in enumerate(utterance.split()))
        said.append(Utterance(words, at, at + len(words)))
        at += len(words)
    return Transcript(tuple(said), True, at, "tiny.en")


def test_a_capital_opens_a_sentence_where_the_recogniser_left_out_the_full_stop() -> None:
    sentences, _ = split(
        heard("It tells which batch will grow We trained it on photos", "Releasing it was not my part")
    )
    assert [sentence.text for sentence in sentences] == [
        "It tells which batch will grow",
        "We trained it on photos",
        "Releasing it was not my part",
    ]


def test_names_and_the_first_person_open_no_sentence() -> None:
    sentences, _ = split(heard("so in the end I said to Anna that I", "MLflow and I would do", "I'd think so"))
    assert len(sentences) == 1


def test_a_run_of_words_without_a_full_stop_is_not_cut_inside_a_phrase() -> None:
    said = (
        "so what we had was a small warehouse in the north with some forty people who pack the boxes by hand every "
        "morning and my part of it was to say the evening before how many of them would be needed on our loading dock"
    )
    assert len(said.split()) == MAX_SENTENCE
    sentences, _ = split(Transcript.typed(f"{said} for the trucks from the coast"))
    assert len(sentences) == 2
    assert sentences[1].text.split()[0] in ("and", "for", "from", "on")
    assert sentences[0].text.split()[-1] not in ("the", "our", "of", "to")
