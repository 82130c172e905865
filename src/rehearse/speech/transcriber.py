"""Transcriber: a speech segment in, an utterance of timed words out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from rehearse.domain.guide import Term
from rehearse.domain.sound import Samples, SpeechSegment
from rehearse.domain.transcript import Utterance, Word
from rehearse.speech.biasing import hotwords, words_are_missing
from rehearse.speech.hallucination import invented
from rehearse.speech.terms import TermEar
from rehearse.speech.whisper import Heard, Hypothesis, TimedWord, Whisper


class Spoken(NamedTuple):
    """A closed segment with its words."""

    segment: SpeechSegment
    utterance: Utterance


class Transcriber(Protocol):
    """Turns speech into words. Called from one thread at a time; keeps nothing between calls."""

    @property
    def name(self) -> str:
        """Name of its model, kept with the transcript."""

    def transcribe(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """The words of a closed segment, as well as it can; times are seconds of the answer.

        Args:
            segment: what to decode.
            before: what was said just before, oldest first.
        """

    def sketch(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """A quick hypothesis for a segment that is still open."""


@dataclass(frozen=True)
class TranscriberSettings:
    """How much work goes into a decoding."""

    beam: int = 5
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
        self._hotwords = hotwords(terms, self._whisper.encode_text)
        self._ear = TermEar(terms)

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._name

    def transcribe(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """Beam search in a whole window; decoded again without help where words seem to be missing."""
        context = self._context(segment, before, self._settings.context)
        heard = self._whisper.listen(_sound(context, segment))
        prefix = self._prefix(context)
        best = self._decode(heard, segment, prefix, self._hotwords)
        if self._doubtful(best, segment):
            again = [self._decode(heard, segment, prefix, ())] if self._hotwords else []
            if context:
                heard_alone = self._whisper.listen(segment.samples)
                alone = [self._decode(heard_alone, segment, (), bias) for bias in {(), tuple(self._hotwords)}]
                again += alone
            else:
                heard_alone, alone = heard, []
            chosen = min([best, *again], key=lambda found: self._badness(found, segment))
            if any(chosen is found for found in alone):
                heard, prefix, context = heard_alone, (), []
            best = chosen
        return self._utterance(segment, heard, prefix, best, context)

    def sketch(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """Greedy decoding in a window no longer than needed."""
        context = self._context(segment, before, self._settings.sketch_context)
        heard = self._whisper.listen(_sound(context, segment), whole_window=False)
        prefix = self._prefix(context)
        found = self._whisper.decode(
            heard, prompt=self._hotwords, prefix=prefix, beam=1, fresh=segment.end - segment.start
        )
        if found.circling:
            return Utterance((), segment.speech_start, segment.speech_end)
        return self._utterance(segment, heard, prefix, found, context)

    def _decode(self, heard: Heard, segment: SpeechSegment, prefix: Sequence[int], prompt: Sequence[int]) -> Hypothesis:
        length = segment.end - segment.start
        return self._whisper.decode(heard, prompt=prompt, prefix=prefix, beam=self._settings.beam, fresh=length)

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

    def _utterance(
        self,
        segment: SpeechSegment,
        heard: Heard,
        prefix: Sequence[int],
        found: Hypothesis,
        context: Sequence[Spoken],
    ) -> Utterance:
        offset = segment.start - sum(spoken.segment.end - spoken.segment.start for spoken in context)
        timed = [] if found.circling else self._whisper.align(heard, prefix, found.tokens)
        words = _on_the_clock(timed, offset, segment)
        if invented(words, found.no_speech, found.log_probability, _voiced(segment)):
            words = ()
        return Utterance(self._ear.hear(words), segment.speech_start, segment.speech_end)


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
