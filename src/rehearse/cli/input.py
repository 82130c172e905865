"""Standard input, with a bound: what comes from a pipe may never end."""

import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from rehearse.errors import InputError
from rehearse.reading import TEXT_BYTES

MOST = TEXT_BYTES
"""Characters of an answer or of one request."""

MOST_SKIPPED = 50 * MOST
"""Characters left out to find the end of a line that is too long."""


def whole_input() -> str:
    """All of standard input as text.

    Raises:
        InputError: it is closed, isn't text, or is too long.
    """
    text = _taken(lambda stream: stream.read(MOST + 1))
    if "\0" in text:  # before its length: sound is long, too
        raise InputError("Standard input isn't text", next_step="Send an answer as UTF-8, or name a sound file.")
    if len(text) > MOST:
        raise _too_long("Standard input")
    return as_utf8(text, "Standard input")


def input_line(most: int = MOST) -> tuple[str, bool] | None:
    """The next line, and whether it is all of it: what is beyond `most` characters is left out. None at the end.

    Raises:
        InputError: it is closed, or the line doesn't end.
    """
    line = rest = _taken(lambda stream: stream.readline(most + 1))
    if not line:
        return None
    skipped = 0
    while len(rest) > most and not rest.endswith("\n"):
        rest = _taken(lambda stream: stream.readline(most + 1))
        skipped += len(rest)
        if skipped > MOST_SKIPPED:
            raise InputError("Standard input has a line without an end", next_step="Send text, a line at a time.")
    return (line[:most], False) if len(line) > most and not line.endswith("\n") else (line, True)


def input_lines() -> Iterator[tuple[str, bool]]:
    """All lines likewise."""
    while (line := input_line()) is not None:
        yield line


def want_input() -> None:
    """Raise InputError if standard input is closed, before anything else is done for it."""
    if sys.stdin is None:
        raise _no_input("standard input is closed")


def _taken(take: Callable[[TextIO], str]) -> str:
    want_input()
    try:
        return take(sys.stdin)
    except OSError as error:
        raise _no_input(f"standard input can't be read ({error.strerror or error})") from error


def _no_input(why: str) -> InputError:
    return InputError("There is no input", why=why, next_step="Type it in a terminal, or send it through a pipe.")


def want_whole(*, whole: bool, where: str) -> None:
    """Raise InputError for what was too long."""
    if not whole:
        raise _too_long(where)


def as_utf8(text: str, where: str) -> str:
    """The text as it is; raises InputError where bytes that aren't UTF-8 came in as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(f"{where} isn't UTF-8 text", next_step="Send it as UTF-8.") from None
    return text


def _too_long(where: str) -> InputError:
    return InputError(
        f"{where} is longer than {MOST // 1_000_000} million characters", next_step="Send one answer at a time."
    )
