"""Standard input, output and error: closed ones, other encodings, and what people and programs send."""

import errno
import io
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

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


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """A value as JSON that arrives whole: in plain ASCII where standard output doesn't speak UTF-8."""
    return json.dumps(value, ensure_ascii=not _speaks_utf8(), indent=indent)


def _speaks_utf8() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("_", "-") in ("utf-8", "utf8")


def input_lines() -> Iterator[str]:
    """The lines of standard input as they come, with their ends; taking one may raise InputError too.

    Raises:
        InputError: it is closed.
    """
    if sys.stdin is None:
        raise _no_input("standard input is closed")
    return _lines()


def _lines() -> Iterator[str]:
    try:
        yield from iter(sys.stdin.readline, "")
    except OSError as error:
        raise _no_input(f"standard input can't be read ({error.strerror or error})") from error


def _no_input(why: str) -> InputError:
    return InputError("There is no input", why=why, next_step="Type it in a terminal, or send it through a pipe.")


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
