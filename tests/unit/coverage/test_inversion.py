"""The closed-form solution behind the classifier."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.coverage.classifier import solve_with_diagonal


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 60), st.integers(1, 5), st.integers(0, 1000))
def test_the_blocks_give_what_the_whole_inverse_gives(size: int, outputs: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.standard_normal((size, 8)).astype(np.float32)
    gram = rows @ rows.T + np.eye(size, dtype=np.float32)
    wanted = random.choice([-1.0, 1.0], (size, outputs))
    inverse = np.linalg.inv(gram.astype(np.float64))
    solution, diagonal = solve_with_diagonal(gram, wanted)
    np.testing.assert_allclose(solution, inverse @ wanted, atol=2e-4)
    np.testing.assert_allclose(diagonal, np.diag(inverse), rtol=1e-3, atol=1e-4)
