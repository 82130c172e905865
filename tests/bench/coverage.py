"""How fast answers are marked: loading, a clause, ten minutes; beside marking the whole transcript anew every time."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from rehearse.coverage.clauses import split
from rehearse.coverage.engine import CoverageEngine, load_engine
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.guides.loader import load_guide
from tests.bench.tables import note, show_table, verdict

CONTENT = Path(__file__).parents[2] / "content" / "model-deployment.yaml"
TEN_MINUTES = 1500
"""Words."""
LOADING = """
import json, sys, time
from pathlib import Path
from rehearse.guides.loader import load_guide
guide, cache = load_guide(Path(sys.argv[1])), Path(sys.argv[2])
import numpy, onnxruntime, tokenizers
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20 if Path("/proc").is_dir() else 0.0
from rehearse.coverage.engine import load_engine
before, begun = resident(), time.perf_counter()
engine = load_engine(guide, cache=cache)
from rehearse.domain.transcript import Transcript
said = Transcript.typed("one sentence of a dozen words or more, so that the model is really there now")
engine.assess(said, guide.scenarios[0], final=True)
print(json.dumps([time.perf_counter() - begun, resident() - before]))
"""


def run(cache: Path, *, quick: bool = False, full: bool = False) -> None:
    """Print the table."""
    del full
    cache.mkdir(parents=True, exist_ok=True)
    guide = load_guide(CONTENT)
    begun = time.perf_counter()
    engine = load_engine(guide, cache=cache)
    first = time.perf_counter() - begun
    loaded, megabytes = json.loads(
        subprocess.run(
            [sys.executable, "-c", LOADING, str(CONTENT), str(cache)], check=True, capture_output=True, text=True
        ).stdout
    )
    sentences = _sentences(guide)
    live, anew = _growing(guide, engine, sentences[: 12 if quick else 40], cache)
    ten = _whole(guide, cache, sentences)
    clauses = len(split(Transcript.typed(" ".join(sentences)))[1]) / len(sentences)
    show_table(
        f"Marking, {guide.title}",
        ["", "measured", "at most", ""],
        [
            ["the engine, ready (fitted before)", f"{loaded:.2f} s", "0.5 s", verdict(loaded, 0.5)],
            ["memory of the engine", f"{megabytes:.0f} MiB", "150 MiB", verdict(megabytes, 150)],
            ["one more sentence, median", f"{live * 1000:.1f} ms", "", ""],
            [
                f"a clause of it, of {clauses:.1f}",
                f"{live / clauses * 1000:.1f} ms",
                "10 ms",
                verdict(live / clauses, 0.01),
            ],
            [f"{TEN_MINUTES} words at once (ten minutes)", f"{ten:.2f} s", "1 s", verdict(ten, 1.0)],
            ["fitting to the guide, once", f"{first:.1f} s", "", ""],
        ],
    )
    note(f"A sentence more costs {anew / live:.0f} times less than marking all {len(sentences)} of them anew.")


def _sentences(guide: Guide) -> list[str]:
    """Other people's sentences: the quiz's short answers and the samples, repeated with other figures."""
    pool = [text for mistake in guide.mistakes for text in (*mistake.short_answers, *mistake.repairs)]
    pool += [sentence.text for scenario in guide.scenarios for sentence in scenario.sample]
    words: list[str] = []
    sentences: list[str] = []
    number = 2
    while len(words) < TEN_MINUTES:
        for text in pool:
            said = f"{text} That was number {number}."
            sentences.append(said)
            words += said.split()
            number += 1
    return sentences


def _growing(guide: Guide, engine: CoverageEngine, sentences: list[str], cache: Path) -> tuple[float, float]:
    """Median seconds for one more sentence: remembering what is marked already, and marking everything anew."""
    scenario = guide.scenarios[0]
    remembering = []
    for count in range(1, len(sentences) + 1):
        transcript = Transcript.typed(" ".join(sentences[:count]))
        begun = time.perf_counter()
        engine.assess(transcript, scenario, final=False)
        remembering.append(time.perf_counter() - begun)
    fresh = load_engine(guide, cache=cache)
    fresh.assess(Transcript.typed(sentences[0]), scenario, final=False)
    begun = time.perf_counter()
    fresh.assess(Transcript.typed(" ".join(sentences)), scenario, final=False)
    return statistics.median(remembering), time.perf_counter() - begun


def _whole(guide: Guide, cache: Path, sentences: list[str]) -> float:
    engine = load_engine(guide, cache=cache)
    engine.assess(
        Transcript.typed("a few words so that everything is loaded before the clock starts, that is all"),
        guide.scenarios[0],
        final=False,
    )
    transcript = Transcript.typed(" ".join(" ".join(sentences).split()[:TEN_MINUTES]))
    begun = time.perf_counter()
    engine.assess(transcript, guide.scenarios[0], final=True)
    return time.perf_counter() - begun
