"""Keeps the memory of the whole app small while models come and go."""

import ctypes
import gc
import sys
from threading import Lock

HEAVY_WORK = Lock()
"""Held by what takes 100 MB and more for a moment (the voice, loading the sentence model, fitting a guide): together
with the recogniser, one of them at a time fits into the memory that the app promises."""


_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's <malloc.h>, for mallopt(3)."""

HEAPS = 1


def keep_few_heaps() -> None:
    """Let all threads share one of glibc's heaps; before the first of them starts.

    By default there are up to eight a core, and each keeps what was freed in it: with two models decoding on a dozen
    threads the app would hold more than 100 MB that nobody uses.
    """
    _ask_glibc("mallopt", _ARENA_MAX, HEAPS)


def return_freed_memory() -> None:
    """Give back what was freed: of weights unpacked, fitted or dropped, glibc would keep up to 100 MB for itself."""
    _ask_glibc("malloc_trim", 0)


def _ask_glibc(function: str, *values: int) -> None:
    """Call a function of its allocator; other C libraries have none, or ignore it."""
    if sys.platform == "linux" and (called := getattr(ctypes.CDLL(None), function, None)) is not None:
        called(*values)


def spare_the_collector() -> None:
    """Leave what is there now out of garbage collection: guides and models stay as long as the app.

    Walking through all of them again and again, the collector would stop the screen for up to a quarter of a second
    while somebody speaks.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
