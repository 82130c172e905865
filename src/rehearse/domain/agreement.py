"""Agreement of marks with labels: F1 (van Rijsbergen 1979) and Cohen's kappa (1960), for each id and on average."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """How marks and labels agree on one section or mistake."""

    name: str
    f1: float
    precision: float
    recall: float
    kappa: float
    labelled: int


def agreement(name: str, wanted: Sequence[bool], got: Sequence[bool]) -> Agreement:
    """Agreement over answers; F1 is 1 where nobody ticked anything."""
    tp = sum(w and g for w, g in zip(wanted, got, strict=True))
    fp = sum(g and not w for w, g in zip(wanted, got, strict=True))
    fn = sum(w and not g for w, g in zip(wanted, got, strict=True))
    n = len(wanted)
    tn = n - tp - fp - fn
    chance = ((tp + fp) * (tp + fn) + (fn + tn) * (fp + tn)) / (n * n) if n else 1.0
    kappa = ((tp + tn) / n - chance) / (1 - chance) if chance < 1 else 1.0
    return Agreement(
        name,
        2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0,
        tp / (tp + fp) if tp + fp else 0.0,
        tp / (tp + fn) if tp + fn else 0.0,
        kappa,
        tp + fn,
    )


def agreements(
    names: Sequence[str], wanted: Sequence[Collection[str]], got: Sequence[Collection[str]]
) -> list[Agreement]:
    """Agreement by id, where each answer has the ids that were labelled and those that were marked."""
    return [agreement(name, [name in ids for ids in wanted], [name in ids for ids in got]) for name in names]


def macro_f1(rows: Sequence[Agreement]) -> float:
    """Mean of the F1s."""
    return sum(row.f1 for row in rows) / len(rows)
