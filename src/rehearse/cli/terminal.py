"""The terminal that the app draws on: there must be one, nobody else may write on it, and it is given back whole."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

from rehearse.cli.ascii_glyphs import HANDLER
from rehearse.errors import InputError
from rehearse.private import make_private_folder


def want_terminal(instead: str) -> None:
    """Raise InputError unless keys can be read and a screen be shown.

    Args:
        instead: the command that does without.
    """
    for stream, name in ((sys.stdin, "standard input"), (sys.stdout, "standard output")):
        if stream is None or not stream.isatty():
            raise InputError(
                "The app needs a terminal",
                why=f"{name} isn't one",
                next_step=f"Start it in a terminal window, or use `{instead}`, which does without.",
            )


@contextmanager
def screen_kept_clean(log: Path) -> Iterator[None]:
    """Let only the app write to the terminal; what libraries write meanwhile goes to `log`, begun anew each time.

    ALSA and PortAudio write their messages to file descriptor 2, past Python, into the middle of the screen. Textual
    draws on that descriptor too (through `sys.__stderr__`), and a crash is told there: both get a copy of it. Where
    standard error goes elsewhere already, it stays as it is, and Textual draws on standard output.
    """
    before = sys.stderr, sys.__stderr__
    diverted = os.isatty(2)
    screen = _stream(os.dup(2 if diverted else 1))
    sys.__stderr__ = screen  # type: ignore[misc]  # final only by its stub
    if diverted:
        sys.stderr = screen
        kept = os.dup(2)
        _divert(log)
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal may be gone
            screen.flush()
        if diverted:
            os.dup2(kept, 2)
            os.close(kept)
        sys.stderr, sys.__stderr__ = before  # type: ignore[misc]  # likewise
        with suppress(OSError):
            screen.close()


def _stream(descriptor: int) -> TextIOWrapper:
    encoding = sys.__stdout__.encoding if sys.__stdout__ else "utf-8"
    return open(descriptor, "w", encoding=encoding, errors=HANDLER, buffering=1)


def _divert(log: Path) -> None:
    """Point file descriptor 2 at a file for its owner alone, or at nothing where it can't be written."""
    try:
        make_private_folder(log.parent)
        into = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    except OSError:
        into = os.open(os.devnull, os.O_WRONLY)
    os.dup2(into, 2)
    os.close(into)


def keys_are_still_read() -> bool:
    """A thread of Textual's that reads keys has outlived the app, and would keep the process alive for good.

    One that is begun anew as the program comes back from the shell (ctrl+z, fg) may be, if the app ends just then.
    """
    return any(thread.name == "textual-input" for thread in threading.enumerate())


PATIENCE = 15.0
"""Seconds after a signal within which the app ends by itself."""


@contextmanager
def told_to_end(leave: Callable[[int], None]) -> Iterator[None]:
    """On SIGTERM, and when the window is closed, call `leave` with the exit status: what was said is kept."""
    last_resorts: list[threading.Timer] = []

    def told(number: int, _frame: object) -> None:
        # Where the terminal has gone the app may wait for ever to draw on it; all that was said is on disk by then.
        last_resort = threading.Timer(PATIENCE, os._exit, (128 + number,))
        last_resort.daemon = True
        last_resort.start()
        last_resorts.append(last_resort)
        leave(128 + number)

    signals = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {one: signal.signal(one, told) for one in signals}
    try:
        yield
    finally:
        for last_resort in last_resorts:
            last_resort.cancel()
        for one, handler in before.items():
            signal.signal(one, handler)
