"""Figures over time as blocks, against a range that stays: alike values look alike, and a jump looks like one."""

from collections.abc import Sequence
from itertools import pairwise

BLOCKS = " ▁▂▃▄▅▆▇█"


def plot(values: Sequence[float], low: float, high: float, *, width: int, rows: int = 2) -> list[str]:
    """Lines from the top, a column a value; neighbours are averaged where there are more than columns.

    What lies outside the range stands at its edge. The least that is drawn is one eighth of a row.
    """
    columns = min(width, len(values))
    cuts = [index * len(values) // columns for index in range(columns + 1)] if columns else []
    heights = []
    for start, end in pairwise(cuts):
        mean = sum(values[start:end]) / (end - start)
        share = max(0.0, min(1.0, (mean - low) / (high - low)))
        heights.append(max(1, round(share * rows * 8)))
    return ["".join(BLOCKS[max(0, min(8, height - row * 8))] for height in heights) for row in reversed(range(rows))]
