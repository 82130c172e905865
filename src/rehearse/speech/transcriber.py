"""Transcriber: a speech segment in, an utterance of timed words out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from rehearse.domain.guide import Term
from rehearse.domain.sound import Samples, SpeechSegment
from rehearse.domain.transcript import Utterance, Word
from rehearse.speech.biasing import prompt, words_are_missing
from rehearse.speech.hallucination import invented
from rehearse.speech.terms import TermEar
from rehearse.speech.whisper import PROMPT_LIMIT, Heard, Hypothesis, TimedWord, Whisper

_LOSS_ALLOWED = 0.2
"""Average log probability that a decoding may lose for naming a term."""


Hurry = Callable[[], bool]
"""Tells whether somebody waits for the words; asked before each step of a decoding, for it may change meanwhile."""


def nobody_waits() -> bool:
    """There is time."""
    return False


class Spoken(NamedTuple):
    """A closed segment with its words."""

    segment: SpeechSegment
    utterance: Utterance


class Transcriber(Protocol):
    """Turns speech into words. Called from one thread at a time; keeps nothing between calls."""

    @property
    def name(self) -> str:
        """Name of its model, kept with the transcript."""

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        """The words of a closed segment, as well as it can; times are seconds of the answer.

        Args:
            segment: what to decode.
            before: what was said just before, oldest first.
            hurry: where somebody waits: less context in a shorter window, and no second look for terms that may
                have been said; where that goes wrong, the guards decode it in full.
        """

    def sketch(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """A quick hypothesis for a segment that is still open."""


@dataclass(frozen=True)
class TranscriberSettings:
    """How much work goes into a decoding."""

    beam: int = 2
    """Hypotheses followed at a time. With context and hotwords, five give nothing more and take half as long again."""
    context: float = 20.0
    """Seconds of sound, the segment's own included, that the decoder hears at once. Words are recognised by what
    stands around them: a sentence cut into utterances costs about one word in a hundred without it."""
    sketch_context: float = 12.0
    trusted: float = 0.45
    """Average word probability from which an utterance serves as context for the next."""


class WhisperTranscriber:
    """Whisper with the sound and the words just before as context, biased towards the guide's terms, and guarded.

    The words already known are given to the decoder as the beginning of its text, so that it goes on where they
    end: nothing is doubled or lost at a seam.
    """

    def __init__(
        self,
        whisper: Whisper,
        *,
        name: str,
        terms: Sequence[Term] = (),
        settings: TranscriberSettings | None = None,
    ) -> None:
        """Args are values; nothing is loaded.

        Args:
            whisper: the model.
            name: kept with the transcript.
            terms: names that may be said, the likeliest first.
            settings: how much work goes into it.
        """
        self._name = name
        self._whisper = whisper
        self._settings = settings or TranscriberSettings()
        self._hotwords = prompt(terms, self._whisper.encode_text)
        self._ear = TermEar(terms, lambda word: len(whisper.encode_text(word)) == 1)

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._name

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        """Decoded in a whole window; again without help where words seem to be missing, and again with the names of
        terms in mind that the words may stand for.
        """
        hurried = hurry()
        context = self._context(segment, before, self._settings.sketch_context if hurried else self._settings.context)
        heard = self._whisper.listen(_sound(context, segment), whole_window=not hurried)
        take = _Take(heard, self._prefix(context), context)
        # Whoever begins to wait while the whole window was encoded waits half as long for a greedy decoding.
        beam = 1 if hurry() and not hurried else self._settings.beam
        take, best = self._soundest(self._ways(take, segment, beam), segment, hurry)
        found = self._utterance(segment, take, best)
        suspects = () if hurry() else self._ear.suspects(found.words)
        if suspects:
            again = self._decode(take, segment, self._reminded(suspects))
            if self._is_better(again, best, segment, suspects):
                return self._utterance(segment, take, again)
        return found

    def _soundest(
        self, ways: Iterable[tuple["_Take", Hypothesis]], segment: SpeechSegment, hurry: Hurry
    ) -> tuple["_Take", Hypothesis]:
        """The first decoding, if it says enough and doesn't go round in circles; otherwise the best of all ways, or,
        where somebody waits, the first way that gives such a one.
        """
        tried: list[tuple[_Take, Hypothesis]] = []
        for way in ways:
            tried.append(way)
            if not self._doubtful(way[1], segment) and (len(tried) == 1 or hurry()):
                return way
        return min(tried, key=lambda way: self._badness(way[1], segment))

    def _ways(self, take: "_Take", segment: SpeechSegment, beam: int) -> Iterator[tuple["_Take", Hypothesis]]:
        """With all help, without the names, without what was said before."""
        prompts = (self._hotwords, ()) if self._hotwords else ((),)
        for names in prompts:
            yield take, self._decode(take, segment, names, beam=beam)
        if take.context:
            alone = _Take(self._whisper.listen(segment.samples), (), ())
            for names in prompts:
                yield alone, self._decode(alone, segment, names, beam=beam)

    def _reminded(self, names: Sequence[str]) -> tuple[int, ...]:
        """The hotwords with some names moved next to the text."""
        reminder = self._whisper.encode_text(", ".join(names))
        room = PROMPT_LIMIT - len(reminder) - 1
        return (*self._hotwords[-room:], *self._whisper.encode_text(",")[-1:], *reminder)

    def _is_better(self, again: Hypothesis, best: Hypothesis, segment: SpeechSegment, suspects: Sequence[str]) -> bool:
        """It names more of the terms in question, and has lost neither words nor certainty for it."""
        count, before = len(again.text.split()), len(best.text.split())
        return (
            not self._doubtful(again, segment)
            and again.log_probability > best.log_probability - _LOSS_ALLOWED
            and abs(count - before) <= max(3, before // 5)
            and len(self._ear.names_in(again.text) & set(suspects)) > len(self._ear.names_in(best.text) & set(suspects))
        )

    def sketch(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """Greedy decoding in a window no longer than needed."""
        context = self._context(segment, before, self._settings.sketch_context)
        heard = self._whisper.listen(_sound(context, segment), whole_window=False)
        take = _Take(heard, self._prefix(context), context)
        return self._utterance(segment, take, self._decode(take, segment, self._hotwords, beam=1))

    def _decode(
        self, take: "_Take", segment: SpeechSegment, prompt: Sequence[int], *, beam: int | None = None
    ) -> Hypothesis:
        return self._whisper.decode(
            take.heard,
            prompt=prompt,
            prefix=take.prefix,
            beam=beam or self._settings.beam,
            fresh=segment.end - segment.start,
        )

    def _doubtful(self, found: Hypothesis, segment: SpeechSegment) -> bool:
        return found.circling or found.log_probability < -1.0 or words_are_missing(found.text, _voiced(segment))

    def _badness(self, found: Hypothesis, segment: SpeechSegment) -> tuple[bool, bool, float]:
        return found.circling, words_are_missing(found.text, _voiced(segment)), -found.log_probability

    def _context(self, segment: SpeechSegment, before: Sequence[Spoken], limit: float) -> list[Spoken]:
        """The latest of what was said that fits, up to the first utterance that can't be trusted."""
        chosen: list[Spoken] = []
        room = limit - (segment.end - segment.start)
        for spoken in reversed(before):
            room -= spoken.segment.end - spoken.segment.start
            words = spoken.utterance.words
            if room < 0 or not words or np.mean([word.probability for word in words]) < self._settings.trusted:
                break
            chosen.insert(0, spoken)
        return chosen

    def _prefix(self, context: Sequence[Spoken]) -> tuple[int, ...]:
        return tuple(self._whisper.encode_text(" ".join(spoken.utterance.text for spoken in context)))

    def _utterance(self, segment: SpeechSegment, take: "_Take", found: Hypothesis) -> Utterance:
        before = sum(spoken.segment.end - spoken.segment.start for spoken in take.context)
        timed = [] if found.circling else self._whisper.align(take.heard, take.prefix, found.tokens)
        words = _on_the_clock(timed, segment.start - before, segment)
        if invented(words, found.no_speech, found.log_probability, _voiced(segment)):
            words = ()
        return Utterance(self._ear.hear(words), segment.speech_start, segment.speech_end)


@dataclass(frozen=True, eq=False)
class _Take:
    """One hearing of a segment: with what came before it, or alone."""

    heard: Heard
    prefix: tuple[int, ...]
    """Tokens of the words that are known already."""
    context: Sequence[Spoken]


def _sound(context: Sequence[Spoken], segment: SpeechSegment) -> Samples:
    return np.concatenate([*(spoken.segment.samples for spoken in context), segment.samples])


def _voiced(segment: SpeechSegment) -> float:
    return segment.speech_end - segment.speech_start


def _on_the_clock(timed: Sequence[TimedWord], offset: float, segment: SpeechSegment) -> tuple[Word, ...]:
    """Words at seconds of the answer, in order and inside their segment."""
    latest = segment.start
    words = []
    for word in timed:
        start = min(max(word.start + offset, latest), segment.end)
        latest = min(max(word.end + offset, start), segment.end)
        words.append(Word(word.text, start, latest, word.probability))
    return tuple(words)
