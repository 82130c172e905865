"""Accuracy and cost on the same recordings in the same run: ours beside plain faster-whisper."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.transcript import Transcript
from rehearse.guides.library import GuideLibrary
from rehearse.live.whole_answer import transcribe_samples
from rehearse.speech.shipped import TINY
from rehearse.speech.transcriber import Transcriber
from tests.bench.corpus import Recording, recordings
from tests.bench.models import Heard, Plain, model_folder, our_transcriber
from tests.bench.tables import note, progress, show_table, verdict
from tests.bench.words import NONE, Share, fillers_kept, terms_right, word_errors

GUIDE = "model-deployment"
ALLOWED_LOSS = 0.01
"""Word error rate above that of the whole recording that would still do."""

TERMS_WANTED = 0.95
SHORT = ("fluent", "fillers", "no pauses", "noise at 15 dB", "people")
"""Manners that the larger model is measured on, unless all was asked for."""


class NoMarks:
    """Marks nothing, so that only recognition is timed."""

    def assess(self, transcript: Transcript, scenario: Scenario, *, final: bool) -> Coverage:
        """No marks."""
        del transcript, scenario
        return Coverage((), (), final=final)


@dataclass
class Sums:
    """What one way of decoding made of a set of recordings."""

    errors: Share = NONE
    terms: Share = NONE
    spelled: Share = NONE
    fillers: Share = NONE
    decoding: float = 0.0
    audio: float = 0.0
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, recording: Recording, heard: Heard, names: Sequence[str]) -> None:
        """Count one more recording in."""
        self.errors += word_errors(recording.text, heard.text, names)
        terms, missed = terms_right(recording.text, heard.text, recording.terms, exactly=False)
        self.terms += terms
        self.missed += missed
        self.spelled += terms_right(recording.text, heard.text, recording.terms, exactly=True)[0]
        if recording.manner == "fillers":
            self.fillers += fillers_kept(recording.text, heard.text)
        self.decoding += heard.seconds
        self.audio += recording.duration

    @property
    def word_error_rate(self) -> float:
        return self.errors.hits / max(1, self.errors.total)


def run(
    cache: Path, models: Sequence[str], *, quick: bool = False, full: bool = False, texts: Path | None = None
) -> None:
    """Print the tables; `texts` is a folder to write every transcript to."""
    guide = GuideLibrary().load(GUIDE)
    corpus = recordings(quick=quick, full=full)
    for name in models:
        folder = model_folder(name, cache)
        if folder is None:
            note(f"Whisper `{name}` isn't installed; left out.")
            continue
        short = not full and name != TINY  # the larger model takes its time
        chosen = [recording for recording in corpus if not short or recording.manner in SHORT]
        ways = _ways(folder, name, guide, cache)
        if short:
            del ways["plain with hotwords"]
        _compare(name, chosen, guide, ways, texts)


def _compare(
    name: str,
    corpus: Sequence[Recording],
    guide: Guide,
    ways: Mapping[str, Callable[[Recording], Heard]],
    texts: Path | None,
) -> None:
    names = [term.name for term in guide.terms]
    by_manner: dict[str, dict[str, Sums]] = {}
    total = {way: Sums() for way in ways}
    for number, recording in enumerate(corpus):
        progress(f"speech: {name}, {number + 1} of {len(corpus)} recordings")
        for way, transcribe in ways.items():
            heard = transcribe(recording)
            for sums in (by_manner.setdefault(recording.manner, {}).setdefault(way, Sums()), total[way]):
                sums.add(recording, heard, names)
            if texts:
                texts.mkdir(parents=True, exist_ok=True)
                with (texts / f"{name}-{recording.name.replace(' ', '-')}.txt").open("a", encoding="utf-8") as file:
                    file.write(f"[{way}]\n{heard.text}\n")
    progress()
    _print(name, corpus, by_manner, total)


def _ways(folder: Path, name: str, guide: Guide, cache: Path) -> dict[str, Callable[[Recording], Heard]]:
    plain = Plain(folder)
    ours = {one.id: our_transcriber(name, cache, guide, one.id) for one in guide.scenarios}
    unbiased = our_transcriber(name, cache)
    hotwords = ", ".join(term.name for term in guide.terms if term.named)
    return {
        "plain": lambda recording: plain.transcribe(recording.sound),
        "plain with hotwords": lambda recording: plain.transcribe(recording.sound, hotwords=hotwords),
        "ours without terms": lambda recording: _decode(recording, unbiased, guide),
        "ours": lambda recording: _decode(recording, ours[recording.scenario or "beginner"], guide),
    }


def _decode(recording: Recording, transcriber: Transcriber, guide: Guide) -> Heard:
    begun = time.perf_counter()
    found = transcribe_samples(recording.sound, transcriber, NoMarks(), guide.scenarios[0])
    return Heard(found.transcript.text, time.perf_counter() - begun)


def _print(
    name: str, corpus: Sequence[Recording], by_manner: dict[str, dict[str, Sums]], total: dict[str, Sums]
) -> None:
    minutes = sum(recording.duration for recording in corpus) / 60
    ways = list(total)
    show_table(
        f"`{name}`: word error rate, {len(corpus)} recordings, {minutes:.0f} min",
        ["manner", *ways],
        [[manner, *(str(sums[way].errors) for way in ways)] for manner, sums in by_manner.items()]
        + [["all", *(str(total[way].errors) for way in ways)]],
    )
    show_table(
        f"`{name}`: terms, fillers, time",
        ["", *ways],
        [
            [f"terms that came out, of {total['ours'].terms.total}", *(str(total[way].terms) for way in ways)],
            ["in the guide's spelling", *(str(total[way].spelled) for way in ways)],
            [f"fillers kept, of {total['ours'].fillers.total}", *(str(total[way].fillers) for way in ways)],
            ["real-time factor", *(f"{total[way].decoding / total[way].audio:.3f}" for way in ways)],
        ],
    )
    ours, plain = total["ours"], total["plain"]
    loss = ours.word_error_rate - plain.word_error_rate
    recall = ours.spelled.hits / max(1, ours.spelled.total)
    note(
        f"Word error rate {100 * loss:+.1f} points against plain (at most +1.0: {verdict(loss, ALLOWED_LOSS)}); "
        f"terms {100 * recall:.1f} % (95 % wanted: {verdict(-recall, -TERMS_WANTED)}). "
        f"Missed most: {', '.join(f'{term} {count}' for term, count in ours.missed.most_common(12)) or 'none'}."
    )
