"""A transcriber with Whisper: the sound around as context, guards, and the guide's names where they were said."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.domain.guide import Term
from rehearse.domain.sound import Samples, SpeechSegment, seconds
from rehearse.domain.transcript import Utterance, Word
from rehearse.speech.biasing import prompt, words_are_missing
from rehearse.speech.hallucination import invented
from rehearse.speech.joined_segments import joined, on_the_clock
from rehearse.speech.missed_speech import filled
from rehearse.speech.term_recognition import TermRecogniser
from rehearse.speech.term_substitution import with_names
from rehearse.speech.transcriber import Hurry, Spoken, Waiting, nobody_waits
from rehearse.speech.whisper import PROMPT_LIMIT, Heard, Hypothesis, Whisper

_SURE = -0.8
_NO_SPEECH = 0.6
_SURE_OF_WORDS = 0.5
"""Average log probability, probability of no speech and mean word probability that words found in a hole need."""

_UNSURE = 0.6
_NOT_SURE = 0.85
"""Word probability below which a name may have been said: where somebody waits, and where there is time. A name that
the recogniser doesn't know costs it certainty."""

_LANGUAGE_SECONDS = 1.5
"""Seconds of speech from which its language can be told."""


@dataclass(frozen=True)
class TranscriberSettings:
    """How much work goes into a decoding."""

    beam: int = 5
    """Hypotheses followed at a time while there is time: on people one word in a hundred better than two."""
    quick_beam: int = 2
    """The same where somebody waits, and in the search for names."""
    context: float = 20.0
    """Seconds of sound, the segment's own included, that the decoder hears at once. Words are recognised by what
    stands around them: a sentence cut into utterances costs about one word in a hundred without it."""
    hypothesis_context: float = 12.0
    trusted: float = 0.45
    """Average word probability from which an utterance serves as context for the next."""


class WhisperTranscriber:
    """Whisper with the sound around as context, guarded, and with the guide's names where they were said.

    The words of a passage that are already known are given to the decoder as the beginning of its text, so that it
    goes on where they end: nothing is doubled or lost at a seam.
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
        self._terms = TermRecogniser(terms, lambda word: len(whisper.encode_text(word)) == 1)

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._name

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        """Decoded behind what was said before; again alone where words seem to be missing."""
        hurried = hurry()
        context = self._context(
            segment, before, self._settings.hypothesis_context if hurried else self._settings.context
        )
        take = self._listen(context, [segment], whole_window=not hurried)
        if language := self._foreign(take):
            return _without_words([segment], language)[0]
        # Whoever begins to wait while the whole window was encoded waits half as long for a greedy decoding.
        beam = self._settings.quick_beam if hurried else 1 if hurry() else self._settings.beam
        take, best = self._soundest(self._ways(take, beam), hurry)
        return self._utterances(take, best, hurry)[0]

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        """Decoded in one go with a wide beam."""
        take = self._listen((), segments)
        if hurry():
            return None
        if language := self._foreign(take):
            return tuple(_without_words(segments, language))
        found = self._decode(take, beam=self._settings.beam)
        if hurry() or self._doubtful(found, take):
            return None
        return tuple(self._utterances(take, found, hurry))

    def hypothesise(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """Greedy decoding in a window no longer than needed, without a look for names."""
        context = self._context(segment, before, self._settings.hypothesis_context)
        take = self._listen(context, [segment], whole_window=False)
        found = self._decode(take, beam=1)
        return self._written(take, found, self._timed(take, found))[0]

    def _listen(
        self, context: Sequence[Spoken], segments: Sequence[SpeechSegment], *, whole_window: bool = True
    ) -> "_Take":
        known = tuple(spoken.segment for spoken in context)
        named = any(self._terms.any_distinct(spoken.utterance.words) for spoken in context)
        heard = self._whisper.listen(joined([*known, *segments]), whole_window=whole_window)
        prefix = self._whisper.encode_text(" ".join(spoken.utterance.text for spoken in context))
        fresh = sum(segment.end - segment.start for segment in segments)
        return _Take(heard, tuple(prefix), known, tuple(segments), among_names=named, fresh=fresh)

    def _foreign(self, take: "_Take") -> str:
        """Code of the language it is in where that isn't English: what would be decoded then was never said."""
        voiced = sum(map(_voiced, (*take.context, *take.segments)))
        return self._whisper.foreign(take.heard) if voiced >= _LANGUAGE_SECONDS else ""

    def _soundest(self, ways: Iterable[tuple["_Take", Hypothesis]], hurry: Hurry) -> tuple["_Take", Hypothesis]:
        """The first decoding, if it says enough and doesn't go round in circles; otherwise the best of all ways, or,
        where somebody waits, the first way that gives such a one.
        """
        tried: list[tuple[_Take, Hypothesis]] = []
        for take, found in ways:
            tried.append((take, found))
            if not self._doubtful(found, take) and (len(tried) == 1 or hurry()):
                return take, found
        return min(tried, key=lambda way: self._badness(way[1], way[0]))

    def _ways(self, take: "_Take", beam: int) -> Iterator[tuple["_Take", Hypothesis]]:
        """With what was said before, with the names in mind, alone."""
        yield take, self._decode(take, beam=beam)
        if self._hotwords:
            yield take, self._decode(take, self._hotwords, beam=beam)
        if take.context:
            alone = self._listen((), take.segments)
            yield alone, self._decode(alone, beam=beam)

    def _decode(self, take: "_Take", prompt: Sequence[int] = (), *, beam: int) -> Hypothesis:
        return self._whisper.decode(take.heard, prompt=prompt, prefix=take.prefix, beam=beam, fresh=take.fresh)

    def _timed(self, take: "_Take", found: Hypothesis) -> tuple[Word, ...]:
        """Words at seconds of the joined sound."""
        timed = [] if found.circling else self._whisper.align(take.heard, take.prefix, found.tokens)
        return tuple(Word(word.text, word.start, word.end, word.probability) for word in timed)

    def _utterances(self, take: "_Take", found: Hypothesis, hurry: Hurry) -> list[Utterance]:
        """The words with the guide's names where they were said. Where nobody waits, what stands in holes too, and a
        second look for names that the words may stand for.
        """
        words = self._timed(take, found)
        if words and not hurry():
            words = filled(words, take.context, take.segments, self._heard_alone)
        waited_for, names = hurry(), set[str]()
        unsure = any(word.probability < (_UNSURE if waited_for else _NOT_SURE) for word in words)
        if self._hotwords and unsure and waited_for < Waiting.LONG:
            words = self._with_names(take, words, self._hotwords, 1 if waited_for else self._settings.quick_beam, names)
            suspects = () if hurry() else self._terms.suspects(self._terms.hear(words))
            if suspects:
                words = self._with_names(take, words, self._reminded(suspects), self._settings.quick_beam, names)
        return self._written(take, found, words, names)

    def _heard_alone(self, sound: Samples) -> tuple[Word, ...]:
        """Words of a short sound, if there are any beyond doubt."""
        take = _Take(self._whisper.listen(sound), (), (), (), among_names=False, fresh=seconds(len(sound)))
        found = self._decode(take, beam=self._settings.beam)
        if found.circling or found.log_probability < _SURE or found.no_speech > _NO_SPEECH:
            return ()
        words = self._timed(take, found)
        return words if words and np.mean([word.probability for word in words]) >= _SURE_OF_WORDS else ()

    def _with_names(
        self, take: "_Take", words: tuple[Word, ...], prompt: Sequence[int], beam: int, names: set[str]
    ) -> tuple[Word, ...]:
        """The words with names taken over; all names that were written go into `names`."""
        biased = self._timed(take, self._decode(take, prompt, beam=beam))
        names.update(name for *_, name in self._terms.spelled(biased))
        return with_names(words, biased, self._terms)

    def _written(
        self, take: "_Take", found: Hypothesis, words: Sequence[Word], names: Container[str] = frozenset()
    ) -> list[Utterance]:
        """The words as utterances, without what nobody said; `names` were written with names in mind."""
        shares = on_the_clock(words, take.context, take.segments)
        named = take.among_names or self._terms.any_distinct(words)
        made = []
        for segment, share in zip(take.segments, shares, strict=True):
            nothing = invented(
                share, found.no_speech, found.log_probability, _voiced(segment), doubtful=segment.doubtful
            )
            heard = () if nothing else self._terms.hear(share, among_names=named, confirmed=names)
            made.append(Utterance(heard, segment.speech_start, segment.speech_end))
        return made

    def _reminded(self, names: Sequence[str]) -> tuple[int, ...]:
        """The hotwords with some names moved next to the text."""
        reminder = self._whisper.encode_text(", ".join(names))
        room = PROMPT_LIMIT - len(reminder) - 1
        return (*self._hotwords[-room:], *self._whisper.encode_text(",")[-1:], *reminder)

    def _doubtful(self, found: Hypothesis, take: "_Take") -> bool:
        return found.circling or found.log_probability < -1.0 or words_are_missing(found.text, take.voiced)

    def _badness(self, found: Hypothesis, take: "_Take") -> tuple[bool, bool, float]:
        return found.circling, words_are_missing(found.text, take.voiced), -found.log_probability

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


@dataclass(frozen=True, eq=False)
class _Take:
    """One hearing of some segments: with what came before them, or alone."""

    heard: Heard
    prefix: tuple[int, ...]
    """Tokens of the words that are known already."""
    context: tuple[SpeechSegment, ...]
    segments: tuple[SpeechSegment, ...]
    among_names: bool
    """Names of the guide were said in the context."""
    fresh: float
    """Seconds of sound behind the prefix."""

    @property
    def voiced(self) -> float:
        """Seconds of speech behind the prefix."""
        return sum(map(_voiced, self.segments))


def _without_words(segments: Sequence[SpeechSegment], language: str) -> list[Utterance]:
    return [Utterance((), segment.speech_start, segment.speech_end, language) for segment in segments]


def _voiced(segment: SpeechSegment) -> float:
    return segment.speech_end - segment.speech_start
