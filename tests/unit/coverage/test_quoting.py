"""Which words a mark shows."""

from dataclasses import replace

import numpy as np
import pytest

from rehearse.coverage.clauses import Clause, split
from rehearse.coverage.judging import Judged
from rehearse.coverage.quoting import MOST_WORDS, quoted
from rehearse.domain.transcript import Transcript


def judged(text: str) -> tuple[Transcript, list[Judged]]:
    transcript = Transcript.typed(text)
    return transcript, [plain(clause) for clause in split(transcript)[1]]


def plain(clause: Clause) -> Judged:
    return Judged(clause, np.zeros(1), None, (None,), np.zeros(1, np.float32))


def test_a_clause_is_shown_with_its_sentence_where_that_is_short() -> None:
    transcript, clauses = judged("We keep it in a container, and a job calls it at night. Then we go home.")
    assert len(clauses) > 2
    (quote,) = quoted(0, clauses[1:2], clauses, transcript)
    assert quote.text == "We keep it in a container, and a job calls it at night."


def test_a_long_sentence_is_not_shown_whole() -> None:
    long = "We keep it in a container on the old server, and a job calls it every night at three, because "
    transcript, clauses = judged(long + "the planners who come in early want to read what it says, while it is quiet.")
    (quote,) = quoted(0, clauses[:1], clauses, transcript)
    assert quote.text.startswith("We keep it")
    assert len(quote.text.split()) <= MOST_WORDS < len(transcript.words)


def test_what_one_quote_shows_is_not_shown_again() -> None:
    transcript, clauses = judged(
        "We keep it in a container, and a job calls it at night. Somebody reads the list then."
    )
    quotes = quoted(0, clauses, clauses, transcript)
    assert [quote.text for quote in quotes] == [
        "We keep it in a container, and a job calls it at night.",
        "Somebody reads the list then.",
    ]


def test_quotes_of_one_long_sentence_share_no_words() -> None:
    long = "We keep it in a container on the old server, and a job calls it every night at three, because "
    transcript, clauses = judged(long + "the planners who come in early want to read what it says, while it is quiet.")
    quotes = quoted(0, clauses[::-1], clauses, transcript)
    assert len(quotes) > 1
    words = [word for quote in quotes for word in range(quote.first_word, quote.end_word)]
    assert len(words) == len(set(words)) == len(transcript.words)


def test_a_neighbour_that_does_not_count_is_left_out() -> None:
    transcript, clauses = judged("We keep it in a container on a server, but we never set up any alerts for it.")
    (quote,) = quoted(0, clauses[:1], clauses[:1], transcript)
    assert "alerts" not in quote.text


def tagged(text: str, tags: list[list[float]]) -> tuple[Transcript, list[Judged]]:
    """Log-odds a sentence, of two sections."""
    transcript, clauses = judged(text)
    return transcript, [replace(one, tags=np.array(tags[one.clause.sentence])) for one in clauses]


@pytest.mark.parametrize(
    ("tags", "shown"),
    [
        ([[-2.0, -3.0], [1.0, -3.0], [-3.0, -3.0]], "The labels came late. We had very similar issues."),
        ([[-3.0, -3.0], [1.0, -3.0], [-2.0, -3.0]], "We had very similar issues. It took weeks."),
        ([[-2.0, 1.0], [1.0, -3.0], [-2.0, 1.0]], "We had very similar issues."),
        ([[-2.0, 1.0], [1.0, -3.0], [-3.0, -3.5]], "We had very similar issues. It took weeks."),
        ([[-2.0, -1.9], [1.0, -3.0], [-3.0, -2.9]], "We had very similar issues."),
    ],
)
def test_a_short_sentence_is_shown_with_the_neighbour_that_says_more_of_its_section(
    tags: list[list[float]], shown: str
) -> None:
    transcript, clauses = tagged("The labels came late. We had very similar issues. It took weeks.", tags)
    (quote,) = quoted(0, [one for one in clauses if one.clause.sentence == 1][:1], clauses, transcript)
    assert quote.text == shown


def test_a_neighbour_that_is_too_long_to_be_read_at_a_glance_is_left_out() -> None:
    long = (
        "The labels came late and then they were often wrong as well since nobody at the depots had time to look twice."
    )
    transcript, clauses = tagged(f"{long} We had very similar issues.", [[0.0, -3.0], [1.0, -3.0]])
    (quote,) = quoted(0, clauses[-1:], clauses, transcript)
    assert quote.text == "We had very similar issues."


@pytest.mark.parametrize("text", ["It is one. Of two.", "Fine. So it goes on and on."])
def test_a_scrap_is_shown_with_what_is_around_it(text: str) -> None:
    transcript, clauses = judged(text)
    (quote,) = quoted(0, clauses[:1], [], transcript)
    assert len(quote.text.split()) >= 4
