"""What keeps memory small."""

import subprocess
import sys

import pytest

from rehearse.memory import HEAPS

COUNTED = """
import ctypes, sys, threading
from rehearse.memory import keep_few_heaps
if sys.argv[1] == "few":
    keep_few_heaps()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(7)
def allocate():
    together.wait()
    libc.malloc(1000)
    together.wait()
threads = [threading.Thread(target=allocate) for _ in range(6)]
for thread in threads:
    thread.start()
together.wait()
together.wait()
told = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, told)
libc.fflush(told)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the heaps are glibc's")
def test_all_threads_share_few_heaps() -> None:
    def heaps(how: str) -> int:
        told = subprocess.run([sys.executable, "-c", COUNTED, how], capture_output=True, text=True, check=True)
        return told.stdout.count("<heap nr=")

    assert heaps("few") == HEAPS
    assert heaps("many") > HEAPS
