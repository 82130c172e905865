"""The most memory that a process has had."""

import resource
from pathlib import Path


def peak() -> float:
    """Of this process so far, in MB. From /proc where there is one: getrusage counts the parent too, up to the fork."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # macOS gives bytes
    return float(status.split("VmHWM:")[1].split()[0]) / 1024
