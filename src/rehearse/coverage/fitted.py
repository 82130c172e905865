"""Vectors and weights on disk, by the content they were made from; a damaged or old cache is made again."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage import classifier as classifier_module
from rehearse.coverage.classifier import Labelled, SectionClassifier
from rehearse.coverage.encoder import SHA256, Encoder
from rehearse.coverage.features import EMBEDDING_SCALE, FLAG_SCALE, Features
from rehearse.domain.guide import Guide

VERSION = 1
"""Raised when the same guide would give other weights."""


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def guide_vectors(texts: Sequence[str], encoder: Encoder, cache: Path | None) -> NDArray[np.float32]:
    """The texts' embeddings, from the cache where they are there."""
    path = cache / f"vectors-{_digest(SHA256, *texts)}.npz" if cache else None
    kept = _read(path, "vectors")
    if kept is not None and kept.shape[0] == len(texts):
        return kept.astype(np.float32)
    vectors = encoder.encode(list(texts))
    _write(path, vectors=vectors.astype(np.float16))
    return vectors


def fitted_classifier(
    guide: Guide,
    features: Features,
    sentences: Sequence[Labelled],
    vectors: NDArray[np.float32],
    cache: Path | None,
) -> SectionClassifier:
    """The classifier for these sentences, from the cache where it is there."""
    said = json.dumps([[s.text, sorted(s.sections), s.weight] for s in sentences])
    rules = json.dumps([asdict(section) for section in guide.sections] + [asdict(term) for term in guide.terms])
    constants = f"{VERSION} {classifier_module.PENALTY} {EMBEDDING_SCALE} {FLAG_SCALE}"
    path = cache / f"weights-{_digest(SHA256, constants, rules, said)}.npz" if cache else None
    kept = _read(path, "weights")
    ids = [section.id for section in guide.sections]
    if kept is not None and kept.shape[0] == len(ids):
        return SectionClassifier(ids, kept)
    fitted = SectionClassifier.fit(guide, features, sentences)
    _write(path, weights=fitted.weights)
    return fitted


def _read(path: Path | None, name: str) -> NDArray[np.float64] | None:
    if path is None or not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as kept:
            values: NDArray[np.float64] = kept[name]
            return values if np.isfinite(values).all() else None
    except (OSError, ValueError, KeyError, EOFError):
        return None


def _write(path: Path | None, **arrays: NDArray[np.float16] | NDArray[np.float64]) -> None:
    if path is None:
        return
    unfinished = path.with_suffix(".tmp.npz")
    try:
        np.savez_compressed(unfinished, **arrays)  # type: ignore[arg-type]
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
