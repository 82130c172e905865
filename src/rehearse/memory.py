"""Keeps the memory of the whole app small while models come and go."""

import ctypes
import sys
from threading import Lock
from typing import Any

HEAVY_WORK = Lock()
"""Held by what takes 100 MB and more for a moment (the voice, loading the sentence model, fitting a guide): together
with the recogniser, one of them at a time fits into the memory that the app promises."""

_ARENAS = 2
_M_ARENA_MAX = -8
"""Of glibc's `malloc.h`."""


def return_freed_memory() -> None:
    """Give back what was freed: of weights unpacked, fitted or dropped, glibc would keep up to 100 MB for itself."""
    trim = _of_libc("malloc_trim")
    if trim is not None:
        trim(0)


def share_arenas() -> None:
    """Let all threads allocate from two places; to be called before there are threads.

    By itself glibc opens eight a core, each of which keeps what the largest sound decoded in it once took.
    """
    mallopt = _of_libc("mallopt")
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)


def _of_libc(name: str) -> Any:
    """A function of glibc's; None elsewhere: other C libraries lack it."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
