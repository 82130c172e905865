"""Times the history at 10,000 answers: `python -m tests.bench.history [COUNT]`.

Prints milliseconds, the best and the median of several runs, and for search the ratio to reading every
transcript with LIKE and counting, which is what one would write first.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rehearse.history.answers import AnswerFilter, AnswerStore, Sort
from rehearse.history.progress import progress
from tests.make_answers import answers, fill, vocabulary

RARE = vocabulary(random.Random(1))[-7]
"""Of the generator's seed: stands in a handful of answers."""

QUERIES = {
    "rare word": RARE,
    "frequent word": "the",
    "one letter": "t",
    "three words": "we deployed docker",
    "phrase": '"of the model"',
    "prefix": "monit",
    "no hit": "xylophone",
}


def timed(name: str, call: Callable[[], object], *, runs: int = 7, limit: float | None = None) -> float:
    """Print and return the median, in milliseconds."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    median = statistics.median(taken)
    wanted = f"   wanted under {limit:.0f}: {'yes' if median < limit else 'NO'}" if limit else ""
    print(f"{name:<46}{min(taken):8.1f} ms best {median:8.1f} ms median{wanted}")
    return median


def like_scan(store: AnswerStore, words: list[str]) -> int:
    """The obvious alternative that also ranks: every transcript read with LIKE, most occurrences first, fifty kept."""
    condition = " AND ".join("transcript LIKE ?" for _ in words)
    occurrences = " + ".join("(length(transcript) - length(replace(transcript, ?, ''))) / ?" for _ in words)
    parameters: list[object] = [f"%{word}%" for word in words]
    for word in words:
        parameters += [word, len(word)]
    with store.database.reading() as connection:
        rows = connection.execute(
            f"SELECT answers.*, transcript FROM texts JOIN answers USING (key) WHERE {condition} "
            f"ORDER BY {occurrences} DESC LIMIT 50",
            parameters,
        ).fetchall()
    return len(rows)


def main(count: int = 10_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path, recordings = home / "rehearse.db", home / "recordings"
        store = AnswerStore(path, recordings)
        start = time.perf_counter()
        fill(store, count)
        size = path.stat().st_size / 2**20
        print(f"{count} answers written in {time.perf_counter() - start:.1f} s, {size:.0f} MiB")
        store.close()

        timed("open store and list all", lambda: AnswerStore(path, recordings).summaries(), limit=300)
        store = AnswerStore(path, recordings)
        timed("open store and list the first 100", lambda: AnswerStore(path, recordings).summaries(limit=100))
        timed("list all", store.summaries)
        timed("list by pace", lambda: store.summaries(sort=Sort.PACE))
        timed("list where monitoring is missing", lambda: store.summaries(AnswerFilter(missing_section="monitoring")))
        timed("latest of each scenario", lambda: store.latest_by_scenario("model-deployment"))
        timed("attempts and progress", lambda: progress(store.attempts("model-deployment"), datetime.now(UTC)))
        for name, query in QUERIES.items():
            fast = timed(f"search: {name}", lambda query=query: store.search(query), limit=50)  # type: ignore[misc]  # no type for a default
            words = query.replace('"', "").split() if not query.startswith('"') else [query.strip('"')]
            slow = timed("  the same by LIKE", lambda words=words: like_scan(store, words))  # type: ignore[misc]  # likewise
            print(f"{'':<46}{slow / fast:8.1f} times as fast")

        (long,) = answers(store, 1, seed=2, length=1600)
        store.save(replace(long, id="long"))
        print(f"an answer of {long.duration / 60:.1f} min, {len(long.transcript.words)} words:")
        timed("open it", lambda: store.get("long"), limit=200)
        timed("complete it", lambda: store.complete(replace(long, id="long")))
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
