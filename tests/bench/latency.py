"""From the last word to the finished panel, and from the words that earn a row to its light."""

import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rehearse.coverage.engine import CoverageEngine, load_engine
from rehearse.domain.guide import Guide
from rehearse.domain.sound import Samples, seconds
from rehearse.domain.transcript import Transcript
from rehearse.guides.library import GuideLibrary
from rehearse.live.events import (
    CoverageChanged,
    LiveEvent,
    PipelineFailed,
    PipelineFinished,
    PipelineReady,
    TranscriptChanged,
)
from rehearse.live.pipeline import LivePipeline
from tests.bench.corpus import Voice, long_answer, silence, voices, without_pauses
from tests.bench.feeder import Feeder
from tests.bench.models import Plain, model_folder, our_transcriber
from tests.bench.speech import GUIDE
from tests.bench.stops import stop_anywhere
from tests.bench.tables import note, progress, show_table, verdict

LIVE = 20.0
"""Seconds before the stop that are always fed at speaking speed."""

MINUTES = 12.0
"""After so many, no further answer is begun; three times as many in full. A slow or busy machine measures fewer."""

_NEVER = 120.0
"""Seconds from the stop after which the panel is taken never to come."""


@dataclass(frozen=True, eq=False)
class Trial:
    """An answer, and how it is fed."""

    name: str
    sound: Samples
    hurry: bool
    """All but the last seconds as fast as they are decoded."""

    @property
    def minutes(self) -> int:
        """Length."""
        return round(seconds(len(self.sound)) / 60)


@dataclass
class Watched:
    """What a run of the pipeline showed."""

    feeder: Feeder
    stop_to_panel: float = 0.0
    rows: dict[str, float] = field(default_factory=dict)
    """Seconds from the end of the evidence to the light, by section."""
    evidence_ends: dict[str, float] = field(default_factory=dict)
    changed: int = 0
    """Times that words shown as final changed later."""
    backlog: float = 0.0
    processor: float = 0.0
    """Cores in use, on average, while speaking."""
    text: str = ""
    _shown: Transcript = field(default_factory=Transcript)

    def see(self, event: LiveEvent) -> None:
        """Note what an event says."""
        now = self.feeder.clock()
        match event:
            case CoverageChanged(coverage, newly):
                for mark in coverage.sections:
                    end = mark.evidence[0].end if mark.evidence else None
                    if mark.section_id in newly and end is not None:
                        self.rows[mark.section_id] = now - end
                        self.evidence_ends[mark.section_id] = end
            case TranscriptChanged(transcript):
                kept = transcript.utterances[: len(self._shown.utterances)]
                self.changed += kept != self._shown.utterances
                self._shown = transcript
            case PipelineFinished(transcript):
                self.text = transcript.text
            case _:
                pass


def run(cache: Path, models: Sequence[str], *, quick: bool = False, full: bool = False) -> None:
    """Print the tables."""
    progress("latency: reading the guide")
    guide = GuideLibrary().load(GUIDE)
    engine = load_engine(guide, cache=cache)
    for name in models:
        until = time.monotonic() + 60 * MINUTES * (3 if full else 1)
        folder = model_folder(name, cache)
        if folder is None:
            note(f"Whisper `{name}` isn't installed; left out.")
            continue
        plain = Plain(folder)
        chosen = trials(quick=quick, full=full)
        watched = []
        for number, trial in enumerate(chosen):
            if time.monotonic() > until:
                note(f"{len(chosen) - number} answers left out: {MINUTES:g} minutes are over.")
                break
            progress(f"latency: {name}, answer {number + 1} of {len(chosen)}, {trial.minutes} min, {trial.name}")
            seen = watch(trial, name, guide, engine, cache)
            progress(f"latency: {name}, the same decoded all at the stop")
            watched.append((trial, seen, _at_stop(trial, plain, guide, engine)))

        def stopped(sound: Samples, hurry_until: float, name: str = name) -> float:
            trial = Trial("stopped anywhere", sound, hurry=True)
            return watch(trial, name, guide, engine, cache, hurry_until=hurry_until).stop_to_panel

        _print(name, watched)
        stops = stop_anywhere(stopped, until=until, quick=quick, full=full)
        progress()
        _print_stops([seen.stop_to_panel for _, seen, _ in watched] + stops)


def trials(*, quick: bool, full: bool) -> list[Trial]:
    """Answers of 1, 3 and 10 minutes; those at speaking speed also tell how soon rows light up."""
    spoken = voices()
    first, second = (list(spoken.values()) * 2)[:2]
    if quick:
        return [Trial("stopped inside a sentence", long_answer(first, 40), hurry=False)]
    made = [
        Trial("stopped inside a sentence", long_answer(first, 60), hurry=False),
        Trial("no pauses at all", without_pauses(long_answer(second, 90))[: 60 * 16_000], hurry=False),
        Trial("stopped a second after the last word", _ended(first, 60, 1.0), hurry=not full),
        Trial("stopped at the last word", _ended(second, 180, 0.0), hurry=not full),
        Trial("stopped inside a sentence", long_answer(second, 600), hurry=not full),
    ]
    if full:
        made.append(Trial("stopped inside a sentence", long_answer(first, 180), hurry=False))
        made.append(Trial("no pauses at all", without_pauses(long_answer(first, 780))[: 600 * 16_000], hurry=False))
        made.append(Trial("stopped at the last word", _ended(first, 600, 0.0), hurry=False))
    return made


def _ended(voice: Voice, length: float, after: float) -> Samples:
    """A long answer up to the last long enough silence, and so many seconds more."""
    sound = long_answer(voice, length)
    loud: NDArray[np.bool_] = np.abs(sound) > 0.02
    step = 16_000 // 10
    blocks = [bool(np.any(loud[at : at + step])) for at in range(0, len(loud) - step, step)]
    at = len(blocks)
    while at > 4 and (any(blocks[at - 4 : at]) or not blocks[at - 5]):
        at -= 1
    return np.concatenate([sound[: (at - 4) * step], silence(after)])


def watch(
    trial: Trial,
    name: str,
    guide: Guide,
    engine: CoverageEngine,
    cache: Path,
    *,
    hurry_until: float | None = None,
) -> Watched:
    """Run the live pipeline over an answer; `hurry_until`: seconds of it that come as fast as they are decoded."""
    length = seconds(len(trial.sound))
    if hurry_until is None:
        hurry_until = length - LIVE if trial.hurry else 0.0
    feeder = Feeder(trial.sound, hurry_until=hurry_until)
    seen = Watched(feeder)
    ready, over = threading.Event(), threading.Event()

    def emit(event: LiveEvent) -> None:
        seen.see(event)
        if isinstance(event, PipelineReady):
            ready.set()
        if isinstance(event, PipelineFailed):
            raise event.error
        if isinstance(event, PipelineFinished):
            over.set()

    pipeline = LivePipeline(
        feeder,
        load_transcriber=lambda: our_transcriber(name, cache, guide, guide.scenarios[1].id),
        load_engine=lambda: engine,
        scenario=guide.scenarios[1],
        recording=cache / f"{time.time_ns()}.wav",
        emit=emit,
    )
    feeder.backlog = lambda: pipeline.backlog
    pipeline.open()
    ready.wait()
    pipeline.start()
    used = time.process_time()
    feeder.begin()
    while not feeder.spoken(0.5):
        seen.backlog = max(seen.backlog, pipeline.backlog)
    seen.processor = (time.process_time() - used) / length
    stopped = time.perf_counter()
    pipeline.finish()
    if not over.wait(_NEVER):
        pipeline.cancel()
        raise TimeoutError(f"the panel didn't come within {_NEVER:g} s of the stop: {trial.name}, {trial.minutes} min")
    seen.stop_to_panel = time.perf_counter() - stopped
    pipeline.second_hearing.let_be()  # what was fed faster than speech would be heard again for minutes
    pipeline.join()
    return seen


def _at_stop(trial: Trial, plain: Plain, guide: Guide, engine: CoverageEngine) -> float:
    """The obvious alternative: record, and decode and mark everything at the end. Returns seconds."""
    begun = time.perf_counter()
    heard = plain.transcribe(trial.sound, word_times=True)
    engine.assess(Transcript.typed(heard.text), guide.scenarios[1], final=True)
    return time.perf_counter() - begun


def _print(name: str, watched: Sequence[tuple[Trial, Watched, float]]) -> None:
    show_table(
        f"`{name}`: from stop to finished panel",
        ["answer", "min", "fed", "ours", "decoding all at stop", "ratio", "cores while speaking"],
        [
            [
                trial.name,
                trial.minutes,
                "hurried" if trial.hurry else "as spoken",
                f"{seen.stop_to_panel:.2f} s",
                f"{whole:.1f} s",
                f"{whole / seen.stop_to_panel:.0f}",
                "–" if trial.hurry else f"{seen.processor:.2f}",
            ]
            for trial, seen, whole in watched
        ],
    )
    note(f"Words shown as final that changed later: {sum(seen.changed for _, seen, _ in watched)}.")
    _print_rows(name, [(trial, seen, whole) for trial, seen, whole in watched if not trial.hurry])


def _print_stops(stops: Sequence[float]) -> None:
    middle, worst = statistics.median(stops), max(stops)
    note(
        f"All {len(stops)} stops: median {middle:.2f} s (at most 1.0: {verdict(middle, 1.0)}), worst {worst:.2f} s "
        f"(at most 1.5: {verdict(worst, 1.5)})."
    )


def _print_rows(name: str, watched: Sequence[tuple[Trial, Watched, float]]) -> None:
    ours: list[float] = []
    rows = []
    for trial, seen, whole in watched:
        late = list(seen.rows.values())
        length = seconds(len(trial.sound))
        at_stop = [length + whole - end for end in seen.evidence_ends.values()]
        if not late:
            continue
        ours += late
        rows.append(
            [
                trial.name,
                len(late),
                f"{statistics.median(late):.1f} s",
                f"{max(late):.1f} s",
                f"{statistics.median(at_stop):.1f} s",
                f"{statistics.median(at_stop) / statistics.median(late):.0f}",
            ]
        )
    if not rows:
        return
    show_table(
        f"`{name}`: from the end of the words that earn a row to its light",
        ["answer", "rows", "median", "worst", "decoding all at stop", "ratio"],
        rows,
    )
    middle = statistics.median(ours)
    note(f"Median of {len(ours)} rows {middle:.1f} s (at most 2.5: {verdict(middle, 2.5)}).")
