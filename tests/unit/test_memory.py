"""Memory given back, and kept together."""

import subprocess
import sys

import pytest

ALLOCATING = """
import ctypes, re, threading
from rehearse.memory import share_arenas
{prepare}
gathered = threading.Barrier(9)
def allocate():
    ctypes.CDLL(None).malloc(100)
    gathered.wait()
for _ in range(8):
    threading.Thread(target=allocate).start()
gathered.wait()
libc = ctypes.CDLL(None)
libc.malloc_stats()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's arenas")
def test_threads_share_two_arenas() -> None:
    arenas = {}
    for prepare in ("", "share_arenas()"):
        done = subprocess.run(
            [sys.executable, "-c", ALLOCATING.format(prepare=prepare)], capture_output=True, text=True, check=True
        )
        arenas[prepare] = done.stderr.count("Arena ")
    if not arenas[""]:
        pytest.skip("another C library than glibc")
    assert arenas["share_arenas()"] <= 2 < arenas[""]
