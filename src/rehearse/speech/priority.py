"""Lets the recogniser give way to the screen: its threads run at a lower priority, where the system knows that."""

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")

NICENESS = 10
"""A tenth of the processor time of a thread at 0 where both want a core (Linux, `sched(7)`: 1.25 a step). An idle core
is used in full all the same."""


LAST = 19
"""The most there is: what nobody waits for gives way to the recogniser's own threads too."""


def give_way(make: Callable[[], T], niceness: int = NICENESS) -> T:
    """Make something whose threads then run at a lower priority than the caller's.

    On Linux niceness belongs to a thread and is inherited by the threads that it starts, so `make` runs on a thread of
    its own that is nice first: the caller can't take its own niceness back without privileges. Elsewhere niceness
    belongs to the whole process; there `make` is simply called.
    """
    if sys.platform != "linux":
        return make()
    made: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
        try:
            made.append(make())
        except BaseException as error:  # noqa: BLE001 - it goes on to the caller
            failed.append(error)

    thread = threading.Thread(target=run, name="rehearse-give-way")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return made[0]
