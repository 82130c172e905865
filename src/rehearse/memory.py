"""Keeps the memory of the whole app small while models come and go."""

import ctypes
import gc
import sys
from threading import Lock

HEAVY_WORK = Lock()
"""Held by what takes 100 MB and more for a moment (the voice, loading the sentence model, fitting a guide): together
with the recogniser, one of them at a time fits into the memory that the app promises."""


def return_freed_memory() -> None:
    """Give back what was freed: of weights unpacked, fitted or dropped, glibc would keep up to 100 MB for itself."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)


def spare_the_collector() -> None:
    """Leave what is there now out of garbage collection: guides and models stay as long as the app.

    Walking through all of them again and again, the collector would stop the screen for up to a quarter of a second
    while somebody speaks.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
