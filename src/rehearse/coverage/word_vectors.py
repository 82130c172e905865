"""Vectors of BERT's word pieces in eight bits, read from disk as they are needed.

Tuning left them as they were, so that the encoders shipped differ in their layers alone and share these.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
ROW = np.dtype([("scale", "<f4"), ("steps", "i1", (DIMENSIONS,))])
"""A word piece's vector: whole steps, and how long a step is."""


class WordVectors:
    """Rows of a mapped file: memory holds only those that were said."""

    def __init__(self, path: Path) -> None:
        """Map the file; raises OSError or ValueError if it can't be."""
        self._rows = np.load(path, mmap_mode="r", allow_pickle=False)

    def of(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of word pieces, shape (*ids.shape, 384)."""
        rows = self._rows[ids]
        vectors: NDArray[np.float32] = rows["steps"].astype(np.float32) * rows["scale"][..., None]
        return vectors
