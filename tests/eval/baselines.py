"""What the engine must beat: everything ticked, keywords only, embeddings only."""

import re
from collections.abc import Sequence

import numpy as np

from rehearse.coverage.clauses import split
from rehearse.coverage.encoder import Encoder
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from tests.eval.data import Labelled
from tests.eval.measures import Ticks, cross_validated


def everything(guide: Guide, labels: Sequence[Labelled]) -> Ticks:
    """Every section ticked."""
    return {answer.id: frozenset(section.id for section in guide.sections) for answer in labels}


def keywords(guide: Guide, labels: Sequence[Labelled]) -> Ticks:
    """A section is ticked where its title, a synonym, a cue, or a term that hints at it is said."""
    patterns = {
        section.id: _any_of(
            [
                section.title,
                *section.synonyms,
                *section.cues,
                *(n for t in guide.terms if section.id in t.sections for n in (t.name, *t.aliases)),
            ]
        )
        for section in guide.sections
    }
    return {
        answer.id: frozenset(section for section, pattern in patterns.items() if pattern.search(answer.text))
        for answer in labels
    }


def embeddings(guide: Guide, labels: Sequence[Labelled], encoder: Encoder) -> Ticks:
    """The closest of a section's examples by cosine, thresholds a section cross-validated."""
    examples = [encoder.encode(list(section.examples)) for section in guide.sections]
    scores = {}
    for answer in labels:
        _, clauses = split(Transcript.typed(answer.text))
        vectors = encoder.encode([clause.text for clause in clauses])
        scores[answer.id] = [float(np.max(vectors @ known.T)) for known in examples]
    return cross_validated(labels, scores, [section.id for section in guide.sections], common=False)


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b", re.IGNORECASE)
