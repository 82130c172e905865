"""What a tagger is taught one after another, and how fast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """What is taught for some epochs."""

    epochs: int
    shares: Mapping[str, float]
    """How often a passage of each folder comes in an epoch, in the mean, drawn anew each time."""
    lengths: Sequence[int]
    """Lines in a stretch, drawn at random."""
    batch: int
    """Stretches in a batch."""
    cools: bool = False
    """Whether the learning rates fall to nothing."""
    rate: float = 1.0
    """Share of the learning rates."""
    whole: bool = False
    """Whether turns are joined and whole stretches are learnt beside lines."""
    from_mean: bool = False
    """Whether it begins at the mean of what the last stages came to."""


SHORT, LONG, LONGER = (1, 2, 3, 3, 4, 4, 5, 6), (2, 4, 6, 8, 12, 16, 16), (4, 8, 12, 16, 16, 16)
_FEW = {"invented": 0.3, "mirrored": 0.08, "meant": 0.08}
_FEWER = {"invented": 0.1, "mirrored": 0.04, "meant": 0.04}


def _whole(epochs: int, shares: Mapping[str, float], rate: float, *, from_mean: bool = False) -> Stage:
    """A stage on whole stretches."""
    return Stage(epochs, shares, LONGER, 7, cools=True, rate=rate, whole=True, from_mean=from_mean)


STAGES = (
    Stage(2, {"invented": 0.3, "mirrored": 1.0}, SHORT, 24),
    Stage(1, {"invented": 0.3, "mirrored": 0.8, "meant": 0.8}, SHORT, 24),
    Stage(1, {"invented": 0.3, "mirrored": 0.5, "meant": 0.7}, SHORT, 24),
    Stage(2, {"invented": 0.3, "mirrored": 0.3, "meant": 0.3, "episodes": 2.0}, LONG, 9),
    Stage(1, {"invented": 0.3, "mirrored": 0.25, "meant": 0.25, "episodes": 2.0}, LONG, 9, cools=True),
    Stage(1, {**_FEW, "episodes": 1.0}, LONG, 9, cools=True, rate=0.6),
    _whole(1, {**_FEW, "episodes": 0.9}, 0.6),
    _whole(1, {**_FEW, "episodes": 0.5, "retold": 2.0}, 0.8),
    _whole(1, {**_FEW, "episodes": 0.4, "retold": 1.5}, 0.8),
    _whole(1, {**_FEW, "episodes": 0.35, "retold": 1.2}, 0.8),
    _whole(2, {**_FEW, "episodes": 0.35, "retold": 1.0}, 0.8),
    _whole(1, {"episodes": 0.12, "retold": 0.3, "beside": 1.7}, 0.5, from_mean=True),
    _whole(2, {**_FEWER, "episodes": 0.15, "retold": 0.5, "beside": 0.6, "at-length": 1.2}, 0.7),
    _whole(2, {**_FEWER, "episodes": 0.12, "retold": 0.4, "beside": 0.6, "at-length": 1.2}, 0.8),
    _whole(2, {**_FEWER, "episodes": 0.3, "retold": 1.0, "beside": 0.8, "at-length": 2.0}, 0.9),
    _whole(1, {**_FEWER, "episodes": 0.2, "retold": 0.6, "beside": 0.4, "at-length": 1.2}, 1.0),
    _whole(1, {**_FEWER, "episodes": 0.12, "retold": 0.4, "beside": 0.6, "at-length": 1.3}, 0.9),
    _whole(1, {**_FEWER, "episodes": 0.1, "retold": 0.4, "beside": 0.5, "at-length": 1.1}, 0.8),
)
"""From what is easily told apart to what people are like. The folders were still being filled when the shipped weights
were taught, so that each stage had what there was by then."""
MEANT = 3
"""Stages whose running averages are averaged once more (Wortsman et al. 2022, “Model soups”)."""
SHIPPED = {-5: 0.25, -4: 0.25, -1: 0.5}
"""Stages, counted from the last, and the shares of their running averages in the shipped weights."""
