"""Cuts a transcript into clauses: the spans of words that are judged, each with the sentence it stands in."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.domain.transcript import Transcript, Word

MAX_SENTENCE = 45
"""Words; recognisers sometimes leave out every full stop."""
MIN_CLAUSE = 4
"""Words; a shorter piece stays with its neighbour."""

_SOFT_END = re.compile(r"[,;:–—-][\"'”’)]*$")
_OPENERS = frozenset("and but so because then since which where when while if or also although though until".split())  # noqa: SIM905 - words in a row read best
_PHRASES = frozenset("with without into onto from after before during by for at in on as to".split())  # noqa: SIM905 - words in a row read best
_FILLERS = frozenset("um uh er erm uhm hmm mm ah eh well right okay ok so yeah yes like anyway".split())  # noqa: SIM905 - words in a row read best

_CAPITALISED = """
    a an and as at but each for from he how if in it its it's my next no now of on once one our she since so some that
    that's the their then there there's these they they're this those to we we're we've what when where which while
    who why with you your
"""
STARTERS = frozenset(_CAPITALISED.split())
"""Words that English writes with a capital at the start of a sentence only."""


@dataclass(frozen=True)
class Clause:
    """A run of words that says one thing."""

    first_word: int
    end_word: int
    text: str
    sentence: int
    """Number of the sentence it belongs to."""


@dataclass(frozen=True)
class Sentence:
    """A run of words up to a full stop, the end of an utterance, or `MAX_SENTENCE`."""

    first_word: int
    end_word: int
    text: str


def split(transcript: Transcript) -> tuple[tuple[Sentence, ...], tuple[Clause, ...]]:
    """All sentences, and all clauses in order. Together the clauses hold every word once."""
    words = transcript.words
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    for first, end in _sentence_spans(transcript):
        number = len(sentences)
        sentences.append(Sentence(first, end, cleaned(words[first:end])))
        clauses += [Clause(a, b, cleaned(words[a:b]), number) for a, b in _clause_spans(words, first, end)]
    return tuple(sentences), tuple(clauses)


def cleaned(words: Sequence[Word]) -> str:
    """Words as a sentence encoder likes them: terms in canonical spelling, without fillers and false starts."""
    said: list[str] = []
    for word in words:
        text = word.term or word.text
        plain = text.strip(".,;:!?…\"'“”").lower()
        if plain in ("um", "uh", "er", "erm", "uhm", "hmm", "mm"):
            continue
        if said and plain and said[-1].strip(".,;:!?").lower() == plain:
            continue
        said.append(text)
    return " ".join(said)


def _sentence_spans(transcript: Transcript) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    index = 0
    first = 0
    for utterance in transcript.utterances:
        for number, word in enumerate(utterance.words):
            if index > first and _opens(word, at_pause=number == 0):
                spans.append((first, index))
                first = index
            index += 1
            if word.ends_sentence:
                spans.append((first, index))
                first = index
            elif index - first >= MAX_SENTENCE:
                cut = _best_cut(transcript.words, first, index)
                spans.append((first, cut))
                first = cut
        # A pause ends a sentence only where the recogniser thought so too, or heard no punctuation at all.
        unpunctuated = not any(word.ends_sentence for word in utterance.words)
        if index > first and unpunctuated and index - first >= MIN_CLAUSE and not transcript.timed:
            spans.append((first, index))
            first = index
    if index > first:
        spans.append((first, index))
    return spans


def _best_cut(words: Sequence[Word], first: int, end: int) -> int:
    """Where a run of words without a full stop is cut: where syntax allows, as late as it may, never inside a phrase.

    A comma with a conjunction after it is the best place, then a conjunction, then a comma, then before a word that
    opens a phrase of its own ("with", "into"); only a run with none of them is cut by its length.
    """

    def ease(at: int) -> float:
        after_soft = bool(_SOFT_END.search(words[at - 1].text))
        plain = words[at].text.strip(",").lower()
        return (
            3 * (after_soft and plain in _OPENERS) or 2 * (plain in _OPENERS) or 1.5 * after_soft or plain in _PHRASES
        )

    candidates = range(first + MAX_SENTENCE // 2, end)
    best = max(candidates, key=lambda at: (ease(at), at))
    return best if ease(best) else end


def _opens(word: Word, *, at_pause: bool) -> bool:
    """A capital that says that a sentence begins: recognisers leave out full stops where speech runs on.

    After a pause any word may begin one; names and "I" have their capital everywhere.
    """
    plain = word.text.strip(",").lower().replace("’", "'")
    if not word.text[:1].isupper() or word.term is not None or plain.split("'")[0] == "i":
        return False
    return plain in STARTERS or (at_pause and word.text[1:] == word.text[1:].lower())


def _clause_spans(words: Sequence[Word], first: int, end: int) -> list[tuple[int, int]]:
    cuts = [first]
    for index in range(first + 1, end):
        after_soft = bool(_SOFT_END.search(words[index - 1].text))
        opener = words[index].text.strip(",").lower() in _OPENERS
        long_enough = index - cuts[-1] >= MIN_CLAUSE and end - index >= MIN_CLAUSE
        if long_enough and ((after_soft and (opener or index - cuts[-1] >= 7)) or (opener and index - cuts[-1] >= 7)):
            cuts.append(index)
    cuts.append(end)
    return list(itertools.pairwise(cuts))


def content_words(text: str) -> list[str]:
    """Lower-case words without punctuation and fillers."""
    found = re.findall(r"[a-z0-9][a-z0-9'+#/-]*", text.lower())
    return [word for word in found if word not in _FILLERS]
