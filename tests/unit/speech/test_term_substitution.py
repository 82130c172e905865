"""What the names in mind may change: a name that sounds like what was heard, a filler, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.guide import Term
from rehearse.domain.transcript import Word
from rehearse.speech.term_recognition import TermRecogniser
from rehearse.speech.term_substitution import with_names

EAR = TermRecogniser(
    (Term("Kubernetes"), Term("scikit-learn"), Term("API Gateway"), Term("AWS Lambda"), Term("Redis"), Term("Dagster"))
)


def words(text: str, probability: float = 0.6) -> tuple[Word, ...]:
    """Words of half a second each, one after the other, `word/0.3` with its own probability."""
    found = []
    for at, token in enumerate(text.split()):
        said, _, own = token.partition("/")
        found.append(Word(said, at * 0.5, at * 0.5 + 0.5, float(own) if own else probability))
    return tuple(found)


def merged(plain: str, biased: str) -> str:
    return " ".join(word.text for word in with_names(words(plain), words(biased), EAR))


@pytest.mark.parametrize(
    ("plain", "biased", "written"),
    [
        ("we ran cube grenades, and slept", "We ran Kubernetes and slept", "we ran Kubernetes, and slept"),
        ("with side kit learn. I", "with scikit-learn, I", "with scikit-learn. I"),
        ("behind a P.I. gateway and", "behind API Gateway, and", "behind API Gateway and"),
        ("to it. A W.S. lender runs", "to it, AWS, Lambda, runs", "to it. AWS Lambda runs"),
        ("sit in reddies. Then", "sit in Redis, Then", "sit in Redis. Then"),
    ],
)
def test_a_name_is_taken_over_where_it_sounds_like_what_was_heard(plain: str, biased: str, written: str) -> None:
    assert merged(plain, biased) == written


@pytest.mark.parametrize(
    ("plain", "biased"),
    [
        ("we tried and failed again", "We Triedand FailedAgain"),
        ("the old mill by the water", "the Kubernetes by the water"),
        ("from the big/0.95 store/0.95 nearby", "from the Dagster nearby"),
        ("we went home", "we went"),
        ("we went home", "we went home and Redis"),
    ],
)
def test_all_else_stays(plain: str, biased: str) -> None:
    assert merged(plain, biased) == " ".join(word.text for word in words(plain))


@pytest.mark.parametrize(
    ("plain", "biased", "written"),
    [
        ("it ran every night", "it um/0.5 ran every night", "it um/0.5 ran every night"),
        ("it ran every night", "it um/0.1 ran every night", "it ran every night"),
        ("it uh ran every night", "it um/0.5 ran every night", "it uh ran every night"),
    ],
)
def test_a_filler_that_was_left_out_comes_back_if_it_was_heard(plain: str, biased: str, written: str) -> None:
    assert merged(plain, biased) == " ".join(word.text for word in words(written))


TALK = ["we", "ran", "cube", "grenades", "Kubernetes", "um", "AWS", "Lambda,", "A", "W.S.", "home"]


@pytest.mark.parametrize(("begin", "end", "said"), [(0.5, 0.52, False), (0.3, 0.54, False), (0.3, 0.65, True)])
def test_a_filler_that_takes_no_time_was_not_said(begin: float, end: float, said: bool) -> None:
    mine = (Word("it", 0.0, begin, 0.9), Word("ran", end, 1.0, 0.9))
    other = (mine[0], Word("uh", begin, begin + 0.02, 0.7), mine[1])
    assert (len(with_names(mine, other, EAR)) == 3) is said, "its own length in the alignment tells little"


some = st.lists(st.sampled_from(TALK), max_size=9)


@given(some, some)
def test_the_words_stay_in_order_and_only_names_and_fillers_are_new(plain: list[str], biased: list[str]) -> None:
    mine, other = words(" ".join(plain)), words(" ".join(biased))
    found = with_names(mine, other, EAR)
    allowed = {word.text.strip(".,") for word in mine} | {"Kubernetes", "AWS", "A", "W.S", "Lambda", "um"}
    assert {word.text.strip(".,") for word in found} <= allowed
    assert with_names(mine, mine, EAR) == mine
