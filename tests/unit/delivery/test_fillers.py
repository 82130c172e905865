import pytest

from rehearse.delivery.fillers import find_fillers
from rehearse.domain.transcript import Transcript, Utterance, Word


def said(*utterances: str) -> Transcript:
    """Utterances ten seconds apart, a word every half second."""
    return Transcript(
        tuple(
            Utterance(
                tuple(Word(word, 10.0 * k + i * 0.5, 10.0 * k + i * 0.5 + 0.4) for i, word in enumerate(text.split())),
                10.0 * k,
                10.0 * k + 9,
            )
            for k, text in enumerate(utterances)
        )
    )


def texts(text: str) -> list[str]:
    return [filler.text for filler in find_fillers(said(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Um, so we, uh, had erm... a model. Uhm, hmm.", ["um", "uh", "erm", "uhm", "hmm"]),
        ("The umbrella and the error and her", []),
        ("It was, like, three weeks", ["like"]),
        ("It took like three weeks", ["like"]),
        ("It took like 3 weeks", ["like"]),
        ("Like, we had it", ["like"]),
        ("It's like really slow", ["like"]),
        ("We used um like a queue", ["um", "like"]),
        ("It looks like a bank", []),
        ("What it looks like.", []),
        ("I like it, and users like speed", []),
        ("We wanted tools like Docker", []),
        ("Some clouds, like AWS, charge more", []),
        ("You know, the data was late", ["you know"]),
        ("It was hard, you know.", ["you know"]),
        ("Do you know what I mean?", []),
        ("As you know, we ship", []),
        ("Then you know whether it works", []),
        ("I mean, it worked", ["I mean"]),
        ("And I mean the first thing broke", ["I mean"]),
        ("What I mean is this", []),
        ("By that I mean the latency", []),
        ("I mean it", []),
        ("It was sort of slow and we kind of knew", ["sort of", "kind of"]),
        ("This sort of thing is a kind of queue", []),
        ("What kind of model", []),
        ("", []),
    ],
)
def test_fillers_are_told_from_words_by_their_neighbours(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_filler_says_where_and_when() -> None:
    (filler,) = find_fillers(said("We trained it and, you know, shipped it"))
    assert (filler.text, filler.first_word, filler.end_word, filler.start) == ("you know", 4, 6, 2.0)


def test_a_phrase_does_not_reach_across_an_utterance() -> None:
    assert find_fillers(said("That is what I", "mean and median were used")) == ()


def test_any_word_of_a_phrase_excuses_it() -> None:
    transcript = said("Um, it was, you know, slow")
    assert [f.text for f in find_fillers(transcript, excused=[4])] == ["um"]
    assert [f.text for f in find_fillers(transcript, excused=[0])] == ["you know"]


def test_the_first_word_after_a_silence_is_not_dated_into_it() -> None:
    late = Transcript((Utterance((Word("Um,", 1.0, 6.2), Word("yes", 6.2, 6.5)), 6.0, 6.6),))
    assert find_fillers(late)[0].start == 6.0
