import pytest

from rehearse.delivery.repetitions import find_repetitions
from rehearse.domain.transcript import Transcript, Utterance, Word


def said(*utterances: str) -> Transcript:
    return Transcript(
        tuple(
            Utterance(
                tuple(Word(w, k * 10 + i, k * 10 + i + 0.5) for i, w in enumerate(text.split())), k * 10, k * 10 + 9
            )
            for k, text in enumerate(utterances)
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the, the model", [("the", 2)]),
        ("the the the model", [("the", 3)]),
        ("we had we had a model", [("we had", 2)]),
        ("we we... we did", [("we", 3)]),
        ("the, um, the model", [("the", 2)]),
        ("um um no", []),
        ("I I think in the in the end", [("I", 2), ("in the", 2)]),
        ("the one that had had it", []),
        ("we knew that that was it", []),
        ("that that that was it", [("that", 3)]),
        ("it was very very slow", []),
        ("error five five zero zero at 10 10", []),
        ("we shipped it. It worked", []),
        ("W W W dot", []),
        ("one thing and another thing", []),
    ],
)
def test_repetitions_are_told_from_good_english(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(r.text, r.times) for r in find_repetitions(said(text))] == expected


def test_a_word_taken_up_again_after_a_pause_is_a_repetition_from_where_it_began() -> None:
    (repetition,) = find_repetitions(said("And then the", "the model"))
    assert (repetition.text, repetition.start) == ("the", 2)
