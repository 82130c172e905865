"""Runs the real command in a process of its own, in a world that is broken in one way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
ANSWER = (
    "The goal was to help a support team that got more reviews than it could read. I trained a classifier on "
    "labelled reviews, put it into a Docker image, and cron runs it every night on a small machine in the cloud."
)


def run(
    *arguments: str, home: Path, given: bytes = b"", prelude: str = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `rehearse` with a data folder of its own; `prelude` is run before anything of it is imported."""
    code = f"import sys\n{prelude}\nfrom rehearse.cli import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=given,
        capture_output=True,
        timeout=200,
        check=False,
        env={**os.environ, "REHEARSE_HOME": str(home), **environment},
    )


def sentence(done: subprocess.CompletedProcess[bytes], status: int) -> str:
    """What was said on standard error: one line, no traceback, nothing on standard output."""
    said = done.stderr.decode()
    assert "Traceback" not in said, said
    assert len(said.strip().splitlines()) == 1, said
    assert said.startswith("rehearse: ")
    assert done.stdout == b"", done.stdout
    assert done.returncode == status, said
    return said.removeprefix("rehearse: ").strip()
