"""The coverage engine: a transcript and a scenario in, marks out. Same words, same marks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Event

import numpy as np

from rehearse.coverage.classifier import Labelled, guide_sentences
from rehearse.coverage.clauses import content_words
from rehearse.coverage.encoder import Encoder, SentenceEncoder
from rehearse.coverage.features import Features
from rehearse.coverage.fitted import fitted_classifier, guide_vectors
from rehearse.coverage.judging import ABSENT, CROSSED_OUT, ClauseJudge, Judged
from rehearse.coverage.mistake_examples import load_mistake_examples
from rehearse.coverage.mistakes import MistakeJudge
from rehearse.coverage.nearest_examples import NearestExamples
from rehearse.coverage.open_points import contradictions, unreasoned_terms
from rehearse.coverage.pooling import section_scores
from rehearse.coverage.quoting import quoted
from rehearse.coverage.sentence_tagger import load_tagger
from rehearse.coverage.telling import Telling
from rehearse.coverage.topicality import Topicality
from rehearse.coverage.unheard import heard_share, unclear_sections
from rehearse.coverage.users_word import UsersWord
from rehearse.domain.coverage import (
    BLOCKED,
    ELSEWHERE,
    NOTHING,
    Coverage,
    Match,
    MistakeMark,
    MistakeState,
    SectionMark,
    SectionState,
)
from rehearse.domain.gaps import Contradiction, UnreasonedTerm
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.languages import reads_as_english
from rehearse.domain.transcript import Transcript

ENOUGH_WORDS = 12
"""Under a dozen words nothing is judged, nor what isn't in English."""

COVERED_AT = 0.475
"""Pooled score from which a listener would tick a section; one for all sections and all guides. Cross-validated by
answer over labelled answers; anything from 0.4 to 0.6 does nearly as well."""
THIN_AT = 0.3
"""Score of a clause from which a section was at least touched; under it a listener wouldn't see the connection."""
TELLING_AT = 0.0
"""Score from which a further clause is shown as evidence beside the best: halfway between what serves
a section and what doesn't."""
STEEPNESS = 4.0
"""Of the logistic curve from pooled score to probability, fitted to the labelled answers."""
NEAR_AT, NEAR_TAG = TELLING_AT, -3.0
"""What is shown as the words that came nearest to a section that is missing: a clause from that score on, or one whose
sentence tells of no other section more, from those log-odds on (1 in 20), or one with the section's own words. What has
less is mostly about something else."""
STEM = 6
"""Letters by which a word is known for one of a section's title."""
UNFINISHED = 0.5
"""Taken from the scores in a sentence that still goes on: its end may turn it round and take a lit row back."""


class CoverageEngine:
    """Marks answers to one guide. Pure in its results; remembers clauses it has seen, so that live use is quick."""

    def __init__(
        self,
        guide: Guide,
        features: Features,
        judge: ClauseJudge,
        *,
        known: NearestExamples,
        mistakes: MistakeJudge,
        topicality: Topicality,
        telling: Telling,
    ) -> None:
        """Use `load_engine`, which fits or recalls the classifier."""
        self.guide = guide
        self._features = features
        self._judge = judge
        self._known = known
        self._mistakes = mistakes
        self._topicality = topicality
        self._telling = telling

    @property
    def remembered(self) -> int:
        """How many corrections of the user's it was fitted to besides the guide."""
        return self._known.remembered

    def assess(self, transcript: Transcript, scenario: Scenario, *, final: bool) -> Coverage:
        """The marks of a transcript; absences count only once the answer is `final`."""
        enough = len(transcript.words) >= ENOUGH_WORDS and reads_as_english(transcript)
        if enough:
            clauses = self._judge.judge(transcript)
            if not final:
                clauses = _with_doubt(clauses, transcript)
            against = self._topicality.penalty([judged.meaning for judged in clauses], len(transcript.words))
            against += self._telling.penalty([word.text for word in transcript.words])
            scores = section_scores(clauses, against, COVERED_AT, sections=len(self.guide.sections), growing=not final)
            sections = tuple(
                self._mark(index, clauses, transcript, against, scores, final=final) for index in range(len(scores))
            )
        else:
            sections = tuple(SectionMark(section.id, SectionState.MISSING) for section in self.guide.sections)
        if final and enough:
            sections = unclear_sections(sections, transcript)
            mistakes = self._mistakes.judge(transcript, sections, scenario)
        else:
            mistakes = tuple(MistakeMark(mistake.id, MistakeState.OPEN) for mistake in self.guide.mistakes)
        return Coverage(sections, mistakes, heard_share(transcript), judged=enough, final=final)

    def open_points(self, transcript: Transcript, marks: Coverage) -> tuple[list[Contradiction], list[UnreasonedTerm]]:
        """What contradicts itself, and what was named without a reason, in an answer with these marks."""
        clauses = self._judge.judge(transcript) if marks.judged else []
        opposed = contradictions(self.guide, marks, clauses, transcript)
        return list(opposed), list(unreasoned_terms(self.guide, transcript))

    def _mark(
        self,
        index: int,
        clauses: Sequence[Judged],
        transcript: Transcript,
        against: float,
        scores: Sequence[float],
        *,
        final: bool,
    ) -> SectionMark:
        section, score = self.guide.sections[index], scores[index]
        ranked = sorted(clauses, key=lambda judged: -float(judged.rank[index]))
        free = [judged for judged in ranked if judged.blocked[index] is None]
        confidence = 1 / (1 + math.exp(-STEEPNESS * max(-4.0, min(4.0, score - COVERED_AT))))
        if score >= COVERED_AT:
            counting = [free[0], *(j for j in free[1:] if j.evidence[index] >= TELLING_AT and j.speaks_of(index))]
            quotes = quoted(index, counting, free, transcript)
            return SectionMark(section.id, SectionState.COVERED, quotes, confidence, self._why(index, free[0]))
        touched = [
            judged
            for judged in ranked
            if judged.blocked[index] != CROSSED_OUT
            and (judged.evidence[index] - against >= THIN_AT or self._named(index, judged))
        ]
        if not touched or any(judged.blocked[index] == ABSENT for judged in touched):
            missing = SectionMark(section.id, SectionState.MISSING, (), confidence)
            if not final:
                return missing
            denied, crossed_out = (
                [judged for judged in ranked if judged.blocked[index] == block] for block in (ABSENT, CROSSED_OUT)
            )
            near = next(iter(denied or crossed_out), None) or next(
                (one for one in ranked if self._is_near(index, one, against)), None
            )
            if near is None:
                return replace(missing, why=(Match(NOTHING, "no words were found that come near it", 1.0),))
            (nearest,) = quoted(index, [near], ranked, transcript)
            why = (*self._elsewhere(index, near, scores), *self._why(index, near))
            return replace(missing, why=why, nearest=nearest)
        quotes = quoted(index, touched[:1], ranked, transcript)
        return SectionMark(section.id, SectionState.THIN, quotes, confidence, self._why(index, touched[0]))

    def _is_near(self, index: int, judged: Judged, against: float) -> bool:
        """What the clause tells is near to a section, though not of it; or something of the section is named in it."""
        told = judged.tags is not None and judged.tags[index] >= NEAR_TAG and judged.speaks_of(index)
        if told or judged.evidence[index] - against >= NEAR_AT:
            return True
        # The quick tests first: where nothing is near, every clause of the answer is asked for each missing section.
        features, text = self._features, judged.clause.text
        if _stems(self.guide.sections[index].title) & _stems(text) or features.hollow(index, text):
            return True
        return bool(features.cue(index, text) or features.name(index, text) or features.terms(index, text))

    def _named(self, index: int, judged: Judged) -> bool:
        """Named without substance: in a hollow phrase, or in a row with other sections."""
        text = judged.clause.text
        if self._features.hollow(index, text):
            return True
        if not self._features.name(index, text):
            return False
        return any(self._features.name(at, text) for at in range(len(self.guide.sections)) if at != index)

    def _elsewhere(self, index: int, judged: Judged, scores: Sequence[float]) -> Iterator[Match]:
        """The section that the clause tells more of, if that is ticked."""
        if judged.blocked[index] is None and judged.tags is not None and not judged.speaks_of(index):
            other = int(judged.tags.argmax())
            if scores[other] >= COVERED_AT:
                yield Match(ELSEWHERE, self.guide.sections[other].title, 1.0)

    def _why(self, index: int, judged: Judged) -> tuple[Match, ...]:
        text = judged.clause.text
        against = judged.blocked[index]
        matches = [Match(BLOCKED, against, 1.0)] if against else []
        if cue := self._features.cue(index, text):
            matches.append(Match("cue", cue, 1.0))
        matches += [Match("term", name, 1.0) for name in self._features.terms(index, text)]
        matches += self._known.nearest(self.guide.sections[index].id, judged.meaning)
        return tuple(matches)


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    """Beginnings of its longer words: “monitored” has that of “monitoring”."""
    return frozenset(word[:STEM] for word in content_words(text) if len(word) >= STEM)


def _with_doubt(clauses: Sequence[Judged], transcript: Transcript) -> list[Judged]:
    """The clauses, those of a sentence that still goes on with less score."""
    if not clauses or transcript.words[-1].ends_sentence:
        return list(clauses)
    last = clauses[-1].clause.sentence
    return [judged.doubted(UNFINISHED) if judged.clause.sentence == last else judged for judged in clauses]


def load_engine(
    guide: Guide,
    *,
    cache: Path | None,
    remembered: Sequence[Labelled] = (),
    encoder: Encoder | None = None,
    cancelled: Event | None = None,
) -> CoverageEngine:
    """Fit the engine to a guide, or recall it from the cache folder.

    Args:
        guide: what is marked against.
        cache: folder for vectors and weights; None keeps nothing.
        remembered: corrections of the user's, as further examples.
        encoder: tests pass a small one.
        cancelled: ends a first fit early; it takes some seconds.

    Raises:
        InputError: it was cancelled.
        ModelError: the sentence model is missing or altered.
    """
    encoder = encoder or SentenceEncoder(cache)
    sentences = [*guide_sentences(guide), *remembered]
    vectors = guide_vectors([sentence.text for sentence in guide_sentences(guide)], encoder, cache, cancelled=cancelled)
    if remembered:
        vectors = np.concatenate([vectors, encoder.encode([sentence.text for sentence in remembered])])
    ids = [section.id for section in guide.sections]
    features, classifier = fitted_classifier(guide, ids, encoder, sentences=sentences, vectors=vectors, cache=cache)
    told_by_examples = load_mistake_examples(guide, sentences, vectors, encoder, cache)
    known = NearestExamples(sentences, vectors, frozenset(sentence.text for sentence in remembered))
    mistakes = MistakeJudge(guide, told_by_examples)
    serving = [number for number, sentence in enumerate(sentences) if sentence.sections]
    return CoverageEngine(
        guide,
        features,
        ClauseJudge(
            guide,
            features,
            classifier,
            tagger=load_tagger(guide, cache),
            users_word=UsersWord(guide, remembered, encoder),
        ),
        known=known,
        mistakes=mistakes,
        topicality=Topicality(vectors[serving]),
        telling=Telling([sentences[number].text for number in serving]),
    )
