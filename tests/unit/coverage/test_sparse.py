"""Rows of mostly zeros."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rehearse.coverage.sparse import PART, SparseRows


@settings(deadline=None, max_examples=25)
@given(count=st.integers(1, 12), width=st.integers(1, 2 * PART + 7), seed=st.integers(0, 1000))
def test_gives_what_full_rows_give(count: int, width: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    full = np.where(random.random((count, width)) < 0.01, random.standard_normal((count, width)), 0).astype(np.float32)
    columns: list[NDArray[np.intp]] = [np.flatnonzero(row) for row in full]
    rows = SparseRows([(held, row[held]) for held, row in zip(columns, full, strict=True)], width)
    right, left = (random.standard_normal((size, 3)).astype(np.float32) for size in (width, count))
    np.testing.assert_allclose(rows.times(right), full @ right, atol=1e-4)
    np.testing.assert_allclose(rows.transposed_times(left), full.T @ left, atol=1e-4)
    products = np.ones((count, count), np.float32)
    rows.add_products(products, 0.5, np.empty_like(products))
    np.testing.assert_allclose(products, 1 + 0.5 * (full @ full.T), atol=1e-4)
