"""From clauses and sentences to one score a section."""

import numpy as np
import pytest

from rehearse.coverage.clauses import Clause
from rehearse.coverage.judging import Judged
from rehearse.coverage.pooling import ALONE, DENSE, EARLY, pooled, section_scores

AT = 0.475


def said(score: float, tag: float | None, sentence: int, *, blocked: str | None = None) -> Judged:
    tags = None if tag is None else np.array([tag, -6.0])
    clause = Clause(sentence * 5, sentence * 5 + 5, "five words are said here", sentence)
    return Judged(clause, np.array([score, -1.0]), tags, (blocked, None), np.zeros(3, np.float32))


def score(*clauses: Judged, against: float = 0.0, growing: bool = False) -> float:
    return section_scores(clauses, against, AT, sections=2, growing=growing)[0]


def test_without_tags_the_clauses_decide() -> None:
    assert score(said(0.7, None, 0), said(-0.9, None, 1)) == pytest.approx(pooled([0.7, -0.9]))
    assert score(said(0.7, None, 0), against=0.2) == pytest.approx(0.5)
    assert score(said(0.7, None, 0, blocked="denied")) == -1.0


def test_a_likelier_sentence_is_worth_more_and_a_second_one_confirms_it() -> None:
    unlikely = [said(-0.5, -4.0, number) for number in range(2, 12)]
    one = score(said(0.4, 0.0, 0), said(0.0, -2.5, 1), *unlikely)
    assert score(said(0.4, 1.0, 0), said(0.0, -2.5, 1), *unlikely) > one
    assert score(said(0.4, 0.0, 0), said(0.0, -0.5, 1), *unlikely) > one
    assert score(said(0.4, 0.0, 0), said(0.0, -ALONE, 1), *unlikely) == pytest.approx(
        score(said(0.4, 0.0, 0), said(0.0, -9.0, 1), *unlikely)
    )


def test_in_a_dense_answer_the_same_words_count_less() -> None:
    touched = said(0.0, -0.4, 0)
    rambling = [said(-0.5, DENSE - 2, number) for number in range(1, 12)]
    dense = [
        Judged(judged.clause, judged.scores, np.array([-4.0, 3.0]), judged.blocked, judged.meaning)
        for judged in rambling
    ]
    # One plain thing in both, so that it can't tell them apart.
    assert score(touched, *dense) < AT < score(touched, dense[0], *rambling[1:])


def test_where_something_is_said_plainly_hints_count_for_more() -> None:
    hint = [said(0.2, -1.5, 0), *(said(-0.5, DENSE - 2, number) for number in range(1, 12))]
    # About another section, so that it can't help by being evidence itself.
    plain = Judged(hint[1].clause, hint[1].scores, np.array([DENSE - 2, 0.9]), hint[1].blocked, hint[1].meaning)
    assert score(hint[0], plain, *hint[2:]) > score(*hint)


def test_what_is_blocked_does_not_count_by_its_sentence_either() -> None:
    rest = [said(-0.5, -4.0, number) for number in range(1, 8)]
    assert score(said(0.9, 2.0, 0, blocked="denied"), *rest) < AT < score(said(0.9, 2.0, 0), *rest)
    assert score(said(0.9, 2.0, 0, blocked="denied")) < AT


def test_a_growing_answer_must_be_clearer() -> None:
    clauses = [said(0.9, 1.0, 0), said(0.2, 0.0, 1)]
    assert score(*clauses, growing=True) == pytest.approx(score(*clauses) - EARLY)


def test_what_speaks_against_the_answer_is_taken_off() -> None:
    clauses = [said(0.9, 1.0, 0), said(0.2, 0.0, 1)]
    assert score(*clauses, against=0.3) < score(*clauses)


def test_two_middling_clauses_count_together() -> None:
    assert pooled([0.3, 0.3]) > pooled([0.3]) == pytest.approx(0.3)
    assert pooled([]) == -1.0
