"""Stops anywhere: how long the panel takes depends on what the decoder was doing just then."""

import time
from collections.abc import Callable
from random import Random

from rehearse.domain.sound import Samples, samples
from tests.bench.corpus import long_answer, voices, without_pauses
from tests.bench.tables import note, progress, show_table

LIVE = 7.0
"""Seconds before the stop that are fed at speaking speed; an utterance is at most nine long."""

FIRST, LAST = 20.0, 58.0
"""Seconds between which the stops lie."""


def stop_anywhere(
    watch: Callable[[Samples, float], float], *, until: float, quick: bool = False, full: bool = False
) -> list[float]:
    """Stop answers with and without pauses at many moments; seconds to the finished panel, all of them.

    Args:
        watch: seconds from the stop to the panel of an answer, of which the last seconds come as spoken.
        until: moment of `time.monotonic` after which no further answer is begun.
        quick: a few only.
        full: more.
    """
    first, second = (list(voices().values()) * 2)[:2]
    answers = {
        "with pauses": long_answer(first, 70),
        "no pauses at all": without_pauses(long_answer(second, 90)),
    }
    count = 1 if quick else 20 if full else 8
    rows, every = [], []
    for name, sound in answers.items():
        random = Random(5)
        moments = [FIRST + (LAST - FIRST) * (number + random.random()) / count for number in range(count)]
        random.shuffle(moments)  # those that there is time for lie anywhere too
        waits = []
        for number, moment in enumerate(moments):
            if time.monotonic() > until:
                note(f"{len(moments) - number} stops left out for want of time.")
                break
            progress(f"latency: stop {number + 1} of {count}, {name}")
            waits.append(watch(sound[: samples(moment)], moment - LIVE))
        waits.sort()
        if waits:
            shown = (waits[0], waits[len(waits) // 2], waits[-1])
            rows.append([name, len(waits), *(f"{wait:.2f} s" for wait in shown)])
        every += waits
    if not rows:
        return every
    show_table(
        f"From stop to finished panel, stopped anywhere between {FIRST:g} and {LAST:g} s",
        ["answer", "stops", "best", "median", "worst"],
        rows,
    )
    return every
