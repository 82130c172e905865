"""Stops anywhere: how long the panel takes depends on what the decoder was doing just then."""

from collections.abc import Callable
from random import Random

from rehearse.domain.sound import Samples, samples
from tests.bench.corpus import long_answer, voices, without_pauses
from tests.bench.tables import show_table

LIVE = 7.0
"""Seconds before the stop that are fed at speaking speed; an utterance is at most nine long."""

FIRST, LAST = 20.0, 58.0
"""Seconds between which the stops lie."""


def stop_anywhere(watch: Callable[[Samples, float], float], *, quick: bool = False, full: bool = False) -> list[float]:
    """Stop answers with and without pauses at many moments; seconds to the finished panel, all of them.

    Args:
        watch: seconds from the stop to the panel of an answer, of which the last seconds come as spoken.
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
        waits = sorted(watch(sound[: samples(moment)], moment - LIVE) for moment in moments)
        rows.append([name, count, *(f"{wait:.2f} s" for wait in (waits[0], waits[len(waits) // 2], waits[-1]))])
        every += waits
    show_table(
        f"From stop to finished panel, stopped anywhere between {FIRST:g} and {LAST:g} s",
        ["answer", "stops", "best", "median", "worst"],
        rows,
    )
    return every
