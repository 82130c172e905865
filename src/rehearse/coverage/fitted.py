"""Vectors and weights on disk, by the content they were made from; a damaged or old cache is made again."""

import contextlib
import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage import classifier as settings
from rehearse.coverage import features as features_module
from rehearse.coverage import language
from rehearse.coverage.classifier import Labelled, SectionClassifier, Weights
from rehearse.coverage.encoder import SHA256, Encoder
from rehearse.coverage.features import Features, Vocabulary
from rehearse.coverage.sparse import Matrix
from rehearse.domain.guide import Guide
from rehearse.files import replacing
from rehearse.memory import HEAVY_WORK, return_freed_memory

VERSION = 3
"""Raised when the same guide would give other weights for a reason the digest doesn't see."""

KEPT = 4
"""Fits of one guide that stay in the cache: with and without corrections, before and after an edit."""

Arrays = Mapping[str, NDArray[np.float32]]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def guide_vectors(
    texts: Sequence[str], encoder: Encoder, cache: Path | None, *, cancelled: Event | None = None
) -> Matrix:
    """The texts' embeddings, from the cache where they are there; raises InputError if it is cancelled."""
    path = cache / f"vectors-{_digest(SHA256, *texts)}.npz" if cache else None
    kept = _read(path)
    if kept is not None and kept["vectors"].shape[0] == len(texts):
        return kept["vectors"]
    # Rounded as the cache rounds them, so that the first start and the second give the same marks.
    vectors = encoder.encode(list(texts), cancelled=cancelled).astype(np.float16)
    return_freed_memory()
    _write(path, {"vectors": vectors})
    return vectors.astype(np.float32)


def fitted_classifier(
    guide: Guide,
    outputs: Sequence[str],
    encoder: Encoder,
    *,
    sentences: Sequence[Labelled],
    vectors: Matrix,
    cache: Path | None,
) -> tuple[Features, SectionClassifier]:
    """The features and the classifier for these sentences; the weights from the cache where they are there.

    Args:
        guide: whose cues and terms are features.
        outputs: ids that the sentences are labelled with: sections, or mistakes.
        encoder: of the texts to be judged.
        sentences: what is fitted to.
        vectors: their embeddings, shape (sentences, dimensions).
        cache: folder for weights; None keeps nothing.
    """
    texts = [sentence.text for sentence in sentences]
    vocabulary = Vocabulary.of(texts)
    features = Features(guide, encoder, vocabulary)
    path = cache / f"weights-{guide.id}-{_weights_key(guide, outputs, sentences)}.npz" if cache else None
    kept = _read(path)
    if kept is not None:
        try:
            weights = Weights(**kept)
            if weights.closeness.shape == (len(texts), len(outputs)):
                return features, SectionClassifier(weights, vectors)
        except TypeError:
            pass  # other fields than now: made again below
    with HEAVY_WORK:
        fitted = SectionClassifier.fit(outputs, features, sentences, vectors)
        return_freed_memory()
    _write(path, asdict(fitted.weights))
    if cache is not None:
        _keep_newest(cache, f"weights-{guide.id}-*.npz")
    return features, fitted


def _keep_newest(cache: Path, pattern: str) -> None:
    """Every correction makes other weights; those of before are of no use any more."""
    with contextlib.suppress(OSError):
        for old in sorted(cache.glob(pattern), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)


def _weights_key(guide: Guide, outputs: Sequence[str], sentences: Sequence[Labelled]) -> str:
    said = json.dumps([[s.text, sorted(s.sections), s.weight] for s in sentences])
    rules = json.dumps([[section.id, section.cues, section.hollow] for section in guide.sections])
    terms = json.dumps([asdict(term) for term in guide.terms])
    constants = [
        VERSION,
        *outputs,
        settings.MEANING,
        settings.CLOSENESS,
        settings.WIDTH,
        settings.WORDS,
        settings.MANNER,
        settings.RIDGE,
        features_module.LEAST_SENTENCES,
        language.VERSION,
    ]
    return _digest(SHA256, json.dumps(constants), rules, terms, said)


def _read(path: Path | None) -> Arrays | None:
    if path is None or not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name].astype(np.float32) for name in kept.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return arrays if arrays and all(np.isfinite(values).all() for values in arrays.values()) else None


def _write(path: Path | None, arrays: Mapping[str, NDArray[np.floating]]) -> None:
    if path is None:
        return
    # A cache that can't be written costs some seconds next time, no more.
    with contextlib.suppress(OSError), replacing(path) as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # the stub takes them for allow_pickle
