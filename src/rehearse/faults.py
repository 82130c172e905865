"""Faults of the program's own: a sentence for the person, and the details in the log for whoever mends it.

The log holds kinds of errors and places in the code. An error's own words may quote what somebody said: they are shown
to that person, and never written down.
"""

import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from rehearse.errors import RehearseError

LARGEST_LOG = 1_000_000
"""Bytes, after which it is begun anew; the app begins it anew each time anyway."""
LONGEST_WORDS = 160
"""Characters shown of what an error says itself."""

_kept_in: list[Path] = []


def keep_faults_in(log: Path) -> None:
    """Where details go from now on, in this process."""
    _kept_in[:] = [log]


def explained(error: Exception, what: str, *, next_step: str) -> RehearseError:
    """Any exception as one to show: ours as they are; of others the details are saved, and it is said where.

    Args:
        error: what was raised.
        what: what happened to the person.
        next_step: what became of their answer, and what they can do.
    """
    if isinstance(error, RehearseError):
        return error
    words = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    shortened = words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
    log = save_details(error)
    saved = f" Details saved to {log}." if log is not None else ""
    return RehearseError(what, why=shortened, next_step=next_step + saved)


def save_details(error: BaseException) -> Path | None:
    """Add a fault to the log, readable by its owner alone; its path, or None where it can't be written."""
    if not _kept_in:
        return None
    (log,) = _kept_in
    text = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, process {os.getpid()}\n{_places(error)}\n"
    with suppress(OSError):
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = not log.exists() or log.stat().st_size > LARGEST_LOG
        how = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | (os.O_TRUNC if fresh else 0)
        with os.fdopen(os.open(log, how, 0o600), "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return log
    return None


def _places(error: BaseException) -> str:
    """Kinds of errors, causes first, each with where it was raised."""
    seen: list[BaseException] = []
    while error not in seen:
        seen.append(error)
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is None:
            break
        error = cause
    return "".join(
        f"{type(one).__qualname__}\n{''.join(traceback.format_list(traceback.extract_tb(one.__traceback__)))}"
        for one in reversed(seen)
    )
