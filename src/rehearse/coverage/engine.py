"""The coverage engine: a transcript and a scenario in, marks out. Same words, same marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage import language
from rehearse.coverage.classifier import Labelled, SectionClassifier, guide_sentences
from rehearse.coverage.clauses import Clause, Sentence, content_words, split
from rehearse.coverage.encoder import Encoder, SentenceEncoder
from rehearse.coverage.features import Features
from rehearse.coverage.fitted import fitted_classifier, guide_vectors
from rehearse.coverage.hearing import heard_share, unclear_quotes
from rehearse.coverage.mistakes import MistakeJudge
from rehearse.domain.coverage import Coverage, Match, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.transcript import Quote, Transcript

ENOUGH_WORDS = 12
"""Under a dozen words nothing is judged."""

COVERED_AT = 0.5
"""Probability from which a clause counts, unless the guide's own sentences put a section's elsewhere."""
THIN_AT = 0.3

NEIGHBOUR = 0.25
"""How much of a clause's score comes from the sentence it stands in."""


@dataclass(frozen=True)
class Judged:
    """A clause with the probability of each section, and what speaks against it."""

    clause: Clause
    probabilities: NDArray[np.float64]
    blocked: tuple[str | None, ...]
    """For each section, why the clause doesn't count for it."""


class CoverageEngine:
    """Marks answers to one guide. Pure in its results; remembers clauses it has seen, so that live use is quick."""

    def __init__(
        self, guide: Guide, features: Features, classifier: SectionClassifier, encoder: Encoder, known: "Known"
    ) -> None:
        """Use `load_engine`, which fits or recalls the classifier."""
        self.guide = guide
        self._features = features
        self._classifier = classifier
        self._encoder = encoder
        self._known = known
        self._mistakes = MistakeJudge(guide)
        self._topics = [_topic_words(guide, index) for index in range(len(guide.sections))]
        self._of_text = lru_cache(maxsize=8192)(self._probabilities)

    def assess(self, transcript: Transcript, scenario: Scenario, *, final: bool) -> Coverage:
        """The marks of a transcript; absences count only once the answer is `final`."""
        judged_clauses = self.judge(transcript)
        enough = len(transcript.words) >= ENOUGH_WORDS
        if enough:
            sections = tuple(self._mark(index, judged_clauses, transcript) for index in range(len(self.guide.sections)))
        else:
            sections = tuple(SectionMark(section.id, SectionState.MISSING) for section in self.guide.sections)
        if final and enough:
            sections = unclear_quotes(sections, transcript)
            mistakes = self._mistakes.judge(transcript, sections, scenario)
        else:
            mistakes = tuple(MistakeMark(mistake.id, MistakeState.OPEN) for mistake in self.guide.mistakes)
        return Coverage(sections, mistakes, heard_share(transcript), judged=enough, final=final)

    def judge(self, transcript: Transcript) -> list[Judged]:
        """Every clause with its probabilities."""
        sentences, clauses = split(transcript)
        return [self._judge_clause(clause, sentences[clause.sentence]) for clause in clauses if clause.text]

    def _judge_clause(self, clause: Clause, sentence: Sentence) -> Judged:
        own = self._of_text(clause.text)
        whole = own if sentence.text == clause.text else self._of_text(sentence.text)
        mixed = (1 - NEIGHBOUR) * own + NEIGHBOUR * whole
        blocked = tuple(self._blocked(index, clause.text, sentence.text) for index in range(len(self.guide.sections)))
        return Judged(clause, mixed, blocked)

    def _probabilities(self, text: str) -> NDArray[np.float64]:
        result: NDArray[np.float64] = self._classifier.probabilities(self._features.many([text]))[0]
        return result

    def _blocked(self, index: int, clause: str, sentence: str) -> str | None:
        if language.hands_to_others(clause):
            return "somebody else did it"
        if language.says_absent(clause) and language.denies(clause, self._topics[index]):
            return "it is said to be missing"
        hollow = self._features.hollow(index, clause)
        if hollow and len(set(content_words(clause)) - set(content_words(hollow))) < 3:
            return f"“{hollow}” names it without saying anything"
        if len(content_words(clause)) < 3 and len(content_words(sentence)) < 5:
            return "too few words"
        return None

    def _mark(self, index: int, clauses: Sequence[Judged], transcript: Transcript) -> SectionMark:
        section = self.guide.sections[index]
        free = [(float(j.probabilities[index]), j) for j in clauses if j.blocked[index] is None]
        counting = sorted((pair for pair in free if pair[0] >= COVERED_AT), key=lambda pair: -pair[0])
        if counting:
            quotes = tuple(self._quote(j, transcript) for _, j in counting[:3])
            best, judged = counting[0]
            return SectionMark(section.id, SectionState.COVERED, quotes, best, self._why(index, judged))
        blocked = [(float(j.probabilities[index]), j) for j in clauses if j.blocked[index]]
        touching = [pair for pair in (*free, *blocked) if pair[0] >= THIN_AT]
        if touching:
            best, judged = max(touching, key=lambda pair: pair[0])
            reason = judged.blocked[index]
            why = ((Match("blocked", reason, 1.0),) if reason else ()) + self._why(index, judged)
            missing = reason == "it is said to be missing"
            state = SectionState.MISSING if missing else SectionState.THIN
            return SectionMark(section.id, state, (self._quote(judged, transcript),), best, why)
        confidence = max((p for p, _ in (*free, *blocked)), default=0.0)
        return SectionMark(section.id, SectionState.MISSING, (), confidence)

    @staticmethod
    def _quote(judged: Judged, transcript: Transcript) -> Quote:
        return transcript.quote(judged.clause.first_word, judged.clause.end_word)

    def _why(self, index: int, judged: Judged) -> tuple[Match, ...]:
        text = judged.clause.text
        matches: list[Match] = []
        if cue := self._features.cue(index, text):
            matches.append(Match("cue", cue, 1.0))
        matches += self._known.nearest(self.guide.sections[index].id, self._encoder.encode([text])[0])
        return tuple(sorted(matches, key=lambda match: -match.strength))


class Known:
    """The guide's sentences with their vectors, to say which a clause resembles."""

    def __init__(self, sentences: Sequence[Labelled], vectors: NDArray[np.float32], remembered: frozenset[str]) -> None:
        """`remembered` are the user's own."""
        self._sentences = sentences
        self._vectors = vectors
        self._remembered = remembered

    def nearest(self, section_id: str, vector: NDArray[np.float32], count: int = 2) -> list[Match]:
        """The section's sentences most like `vector`, by cosine."""
        own = [i for i, sentence in enumerate(self._sentences) if section_id in sentence.sections]
        if not own:
            return []
        likeness = self._vectors[own] @ vector
        best = np.argsort(-likeness)[:count]
        return [
            Match(
                "remembered" if self._sentences[own[i]].text in self._remembered else "example",
                self._sentences[own[i]].text,
                max(0.0, float(likeness[i])),
            )
            for i in best
        ]


def _topic_words(guide: Guide, index: int) -> frozenset[str]:
    section = guide.sections[index]
    texts = [section.title, *section.synonyms, *section.hollow]
    texts += [name for term in guide.terms if section.id in term.sections for name in (term.name, *term.aliases)]
    return frozenset(word for text in texts for word in content_words(text) if len(word) > 3)


def load_engine(
    guide: Guide,
    *,
    cache: Path | None,
    remembered: Sequence[Labelled] = (),
    encoder: Encoder | None = None,
) -> CoverageEngine:
    """Fit the engine to a guide, or recall it from the cache folder.

    Args:
        guide: what is marked against.
        cache: folder for vectors and weights; None keeps nothing.
        remembered: corrections of the user's, as further examples.
        encoder: tests pass a small one.

    Raises:
        ModelError: the sentence model is missing or altered.
    """
    encoder = encoder or SentenceEncoder(cache)
    sentences = [*guide_sentences(guide), *remembered]
    vectors = guide_vectors([sentence.text for sentence in sentences], encoder, cache)
    features = Features(guide, encoder)
    classifier = fitted_classifier(guide, features, sentences, vectors, cache)
    known = Known(sentences, vectors, frozenset(sentence.text for sentence in remembered))
    return CoverageEngine(guide, features, classifier, encoder, known)
