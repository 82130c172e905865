"""The inverse behind the classifier."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.coverage import inversion
from rehearse.coverage.inversion import invert_in_place


@settings(deadline=None, max_examples=25)
@given(size=st.integers(1, 60), block=st.integers(1, 70), seed=st.integers(0, 1000))
def test_gives_what_numpy_gives(size: int, block: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.standard_normal((size, 8)).astype(np.float32)
    matrix = rows @ rows.T + np.eye(size, dtype=np.float32)
    wanted = np.linalg.inv(matrix.astype(np.float64))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "BLOCK", block)
        invert_in_place(matrix)
    np.testing.assert_allclose(matrix, wanted, atol=1e-4)


def test_takes_hardly_more_memory_than_the_matrix() -> None:
    import tracemalloc

    matrix = np.eye(1500, dtype=np.float32) * 2
    tracemalloc.start()
    invert_in_place(matrix)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < matrix.nbytes * 0.7
    assert matrix[7, 7] == 0.5
