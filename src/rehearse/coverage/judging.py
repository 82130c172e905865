"""Clauses with their scores, and what English says against them: denied, done by others, hollow, too short."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage import language
from rehearse.coverage.classifier import SectionClassifier
from rehearse.coverage.clauses import Clause, Sentence, content_words, split
from rehearse.coverage.features import Features
from rehearse.coverage.sentence_tagger import LEAST, SHARE, SentenceTagger, lift
from rehearse.coverage.sparse import Matrix
from rehearse.coverage.substance import scantness
from rehearse.coverage.topics import topic_words
from rehearse.coverage.users_word import UsersWord, Verdicts
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript

Scores = NDArray[np.float64]

SENTENCE = 0.4
"""Share of a clause's score that comes from the whole sentence it stands in; from 0.35 to 0.5 does nearly as well. More
would lean on full stops, which recognisers set where people pause."""

RANKED = 2.0
"""How much more the tags of its sentence count where quotes are chosen."""

REMEMBERED = 8192
"""Scores of clauses and sentences that are kept, so that a growing transcript costs only what is new."""

ABSENT = "it is said to be missing"
OTHERS = "somebody else did it"
SHORT = "too few words"
HOLLOW_WORDS = frozenset(["a", "an", "the", "and", "then", "we", "i", "it", "of", "to", "that", "was", "is", "with"])
"""Words that add nothing to a hollow wording."""
BARE_WORDS = HOLLOW_WORDS | {"in", "on", "at", "for", "by", "from", "this", "my", "our"}
"""Words that say nothing by themselves."""
LISTED = "names are listed, nothing is told about them"
CROSSED_OUT = "you crossed such words out"

SERVES, TICKED = 1.0, 2.0
"""Score of a clause and log-odds of its sentence, at least, where the user ticked such words."""


@dataclass(frozen=True)
class Judged:
    """A clause with its score for each section, and what speaks against it."""

    clause: Clause
    scores: Scores
    """Shape (sections,); about 1 for what serves a section, about -1 for what doesn't."""
    tags: Scores | None
    """Log-odds that a listener would tick each section for its sentence, shape (sections,); None without a tagger."""
    blocked: tuple[str | None, ...]
    """For each section, why the clause doesn't count for it; None where it does."""
    meaning: Matrix
    """The clause's embedding, shape (dimensions,)."""

    @cached_property
    def rank(self) -> Scores:
        """By which the best quote is chosen: what its whole sentence says counts for more than for the mark."""
        return self.scores if self.tags is None else self.scores + RANKED * lift(self.tags)

    @cached_property
    def evidence(self) -> Scores:
        """How well it would do as the quote that is shown, on the scale of its scores."""
        return self.scores if self.tags is None else self.scores + lift(self.tags)

    def speaks_of(self, index: int) -> bool:
        """Whether its whole sentence says of no other section more than of this one, as far as that is known."""
        return self.tags is None or int(self.tags.argmax()) == index

    def doubted(self, doubt: float) -> "Judged":
        """The same with less score, clause and sentence."""
        return replace(self, scores=self.scores - doubt, tags=None if self.tags is None else self.tags - doubt / SHARE)

    def overruled(self, again: Verdicts, alike: Verdicts) -> "Judged":
        """The same with the user's word over ours.

        Args:
            again: on these very words; it lifts what speaks against them, too.
            alike: on what the whole sentence says.
        """
        said = np.where(again, again, alike)
        if not said.any():
            return self
        scores = np.where(said > 0, np.maximum(self.scores, SERVES), self.scores)
        blocked = tuple(
            CROSSED_OUT if said[at] < 0 else None if again[at] > 0 else block for at, block in enumerate(self.blocked)
        )
        return replace(self, scores=scores, blocked=blocked)

    def retagged(self, said: Verdicts) -> "Judged":
        """The same with the user's word on its sentence, or on a part of it: the tag is from there, like as not."""
        if self.tags is None or not said.any():
            return self
        return replace(self, tags=np.select([said > 0, said < 0], [np.maximum(self.tags, TICKED), LEAST], self.tags))


class ClauseJudge:
    """Scores clauses one by one and remembers them, so that a growing transcript costs only its new clauses."""

    def __init__(
        self,
        guide: Guide,
        features: Features,
        classifier: SectionClassifier,
        *,
        tagger: SentenceTagger | None,
        users_word: UsersWord,
    ) -> None:
        """Collect the words that name each section; `tagger` where the guide has one."""
        self._users_word = users_word
        self._features = features
        self._classifier = classifier
        self._tagger = tagger
        self._topics = [topic_words(guide, index) for index in range(len(guide.sections))]
        self._known: dict[str, tuple[Scores, Matrix]] = {}
        self._blocks = lru_cache(maxsize=8192)(self._blocks_of)

    def judge(self, transcript: Transcript) -> list[Judged]:
        """Every clause that says something, in order."""
        sentences, clauses = split(transcript)
        self._learn([sentence.text for sentence in sentences] + [clause.text for clause in clauses])
        tags = self._tags(sentences)
        judged = [
            self._judge(clause, sentences[clause.sentence], tags.get(clause.sentence))
            for clause in clauses
            if clause.text
        ]
        return self._overruled(judged, sentences, transcript)

    def _overruled(
        self, judged: Sequence[Judged], sentences: Sequence[Sentence], transcript: Transcript
    ) -> list[Judged]:
        """With the user's word, where they corrected such words before, over the engine's."""
        said_in = {one.clause.sentence: sentences[one.clause.sentence].text for one in judged}
        alike = {number: self._users_word.in_other_words(self._known[text][1]) for number, text in said_in.items()}
        retagged = dict(alike)
        again = [np.zeros(len(self._topics), np.int8) for _ in judged]
        for said in self._users_word.said_again(transcript):
            for at, one in enumerate(judged):
                if one.clause.first_word < said.end_word and said.first_word < one.clause.end_word:
                    number = one.clause.sentence
                    again[at] = np.where(said.verdict, said.verdict, again[at])
                    retagged[number] = np.where(said.verdict, said.verdict, retagged[number])
        return [
            one.overruled(own, alike[one.clause.sentence]).retagged(retagged[one.clause.sentence])
            for one, own in zip(judged, again, strict=True)
        ]

    def _tags(self, sentences: Sequence[Sentence]) -> dict[int, Scores]:
        """Of each sentence that says something, by its number; nothing without a tagger."""
        saying = [number for number, sentence in enumerate(sentences) if sentence.text]
        if self._tagger is None:
            return {}
        return dict(zip(saying, self._tagger.logits([sentences[number].text for number in saying]), strict=True))

    def _judge(self, clause: Clause, sentence: Sentence, tags: Scores | None) -> Judged:
        own, meaning = self._known[clause.text]
        whole = own if sentence.text == clause.text else self._known[sentence.text][0]
        # What the sentence denies elsewhere mustn't lend its weight to this clause.
        lends = [block is None for block in self._blocks(sentence.text)]
        mixed = np.where(lends, (1 - SENTENCE) * own + SENTENCE * whole, own) - scantness(clause.text)
        blocked = self._blocks(clause.text)
        if _is_too_short(clause.text) and len(content_words(sentence.text)) < 5:
            blocked = tuple(block or SHORT for block in blocked)
        return Judged(clause, mixed, tags, blocked, meaning)

    def _learn(self, texts: Sequence[str]) -> None:
        """Score what is new, all at once."""
        new = [text for text in dict.fromkeys(texts) if text and text not in self._known]
        if not new:
            return
        if len(self._known) > REMEMBERED:
            self._known = {text: self._known[text] for text in texts if text in self._known}
        seen = self._features.of(new)
        for text, scores, meaning in zip(new, self._classifier.scores(seen), seen.meaning, strict=True):
            self._known[text] = (scores, meaning)

    def _blocks_of(self, text: str) -> tuple[str | None, ...]:
        return tuple(self._block(index, text) for index in range(len(self._topics)))

    def _block(self, index: int, text: str) -> str | None:
        if language.hands_to_others(text):
            return OTHERS
        if language.says_absent(text) and language.denies(text, self._topics[index]):
            return ABSENT
        if self._features.lists(text):
            return LISTED
        hollow = self._features.hollow(index, text)
        if hollow and len(set(content_words(self._features.beside_hollow(index, text))) - HOLLOW_WORDS) < 3:
            return f"“{hollow}” names it without saying anything"
        return None


def _is_too_short(text: str) -> bool:
    """Fewer than three words, or but one that says something: somebody who broke off after “in the next ...”."""
    words = content_words(text)
    return len(words) < 3 or len(set(words) - BARE_WORDS) < 2
