"""Memory given back to the machine."""

import ctypes
import sys


def return_freed_memory() -> None:
    """Give back what was freed: of weights unpacked, fitted or dropped, glibc would keep up to 100 MB for itself."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)
