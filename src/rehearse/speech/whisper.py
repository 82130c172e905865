"""Whisper: one encoder run, as many decodings of it as are needed. The only module that touches faster-whisper."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.domain.sound import SAMPLE_RATE, Samples
from rehearse.errors import ModelError
from rehearse.speech.priority import NICENESS, give_way

WINDOW_SECONDS = 30.0
"""What Whisper takes in at a time."""

_FRAMES_PER_SECOND = 100
_WHOLE_WINDOW = 3000
_LEAST_SPARE = 4.0
"""Seconds of padding in a shortened window: with less, the decoder misses the end and goes round in circles."""

_LEAST_ENGLISH = 0.06
"""Probability of English up to which speech is in another language: on 42 recordings of people with many accents it was
0.13 at least, on synthetic voices that read four other languages for five seconds and more 0.03 at most."""

_TOKENS_PER_SECOND = 8.0
"""More than anybody says; the bound that ends a decoding gone round in circles."""

_SPARE_TOKENS = 12
_PUNCTUATION = ".,;:!?…-"
PROMPT_LIMIT = 223
"""Half of the decoder's 448 positions, less one: what may stand before the text."""


@dataclass(frozen=True)
class Hypothesis:
    """What one decoding made of the sound."""

    tokens: tuple[int, ...]
    text: str
    log_probability: float
    """Average of its tokens'."""
    no_speech: float
    """Probability that there is no speech, 0..1."""
    cut_short: bool
    """It reached the bound on its length."""

    @property
    def circling(self) -> bool:
        """It says the same over and over: zlib shrinks it to less than 1/2.4 (Whisper's own measure)."""
        raw = self.text.encode("utf-8")
        return self.cut_short or (len(raw) > 0 and len(raw) / len(zlib.compress(raw)) > 2.4)


@dataclass(frozen=True)
class TimedWord:
    """A word as the alignment gives it: seconds from the start of the sound."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, eq=False)
class Heard:
    """Sound behind the encoder."""

    encoded: Any
    frames: int
    """Hundredths of a second that hold sound."""
    duration: float


class Whisper:
    """A Whisper model in CTranslate2's format, int8 on the CPU. Two threads may use it at a time.

    Raises:
        ModelError: the folder holds no model that loads.
    """

    def __init__(self, folder: Path, *, threads: int, niceness: int = NICENESS) -> None:
        try:
            from faster_whisper import WhisperModel
            from faster_whisper.tokenizer import Tokenizer
            from faster_whisper.transcribe import get_suppressed_tokens

            # The decoder may wait a moment, a key press may not.
            self._model: Any = give_way(
                lambda: WhisperModel(
                    str(folder),
                    device="cpu",
                    compute_type="int8",
                    cpu_threads=threads,
                    num_workers=2,
                    local_files_only=True,
                ),
                niceness,
            )
        except (RuntimeError, OSError, ValueError) as error:
            raise ModelError(
                f"The speech model in {folder} doesn't load",
                why=(str(error).splitlines() or [""])[0],
                next_step="Choose another model, or install this one again.",
            ) from error
        multilingual = bool(self._model.model.is_multilingual)
        self._tokens: Any = Tokenizer(
            self._model.hf_tokenizer, multilingual, task="transcribe" if multilingual else None, language="en"
        )
        self._suppressed = get_suppressed_tokens(self._tokens, [-1])

    def encode_text(self, text: str) -> list[int]:
        """Tokens of a text that goes on after other text."""
        return list(self._tokens.encode(" " + text.strip())) if text.strip() else []

    def listen(self, sound: Samples, *, whole_window: bool = True) -> Heard:
        """Run the encoder, at most 30 s of sound.

        Args:
            sound: at 16 kHz.
            whole_window: pad to 30 s, as the model was trained; otherwise to the sound's length and a little more,
                which takes a third of the time and now and then makes the decoder go round in circles.
        """
        from faster_whisper.transcribe import pad_or_trim

        features = self._model.feature_extractor(sound)
        duration = len(sound) / SAMPLE_RATE
        frames = min(_WHOLE_WINDOW, int(duration * _FRAMES_PER_SECOND))
        wanted = int(np.ceil(duration + _LEAST_SPARE)) * _FRAMES_PER_SECOND
        length = _WHOLE_WINDOW if whole_window else min(_WHOLE_WINDOW, wanted)
        return Heard(self._model.encode(pad_or_trim(features, length)), frames, duration)

    def foreign(self, heard: Heard) -> str:
        """Code of the language that the sound is in if that is hardly English; "" otherwise, or if it can't tell."""
        if not self._model.model.is_multilingual:
            return ""
        (found,) = self._model.model.detect_language(heard.encoded)
        probabilities = {token.strip("<|>"): probability for token, probability in found}
        likeliest = max(probabilities, key=probabilities.__getitem__)
        return "" if probabilities["en"] > _LEAST_ENGLISH else str(likeliest)

    def decode(
        self,
        heard: Heard,
        *,
        prompt: Sequence[int] = (),
        prefix: Sequence[int] = (),
        beam: int = 5,
        fresh: float | None = None,
    ) -> Hypothesis:
        """The likeliest text.

        Args:
            heard: the sound.
            prompt: tokens of names that may occur; they go before the text and aren't part of it.
            prefix: tokens of the beginning of the text, already known.
            beam: hypotheses followed at a time; 1 is greedy.
            fresh: seconds of sound behind the prefix, all of it by default; bounds the length.
        """
        before = [self._tokens.sot_prev, *list(prompt)[:PROMPT_LIMIT]] if prompt else []
        whole = [*before, *self._tokens.sot_sequence, self._tokens.no_timestamps, *prefix]
        bound = int((heard.duration if fresh is None else fresh) * _TOKENS_PER_SECOND) + _SPARE_TOKENS
        found = self._model.model.generate(
            heard.encoded,
            [whole],
            beam_size=beam,
            max_length=min(self._model.max_length, _length_for(len(whole) - len(prefix), len(prefix) + bound)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._suppressed,
        )[0]
        said = found.sequences_ids[0][len(prefix) :]  # CTranslate2 repeats what was forced upon it
        tokens = tuple(token for token in said if token < self._tokens.eot)
        return Hypothesis(
            tokens,
            self._tokens.decode(list(tokens)).strip(),
            found.scores[0] * len(found.sequences_ids[0]) / (len(tokens) + 1),  # what was forced counts as certain
            float(found.no_speech_prob),
            cut_short=len(tokens) >= bound,
        )

    def align(self, heard: Heard, prefix: Sequence[int], tokens: Sequence[int]) -> list[TimedWord]:
        """Times and probabilities of the words of `tokens`, which follow those of `prefix`."""
        from faster_whisper.transcribe import merge_punctuations

        if not tokens:
            return []
        found: list[dict[str, Any]] = self._model.find_alignment(
            self._tokens, [[*prefix, *tokens]], heard.encoded, heard.frames
        )[0]
        merge_punctuations(found, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
        return words_behind(found, len(prefix), lambda tokens: str(self._tokens.decode(list(tokens))))


def words_behind(
    found: Sequence[Mapping[str, Any]], prefix: int, decode: Callable[[Sequence[int]], str]
) -> list[TimedWord]:
    """Aligned words, without those of the prefix.

    Args:
        found: words with their `tokens`, `start`, `end` and `probability`, punctuation joined to its word.
        prefix: so many tokens were known before. What continues their last word is a word by itself here; its
            punctuation alone is none.
        decode: tokens to text.
    """
    words: list[TimedWord] = []
    passed = 0
    for word in found:
        tokens = word["tokens"]
        known = max(0, prefix - passed)
        passed += len(tokens)
        if passed <= prefix:
            continue
        text = decode(tokens[known:]).lstrip(_PUNCTUATION + " ") if known else str(word["word"])
        if not text.strip():
            continue
        timed = TimedWord(text.strip(), float(word["start"]), float(word["end"]), float(word["probability"]))
        if words and not known and not text.startswith(" "):  # the rest of "2,000" or "CI/CD"
            before = words.pop()
            timed = TimedWord(
                before.text + timed.text, before.start, timed.end, min(before.probability, timed.probability)
            )
        words.append(timed)
    return words


def _length_for(prompt: int, text: int) -> int:
    """The `max_length` with which CTranslate2 gives so many tokens of text, a forced beginning included.

    It stops at `min(max_length / 2, max_length - prompt)` (4.x, `WhisperReplica::generate`).
    """
    return max(2 * text, prompt + text)
