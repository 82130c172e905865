"""What was said, word by word, each with its time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*$")


def plain_word(text: str) -> str:
    """A word as it is compared: its letters and digits alone, in lower case."""
    return re.sub(r"\W", "", text.lower())


@dataclass(frozen=True)
class Word:
    """One word as shown, with its punctuation and without surrounding spaces."""

    text: str
    start: float = 0.0
    """Seconds of the answer; meaningless where the transcript isn't `timed`."""
    end: float = 0.0
    probability: float = 1.0
    """The recogniser's, 0..1; 1 for typed words."""
    term: str | None = None
    """Canonical spelling of the guide's term this word is taken for ("Kubernetes" for "cube"), or None."""

    @property
    def ends_sentence(self) -> bool:
        """Its punctuation says so; an abbreviation's does too."""
        return _SENTENCE_END.search(self.text) is not None


@dataclass(frozen=True)
class Utterance:
    """Text of one speech segment. One without words is speech that yielded none."""

    words: tuple[Word, ...]
    start: float = 0.0
    """Seconds at which voice activity begins."""
    end: float = 0.0
    language: str = ""
    """Code of the language it seems to be in where that isn't English (ISO 639-1); it has no words then."""

    @property
    def text(self) -> str:
        """The words, single spaces between them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class Absence:
    """A while in which the microphone brought nothing. The answer's clock stood still: it is no part of its length."""

    at: float
    """Seconds of the answer after which it began."""
    seconds: float
    """How long it was away."""


@dataclass(frozen=True)
class Quote:
    """A run of words of a transcript with its place and time; evidence is made of these."""

    text: str
    start: float | None
    """Seconds of the answer; None for typed answers."""
    end: float | None
    first_word: int
    """Index into `Transcript.words`."""
    end_word: int
    """Index behind the last word."""


@dataclass(frozen=True)
class Transcript:
    """Utterances in order; append only."""

    utterances: tuple[Utterance, ...] = ()
    timed: bool = True
    """False for typed answers: times mean nothing."""
    duration: float = 0.0
    """Seconds from the start of the answer to its end, 0 for typed answers."""
    model: str | None = None
    """Name of the recogniser's model, None for typed answers."""
    absences: tuple[Absence, ...] = ()
    """When the microphone was away, in order; those that are worth a word. Empty in answers of earlier versions."""

    @classmethod
    def typed(cls, text: str) -> "Transcript":
        """A transcript without times, one utterance a paragraph."""
        paragraphs = (part.split() for part in text.split("\n\n"))
        return cls(tuple(Utterance(tuple(Word(word) for word in part)) for part in paragraphs if part), timed=False)

    def with_utterance(self, utterance: Utterance) -> "Transcript":
        """This transcript and one more utterance."""
        duration = max(self.duration, utterance.end) if self.timed else 0.0
        return replace(self, utterances=(*self.utterances, utterance), duration=duration)

    def with_duration(self, duration: float) -> "Transcript":
        """The same words in an answer of `duration` seconds."""
        return replace(self, duration=duration)

    def with_absences(self, absences: Iterable[Absence]) -> "Transcript":
        """The same words, and when the microphone was away."""
        return replace(self, absences=tuple(absences))

    @cached_property
    def foreign(self) -> dict[str, float]:
        """Seconds of speech in other languages than English, by their codes, the longest first."""
        found: dict[str, float] = {}
        for one in self.utterances:
            if one.language:
                found[one.language] = found.get(one.language, 0.0) + one.end - one.start
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words in order."""
        return tuple(word for utterance in self.utterances for word in utterance.words)

    @cached_property
    def text(self) -> str:
        """All words, single spaces between them. Character offsets in this class refer to it."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def word_offsets(self) -> tuple[tuple[int, int], ...]:
        """Character span of every word in `text`."""
        return tuple(_offsets(word.text for word in self.words))

    def quote(self, first_word: int, end_word: int) -> Quote:
        """The words `first_word` to `end_word` (exclusive) as evidence.

        Raises:
            ValueError: the range is empty or reaches outside the transcript.
        """
        if not 0 <= first_word < end_word <= len(self.words):
            raise ValueError(f"no words {first_word} to {end_word} in a transcript of {len(self.words)}")
        chosen = self.words[first_word:end_word]
        text = " ".join(word.text for word in chosen)
        if not self.timed:
            return Quote(text, None, None, first_word, end_word)
        return Quote(text, chosen[0].start, chosen[-1].end, first_word, end_word)

    def quote_characters(self, start: int, end: int) -> Quote:
        """The words that the characters `start` to `end` of `text` touch.

        Raises:
            ValueError: they touch none.
        """
        touched = [i for i, (a, b) in enumerate(self.word_offsets) if a < end and b > start]
        if not touched:
            raise ValueError(f"no words in characters {start} to {end}")
        return self.quote(touched[0], touched[-1] + 1)


def _offsets(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    position = 0
    for word in words:
        yield position, position + len(word)
        position += len(word) + 1
