"""Standard input, with a bound: what comes from a pipe may never end."""

import sys
from collections.abc import Iterator

from rehearse.errors import InputError
from rehearse.reading import TEXT_BYTES

MOST = TEXT_BYTES
"""Characters of an answer or of one request."""

MOST_SKIPPED = 50 * MOST
"""Characters left out to find the end of a line that is too long."""


def whole_input() -> str:
    """All of standard input as text.

    Raises:
        InputError: it isn't text, or is too long.
    """
    text = sys.stdin.read(MOST + 1)
    if len(text) > MOST:
        raise _too_long("Standard input")
    if "\0" in text:
        raise InputError("Standard input isn't text", next_step="Send an answer as UTF-8, or name a sound file.")
    return as_utf8(text, "Standard input")


def input_line(most: int = MOST) -> tuple[str, bool] | None:
    """The next line, and whether it is all of it: what is beyond `most` characters is left out. None at the end.

    Raises:
        InputError: the line doesn't end.
    """
    line = rest = sys.stdin.readline(most + 1)
    if not line:
        return None
    skipped = 0
    while len(rest) > most and not rest.endswith("\n"):
        rest = sys.stdin.readline(most + 1)
        skipped += len(rest)
        if skipped > MOST_SKIPPED:
            raise InputError("Standard input has a line without an end", next_step="Send text, a line at a time.")
    return (line[:most], False) if len(line) > most and not line.endswith("\n") else (line, True)


def input_lines() -> Iterator[tuple[str, bool]]:
    """All lines likewise."""
    while (line := input_line()) is not None:
        yield line


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
