"""Mistakes that are known by what people say when they make them: the detector `examples`."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rehearse.coverage.classifier import Labelled, SectionClassifier
from rehearse.coverage.clauses import split
from rehearse.coverage.encoder import Encoder
from rehearse.coverage.features import Features
from rehearse.coverage.fitted import fitted_classifier, guide_vectors
from rehearse.coverage.sparse import Matrix
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Quote, Transcript

MADE_AT = 0.8
"""Score of a sentence from which it counts as the mistake; 1 is what an example scores, -1 what anything else does. A
mistake is a reproach, so a sentence must be nearly as clear as the examples."""
OTHERS_WEIGHT = 0.5
"""Of the sections' examples, which are only mostly free of the mistake; a near miss says so for certain."""


class MistakeExamples:
    """Tells which sentences of an answer make a mistake, by the mistake's own examples."""

    def __init__(self, mistakes: Sequence[str], features: Features, classifier: SectionClassifier) -> None:
        """`mistakes` are the ids in the order of the classifier's outputs."""
        self._mistakes = tuple(mistakes)
        self._features = features
        self._classifier = classifier

    def find(self, mistake_id: str, transcript: Transcript) -> tuple[Quote, ...]:
        """The sentences that make the mistake, the clearest first."""
        if mistake_id not in self._mistakes:
            return ()
        sentences = [sentence for sentence in split(transcript)[0] if sentence.text]
        if not sentences:
            return ()
        scores = self._classifier.scores(self._features.of([sentence.text for sentence in sentences]))
        column = scores[:, self._mistakes.index(mistake_id)]
        return tuple(
            transcript.quote(sentences[at].first_word, sentences[at].end_word)
            for at in np.argsort(-column, kind="stable")
            if column[at] >= MADE_AT
        )


def load_mistake_examples(
    guide: Guide, sentences: Sequence[Labelled], vectors: Matrix, encoder: Encoder, cache: Path | None
) -> MistakeExamples | None:
    """Fit it to a guide, or recall it; None where no mistake has the detector.

    Args:
        guide: whose mistakes.
        sentences: the guide's own, as examples of what makes no mistake.
        vectors: their embeddings.
        encoder: of further sentences.
        cache: folder for vectors and weights; None keeps nothing.
    """
    mistakes = [mistake for mistake in guide.mistakes if mistake.detector == "examples" and mistake.examples]
    if not mistakes:
        return None
    own = [Labelled(text, frozenset({mistake.id})) for mistake in mistakes for text in mistake.examples]
    own += [Labelled(text, frozenset()) for mistake in mistakes for text in mistake.near_misses]
    others = [Labelled(sentence.text, frozenset(), OTHERS_WEIGHT) for sentence in sentences]
    own_vectors = guide_vectors([sentence.text for sentence in own], encoder, cache)
    ids = [mistake.id for mistake in mistakes]
    features, classifier = fitted_classifier(
        guide,
        ids,
        encoder,
        sentences=[*own, *others],
        vectors=np.concatenate([own_vectors, vectors]),
        cache=cache,
    )
    return MistakeExamples(ids, features, classifier)
