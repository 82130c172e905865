"""Measures beside those of `rehearse.domain.agreement`: area under the curve, cross-validation, evidence."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from rehearse.domain.agreement import Agreement, macro_f1
from rehearse.domain.agreement import agreements as by_id
from rehearse.domain.transcript import Quote, Transcript
from tests.eval.data import Labelled

__all__ = ["Agreement", "Ticks", "agreements", "macro_f1"]

Ticks = Mapping[str, frozenset[str]]
"""Answer id to the ids ticked."""


def agreements(labels: Sequence[Labelled], ticks: Ticks, names: Sequence[str], field: str) -> list[Agreement]:
    """Agreement by id; `field` is sections or mistakes."""
    return by_id(names, [getattr(a, field) for a in labels], [ticks[a.id] for a in labels])


def area_under_curve(scores: Sequence[float], wanted: Sequence[bool]) -> float | None:
    """Chance that an answer with it scores higher than one without (Hanley and McNeil 1982); None without both."""
    values, labels = np.asarray(scores), np.asarray(wanted, bool)
    if labels.all() or not labels.any():
        return None
    above = values[labels][:, None] - values[~labels][None]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def mean_area(labels: Sequence[Labelled], scores: Mapping[str, Sequence[float]], names: Sequence[str]) -> float:
    """Mean over the sections that some answers have and others don't."""
    areas = [
        area_under_curve([scores[a.id][at] for a in labels], [name in a.sections for a in labels])
        for at, name in enumerate(names)
    ]
    known = [area for area in areas if area is not None]
    return sum(known) / len(known)


def cross_validated(
    labels: Sequence[Labelled], scores: Mapping[str, Sequence[float]], names: Sequence[str], *, common: bool
) -> Ticks:
    """Ticks by thresholds chosen on nine tenths of the answers and applied to the last tenth, in turn.

    `common` chooses one threshold for all sections, otherwise each has its own.
    """
    order = np.random.default_rng(7).permutation(len(labels))
    values = np.array([scores[answer.id] for answer in labels])
    wanted = np.array([[name in answer.sections for name in names] for answer in labels])
    got = np.zeros_like(wanted)
    for fold in range(10):
        test = order[fold::10]
        train = np.setdiff1d(order, test)
        got[test] = values[test] >= _best(values[train], wanted[train], common=common)
    return {
        answer.id: frozenset(name for name, tick in zip(names, row, strict=True) if tick)
        for answer, row in zip(labels, got, strict=True)
    }


def _best(values: np.ndarray, wanted: np.ndarray, *, common: bool) -> np.ndarray:
    candidates = np.quantile(values, np.linspace(0.01, 0.99, 99))
    table = np.array([_f1s(values >= threshold, wanted) for threshold in candidates])
    if common:
        return np.full(values.shape[1], _plateau(candidates, table.mean(axis=1)))
    return np.array([_plateau(candidates, column) for column in table.T])


def _plateau(candidates: np.ndarray, f1: np.ndarray) -> float:
    near = candidates[f1 >= f1.max() - 0.01]
    return float(np.median(near))


def _f1s(got: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    tp = (got & wanted).sum(axis=0)
    return np.asarray(2 * tp / np.maximum(1, got.sum(axis=0) + wanted.sum(axis=0)))


def overlaps(transcript: Transcript, quotes: Sequence[Quote], labelled: Sequence[str]) -> bool | None:
    """Whether any quoted words are among those the labellers quoted; None where theirs can't be found."""
    words = [_plain(word.text) for word in transcript.words]
    spans = []
    for quote in labelled:
        wanted = [_plain(word) for word in quote.split()]
        spans += [
            (at, at + len(wanted))
            for at in range(len(words) - len(wanted) + 1)
            if words[at : at + len(wanted)] == wanted
        ]
    if not spans:
        return None
    return any(quote.first_word < end and first < quote.end_word for quote in quotes for first, end in spans)


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word.lower())
