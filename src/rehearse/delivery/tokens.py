"""Words as the rules of this package see them: bare, lower case, with the punctuation that matters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.domain.transcript import Transcript

_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_STOP = re.compile(r"(?<!\.)[.!?][\"”’')\]]*$")  # not an ellipsis: people trail off and go on
_BREAK = re.compile(r"(?:\.\.|[,;:–—…-])[\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a transcript."""

    bare: str
    """Lower case, no punctuation around it; "" where the word was punctuation alone."""
    stops: bool
    """A sentence's punctuation follows."""
    ends_sentence: bool
    """The same, or the utterance ends."""
    breaks: bool
    """A comma, dash, colon or a sentence's end follows."""


def tokens(transcript: Transcript) -> tuple[Token, ...]:
    """A token for every word, at the same index."""
    return tuple(
        _token(word.text, last=index == len(utterance.words) - 1)
        for utterance in transcript.utterances
        for index, word in enumerate(utterance.words)
    )


def _token(text: str, *, last: bool) -> Token:
    stops = bool(_STOP.search(text))
    bare = _EDGES.sub("", text).lower().replace("’", "'")
    return Token(bare, stops, stops or last, stops or last or bool(_BREAK.search(text)))


def sentences(words: Sequence[Token]) -> list[tuple[int, int]]:
    """Word ranges of the sentences, in order, without gaps."""
    ranges, start = [], 0
    for index, token in enumerate(words):
        if token.ends_sentence:
            ranges.append((start, index + 1))
            start = index + 1
    if start < len(words):
        ranges.append((start, len(words)))
    return ranges


def word_starts(transcript: Transcript) -> list[float]:
    """When each word begins, never before its utterance or the word before it.

    The recogniser dates first words too early; an utterance's start is voice activity and right.
    """
    starts: list[float] = []
    for utterance in transcript.utterances:
        earliest = max(utterance.start, starts[-1] if starts else 0.0)
        for index, word in enumerate(utterance.words):
            start = utterance.start if index == 0 else min(word.start, max(utterance.end, utterance.start))
            earliest = max(earliest, start)
            starts.append(earliest)
    return starts


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(text.split())


def plain_text(words: Sequence[Token]) -> str:
    """The words without punctuation, lower case but for "I"."""
    return " ".join("I" + token.bare[1:] if re.match(r"i\b", token.bare) else token.bare for token in words)
