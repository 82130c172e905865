"""Standard input, output and error: closed ones, other encodings, and what people and programs send."""

import errno
import io
import os
import sys

from rehearse.cli import ascii_glyphs
from rehearse.errors import InputError
from rehearse.files import UTF8


def prepare() -> None:
    """Make the three streams fit to use, whatever the shell has handed over.

    Raises:
        InputError: standard output is closed; every command writes to it.
    """
    _occupy_descriptors()
    _choose_encodings()
    if sys.stderr is None:  # `print` would take standard output instead
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - as long as the process
    if sys.stdout is None:
        raise InputError(
            "There is nowhere to write to",
            why="standard output is closed",
            next_step="Send it to a terminal or a file.",
        )


def _occupy_descriptors() -> None:
    """Point closed ones at nothing: the next file opened, a recording or the store, would get the number, and what
    libraries write to standard error would go into it.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != descriptor:
                os.dup2(nothing, descriptor)
                os.close(nothing)


def _choose_encodings() -> None:
    """Let no character stop a command: pipes speak UTF-8 unless Python was told another encoding, and what can't be
    shown is written with signs of ASCII.
    """
    ascii_glyphs.register()
    told = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if told or stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors=ascii_glyphs.HANDLER)
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding=UTF8, errors="surrogateescape")


def speaks_utf8() -> bool:
    """Standard output takes every character."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("_", "-") in ("utf-8", "utf8")


def flush() -> None:
    """Write what is still held back, while an error can be told; raises OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


UNWRITABLE = (errno.EBADF, errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Of an error that names no file, these tell of standard output: files say their names, or are explained where they
are written."""


def cannot_write(error: OSError) -> InputError:
    """What to say of output that doesn't get through."""
    return InputError(
        "Can't write to standard output",
        why=error.strerror or str(error),
        next_step="Send it to a terminal, or to a file that may be written to and has room.",
    )


def flush_or_give_up() -> None:
    """After an error: what was written before still goes out, unless it is that which fails."""
    try:
        flush()
    except OSError:
        give_up_output()


def give_up_output() -> None:
    """Nothing more can be written, not even at the end of the process."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
