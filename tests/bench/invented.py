"""Words that nobody said: on silence, noise, clicks and music, and behind the end of speech."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rehearse.domain.sound import SAMPLE_RATE, Samples, samples
from rehearse.guides.library import GuideLibrary
from rehearse.live.whole_answer import transcribe_samples
from tests.bench.corpus import in_a_room, pink, silence, voices
from tests.bench.models import Plain, model_folder, our_transcriber
from tests.bench.speech import GUIDE, NoMarks
from tests.bench.tables import note, show_table
from tests.bench.texts import TEXTS
from tests.bench.words import tokens

ENDS = (29, 30, 31, 32)
"""Seconds: around the end of Whisper's window."""


def run(cache: Path, models: Sequence[str], *, quick: bool = False, full: bool = False) -> None:
    """Print the table."""
    minutes = 10.0 if full else 0.5 if quick else 2.0
    guide = GuideLibrary().load(GUIDE)
    for name in models:
        folder = model_folder(name, cache)
        if folder is None:
            note(f"Whisper `{name}` isn't installed; left out.")
            continue
        ours, plain = our_transcriber(name, cache, guide, guide.scenarios[1].id), Plain(folder)
        rows, total = [], [0, 0]
        for title, sound, said in [*_nobody(minutes), *_tails()]:
            theirs = _not_said(plain.transcribe(sound).text, said)
            found = transcribe_samples(sound, ours, NoMarks(), guide.scenarios[1])
            own = _not_said(found.transcript.text, said)
            total = [total[0] + len(theirs), total[1] + len(own)]
            rows.append([title, len(theirs), len(own), " ".join(theirs)[:60] or "–", " ".join(own)[:60] or "–"])
        show_table(f"`{name}`: invented words", ["sound", "plain", "ours", "by plain", "by ours"], rows)
        note(f"Invented: {total[0]} by plain, {total[1]} by ours (0 wanted: {'NO' if total[1] else 'yes'}).")


def _nobody(minutes: float) -> list[tuple[str, Samples, str]]:
    length = samples(60 * minutes)
    title = f"{minutes:g} min of "
    return [
        (title + "silence", in_a_room(np.zeros(length, np.float32)), ""),
        (title + "a fan", in_a_room(_fan(length)), ""),
        (title + "keyboard clicks", in_a_room(_keyboard(length)), ""),
        (title + "music", in_a_room(_music(length)), ""),
    ]


def _tails() -> list[tuple[str, Samples, str]]:
    """Whole sentences, then the room's silence up to the end: plain Whisper likes to fill the rest of its window."""
    made = []
    for name, voice in voices().items():
        for number, end in enumerate(ENDS):
            sentences = re.split(r"(?<=[.]) ", TEXTS[number].spoken)
            sound, said = silence(0.5), ""
            while len(sound) < samples(end - 6.0):
                sentence = sentences.pop(0)
                sound = np.concatenate([sound, voice(sentence, 1.0), silence(0.45)])
                said += " " + sentence
            sound = np.concatenate([sound, silence(float(end))])[: samples(float(end))]
            made.append((f"{name}, ends at {end} s", in_a_room(sound), said))
    return made


def _not_said(heard: str, said: str) -> list[str]:
    """Words added at the end of what was said; all of them where nothing was."""
    got, truth = tokens(heard), tokens(said)
    if not truth or not got:
        return got
    import jiwer

    last = jiwer.process_words(" ".join(truth), " ".join(got)).alignments[0][-1]
    return got[last.hyp_start_idx : last.hyp_end_idx] if last.type == "insert" else []


def _fan(length: int) -> Samples:
    """Low noise and the hum of a motor."""
    time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    hum = sum(np.sin(2 * np.pi * 118 * k * time) / k for k in (1, 2, 3))
    return (0.02 * pink(length, 5) + 0.006 * hum).astype(np.float32)


def _keyboard(length: int) -> Samples:
    """Some seven keys a second: short decaying bursts of noise, now and then a pause."""
    chance = np.random.default_rng(6)
    sound = np.zeros(length, np.float32)
    burst = np.exp(-np.arange(samples(0.03)) / (0.004 * SAMPLE_RATE)).astype(np.float32)
    at = 0.5
    while samples(at) + len(burst) < length:
        start = samples(at)
        loud = 0.1 + 0.2 * chance.random()
        sound[start : start + len(burst)] += (loud * burst * chance.standard_normal(len(burst))).astype(np.float32)
        at += 0.06 + chance.exponential(0.08) + (1.5 if chance.random() < 0.05 else 0.0)
    return sound


def _music(length: int) -> Samples:
    """Four chords over and over, a bass and a tune, each note with overtones and a decay."""
    chance = np.random.default_rng(8)
    beat = samples(0.4)
    time = np.arange(2 * beat, dtype=np.float32) / SAMPLE_RATE
    sound = np.zeros(length + 2 * beat, np.float32)
    chords = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))
    for number, start in enumerate(range(0, length, beat)):
        chord = chords[number // 4 % 4]
        notes = [*chord, chord[0] - 24, 12 + chord[chance.integers(3)]]
        for half_tones in notes:
            pitch = 261.6 * 2 ** (half_tones / 12)
            tone = sum(np.sin(2 * np.pi * pitch * k * time) / k**2 for k in (1, 2, 3, 4))
            sound[start : start + 2 * beat] += (0.03 * tone * np.exp(-3 * time)).astype(np.float32)
    return sound[:length]
