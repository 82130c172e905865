"""Agreement of marks with labels, by figures worked out by hand."""

import pytest

from rehearse.domain.agreement import agreement, agreements, macro_f1


def test_of_one_section() -> None:
    # two right, one too many, one missed, four rightly left out
    row = agreement("goal", [True, True, False, True, *[False] * 4], [True, True, True, False, *[False] * 4])
    assert row.f1 == pytest.approx(2 / 3)
    assert (row.precision, row.recall, row.labelled) == (2 / 3, 2 / 3, 3)
    # observed 6/8; by chance (3*3 + 5*5) / 64
    assert row.kappa == pytest.approx((6 / 8 - 34 / 64) / (1 - 34 / 64))


def test_nothing_ticked_by_anybody_is_agreement() -> None:
    row = agreement("goal", [False, False], [False, False])
    assert (row.f1, row.kappa, row.labelled) == (1, 1, 0)


def test_everything_ticked_wrongly() -> None:
    row = agreement("goal", [False, True], [True, False])
    assert (row.f1, row.precision, row.recall, row.kappa) == (0, 0, 0, -1)


def test_the_mean_counts_every_section_alike() -> None:
    rows = agreements(["a", "b"], [{"a"}, {"a"}, set()], [{"a"}, {"a"}, {"b"}])
    assert [row.f1 for row in rows] == [1, 0]
    assert macro_f1(rows) == 0.5
