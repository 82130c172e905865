"""The inverse of a large matrix in the memory of the matrix itself: `np.linalg.inv` takes four times as much."""

import numpy as np

from rehearse.coverage.sparse import Matrix

BLOCK = 256
"""Rows taken at a time; what is needed besides the matrix is three times so many rows."""


def invert_in_place(matrix: Matrix) -> None:
    """Put the inverse in the matrix's place: Gauss and Jordan's elimination by blocks, without exchanging rows.

    That is safe for symmetric positive definite matrices alone (Higham 2002, Accuracy and Stability of Numerical
    Algorithms, 14.4). O(n³).

    Args:
        matrix: symmetric, positive definite, shape (n, n).
    """
    size = len(matrix)
    for first in range(0, size, BLOCK):
        block = slice(first, first + BLOCK)
        pivot = np.linalg.inv(matrix[block, block])
        across = pivot @ matrix[block]
        across[:, block] = pivot
        down = matrix[:, block].copy()
        down[block] = 0
        matrix[:, block] = 0
        for top in range(0, size, BLOCK):
            rows = slice(top, top + BLOCK)
            matrix[rows] -= down[rows] @ across
        matrix[block] = across
