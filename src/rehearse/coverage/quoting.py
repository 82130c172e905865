"""Which words are shown for a mark: a clause with as much of its sentence as makes it plain."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rehearse.coverage.clauses import Clause
from rehearse.coverage.judging import Judged
from rehearse.domain.transcript import Quote, Transcript

LEAST_WORDS = 4
"""Of a quote: nobody believes fewer."""
MOST_WORDS = 25
"""Up to which a clause is shown with its neighbours in the same sentence: cut short, many a clause doesn't say why it
counts. More than that isn't read at a glance."""
FEW_WORDS = 12
"""A whole sentence of fewer often leans on its neighbour (“We had very similar issues”), so that is shown with it."""
QUOTES = 4
"""That a mark shows at most."""


def quoted(
    index: int, counting: Sequence[Judged], clauses: Sequence[Judged], transcript: Transcript
) -> tuple[Quote, ...]:
    """The words of the clauses that count best; one that another quote shows already isn't shown again.

    Args:
        index: of the section they count for.
        counting: what is to be shown, the best first.
        clauses: those that may be shown beside them, in any order.
        transcript: of the whole answer.
    """
    spans: list[tuple[int, int]] = []
    for judged in counting:
        if len(spans) == QUOTES:
            break
        if _shown(judged.clause, spans):
            continue
        new = [one for one in clauses if not _shown(one.clause, spans)]
        first, end = _with_neighbour(index, *_widened(judged, new), new)
        spans.append(_at_least(first, end, transcript))
    return tuple(transcript.quote(first, end) for first, end in spans)


def _shown(clause: Clause, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= clause.first_word and clause.end_word <= end for first, end in spans)


def _widened(judged: Judged, clauses: Sequence[Judged]) -> tuple[int, int]:
    """With neighbours of its sentence, first those after it, while they fit."""
    first, end = judged.clause.first_word, judged.clause.end_word
    beside = [one.clause for one in clauses if one.clause.sentence == judged.clause.sentence]
    while True:
        after = next((clause.end_word for clause in beside if clause.first_word == end), None)
        before = next((clause.first_word for clause in beside if clause.end_word == first), None)
        if after is not None and after - first <= MOST_WORDS:
            end = after
        elif before is not None and end - before <= MOST_WORDS:
            first = before
        else:
            return first, end


def _with_neighbour(index: int, first: int, end: int, clauses: Sequence[Judged]) -> tuple[int, int]:
    """A short sentence together with the sentence beside it that says more of the section, if that speaks of none more
    than of this one and both are read at a glance.
    """
    if end - first >= FEW_WORDS:
        return first, end
    found = [
        (float(said[0].tags[index]), min(first, said[0].clause.first_word), max(end, said[-1].clause.end_word))
        for said in _sentences(clauses)
        if said[0].tags is not None and (said[-1].clause.end_word == first or said[0].clause.first_word == end)
        if said[0].speaks_of(index)
    ]
    fitting = [(tag, one, other) for tag, one, other in found if other - one <= MOST_WORDS]
    return max(fitting)[1:] if fitting else (first, end)


def _sentences(clauses: Sequence[Judged]) -> Iterator[list[Judged]]:
    """The clauses of each sentence, in order."""
    ordered = sorted(clauses, key=lambda one: one.clause.first_word)
    for _, said in groupby(ordered, key=lambda one: one.clause.sentence):
        yield list(said)


def _at_least(first: int, end: int, transcript: Transcript) -> tuple[int, int]:
    """A scrap with what stands around it, first of its own sentence."""
    words = transcript.words
    while end - first < LEAST_WORDS and end < len(words) and not words[end - 1].ends_sentence:
        end += 1
    while end - first < LEAST_WORDS and first > 0:
        first -= 1
    while end - first < LEAST_WORDS and end < len(words):
        end += 1
    return first, end
