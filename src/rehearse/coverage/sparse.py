"""Rows of mostly zeros: a sentence has a dozen of a guide's thousands of words, and whole rows would take 60 MB."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

PART = 1024
"""Columns that are laid out in full at a time."""


class SparseRows:
    """Each row by the columns that hold something, in order, and what they hold."""

    def __init__(self, rows: Sequence[tuple[NDArray[np.intp], Matrix]], width: int) -> None:
        """`width` is the number of columns."""
        self._rows = rows
        self._width = width

    def times(self, weights: Matrix) -> Matrix:
        """The product with a matrix of shape (width, outputs)."""
        result = np.zeros((len(self._rows), weights.shape[1]), np.float32)
        for row, (columns, values) in zip(result, self._rows, strict=True):
            row[:] = values @ weights[columns]
        return result

    def transposed_times(self, weights: Matrix) -> Matrix:
        """The product of the transposed rows with a matrix of shape (rows, outputs)."""
        result = np.zeros((self._width, weights.shape[1]), np.float32)
        for weight, (columns, values) in zip(weights, self._rows, strict=True):
            result[columns] += values[:, None] * weight
        return result

    def add_products(self, to: Matrix, scale: float, scratch: Matrix) -> None:
        """Add every row's product with every other, times `scale`; all three matrices have shape (rows, rows)."""
        for first in range(0, self._width, PART):
            part = np.zeros((len(self._rows), PART), np.float32)
            for row, (columns, values) in zip(part, self._rows, strict=True):
                inside = slice(*np.searchsorted(columns, (first, first + PART)))
                row[columns[inside] - first] = values[inside]
            np.matmul(part, part.T, out=scratch)
            scratch *= np.float32(scale)
            to += scratch
