"""What people say, many with accents, some on phones or in noise: ours beside plain faster-whisper, by kind.

The recordings aren't part of the repository; where they are absent, nothing is measured.
"""

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer

from rehearse.audio.files import load_audio
from rehearse.guides.library import GuideLibrary
from rehearse.live.offline import transcribe_samples
from rehearse.speech.terms import letters
from tests.bench.models import Plain, model_folder, our_transcriber
from tests.bench.speech import GUIDE, NoMarks
from tests.bench.tables import note, show_table
from tests.bench.words import tokens
from tests.fakes import SHARED

FOLDER = SHARED / "audio" / "people"
QUICK = 12
"""Recordings of a quick run, the shortest."""


@dataclass
class Counts:
    """Word errors of some recordings, added up."""

    words: int = 0
    wrong: int = 0
    dropped: int = 0
    first_wrong: int = 0
    last_wrong: int = 0
    odd_capitals: int = 0
    seconds: float = 0.0

    def add(self, reference: str, text: str, seconds: float) -> None:
        """One more recording."""
        said, heard = tokens(reference), tokens(text)
        found = jiwer.process_words(" ".join(said), " ".join(heard) or "-")
        self.words += len(said)
        self.wrong += found.substitutions + found.deletions + found.insertions
        self.dropped += found.deletions
        self.first_wrong += heard[:1] != said[:1]
        self.last_wrong += heard[-1:] != said[-1:]
        self.odd_capitals += len(re.findall(r"\b[A-Za-z][a-z]+[A-Z]\w*", text))
        self.seconds += seconds

    @property
    def rate(self) -> str:
        """Word error rate."""
        return f"{100 * self.wrong / max(1, self.words):.1f} %"


def run(cache: Path, models: Sequence[str], *, quick: bool = False, texts: Path | None = None) -> None:
    """Print a table by kind and one of all; `texts` is a folder to write every transcript to."""
    if not FOLDER.is_dir():
        note("The recordings of people aren't beside this repository; left out.")
        return
    rows = [json.loads(line) for line in (FOLDER / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    sounds = {row["file"]: load_audio(FOLDER / row["file"]) for row in rows}
    if quick:
        rows = sorted(rows, key=lambda row: len(sounds[row["file"]]))[:QUICK]
    guide = GuideLibrary().load(GUIDE)
    names = {term.name for term in guide.terms if term.named}
    ways: dict[str, dict[str, Counts]] = {}
    false_terms: dict[str, list[str]] = {}
    for model in models:
        folder = model_folder(model, cache)
        if folder is None:
            note(f"Whisper `{model}` isn't installed; left out.")
            continue
        plain, ours = Plain(folder), our_transcriber(model, cache, guide, guide.scenarios[1].id)
        for row in rows:
            sound = sounds[row["file"]]
            heard = plain.transcribe(sound)
            begun = time.perf_counter()
            transcript = transcribe_samples(sound, ours, NoMarks(), guide.scenarios[1]).transcript
            took = time.perf_counter() - begun
            for way, text, seconds in (
                (f"`{model}`, plain", heard.text, heard.seconds),
                (f"`{model}`, ours", transcript.text, took),
            ):
                for kind in (row["kind"], "all"):
                    ways.setdefault(way, {}).setdefault(kind, Counts()).add(row["reference"], text, seconds)
                if texts is not None:
                    texts.mkdir(parents=True, exist_ok=True)
                    name = f"{row['file']}.{'ours' if 'ours' in way else 'plain'}.{model}.txt"
                    (texts / name).write_text(text + "\n", encoding="utf-8")
            for word in transcript.words:
                if word.term in names and letters(word.term) not in letters(row["reference"]):
                    false_terms.setdefault(model, []).append(f"{word.text} ({word.term}) in {row['file']}")
    _show(ways, false_terms)


def _show(ways: dict[str, dict[str, Counts]], false_terms: dict[str, list[str]]) -> None:
    kinds = sorted({kind for counts in ways.values() for kind in counts}, key=lambda kind: (kind != "all", kind))
    show_table(
        "Word error rate, people",
        ["kind", *ways],
        [[kind, *(counts[kind].rate for counts in ways.values())] for kind in kinds],
    )
    fields = {
        "words dropped": "dropped",
        "first word wrong": "first_wrong",
        "last word wrong": "last_wrong",
        "capitals inside words": "odd_capitals",
    }
    show_table(
        "Of all of them",
        ["", *ways],
        [[title, *(str(getattr(c["all"], name)) for c in ways.values())] for title, name in fields.items()]
        + [["seconds", *(f"{c['all'].seconds:.0f}" for c in ways.values())]],
    )
    for model, found in false_terms.items():
        note(f"`{model}`: terms that nobody said: {'; '.join(found)}.")
