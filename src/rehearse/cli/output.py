"""What the commands print. Everything that goes to a stream is made safe here, whoever prints it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from rehearse.cli.streams import speaks_utf8
from rehearse.domain.shown import UNSAFE, shown, shown_line
from rehearse.errors import GuideError, RehearseError

_WIPE = "\r\x1b[2K"
"""To the beginning of the line, and the line emptied (ISO 6429)."""


class _ShownStream:
    """A text stream that spells out what a terminal would obey; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self.plain = stream

    def write(self, text: str) -> int:
        """As the stream's."""
        self.plain.write(shown(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """As the stream's."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plain, name)


@contextmanager
def shown_streams() -> Iterator[None]:
    """Let nothing reach standard output and standard error but through `shown`."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_ShownStream(stream) if stream is not None else None for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """A value as JSON; what is unsafe to show stands in it as JSON's own escapes, so that nothing is lost;
    all of it is plain ASCII where standard output doesn't speak UTF-8.
    """
    text = json.dumps(value, ensure_ascii=not speaks_utf8(), indent=indent, default=str)
    print(UNSAFE.sub(_json_escape, text), flush=True)


def _json_escape(found: "Any") -> str:
    return f"\\u{ord(found[0]):04x}"


def print_error(error: RehearseError, about: str = "") -> None:
    """One sentence on standard error; of a guide one line for each problem.

    Args:
        error: what to say.
        about: the file or the line of input that it is about.
    """
    said = str(error) if isinstance(error, GuideError) else shown_line(str(error))
    where = f"{shown_line(about)}: " if about else ""
    print(f"rehearse: {where}{said}", file=sys.stderr, flush=True)


def print_remark(text: str) -> None:
    """One sentence on standard error about what is done all the same."""
    print(f"rehearse: {shown_line(text)}", file=sys.stderr, flush=True)


def redraw(line: str = "") -> None:
    """Put a line in the place of the last one on standard error, which is a terminal; "" wipes it."""
    stream: Any = sys.stderr
    getattr(stream, "plain", stream).write(_WIPE + shown_line(line))
    stream.flush()
