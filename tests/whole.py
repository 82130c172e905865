"""`make test`: the tests by ear beside all the others.

Those by ear mostly wait for somebody to speak in real time; the others use what is left of the cores, at a lower
priority, so that no word is heard late. What the others print comes afterwards, in one piece.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parents[1]
BY_EAR = [sys.executable, "-m", "pytest", "tests/e2e"]
OTHERS = [
    *(sys.executable, "-m", "pytest", "--ignore", "tests/e2e", "-n", str(min(4, (os.cpu_count() or 1) + 1))),
    *("--dist", "worksteal"),
]
LOWER = 19
"""Added to the niceness of the others: the recogniser that hears an answer once more has the lowest priority too."""


def main() -> int:
    """Run both; the exit status of what failed, 0 if nothing did."""
    with TemporaryFile() as printed:
        others = subprocess.Popen(OTHERS, cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT)
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, others.pid, LOWER)
        try:
            by_ear = subprocess.run(BY_EAR, cwd=ROOT, check=False).returncode
            print("The other tests are still running ...", flush=True)
            status = others.wait()
        finally:
            others.kill()
        printed.seek(0)
        sys.stdout.write(printed.read().decode(errors="replace"))
    return by_ear or status


if __name__ == "__main__":
    sys.exit(main())
