"""Text from outside made fit to be seen: guides, names of files and devices, settings and answers are data.

A terminal obeys control characters, and bidirectional controls show text in another order than it has. Both sinks of
text, the shell's streams and the app's lines, pass everything through here; nothing else needs to think of it.
"""

import re

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and newline (ISO 6429's C0, DEL, C1)
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls (Unicode Standard Annex 9, section 2)
    "\u2028\u2029\u206a-\u206f\ufff9-\ufffb"  # line and paragraph ends, deprecated and annotating format characters
    "\ud800-\udfff]"  # what stands for bytes that aren't UTF-8
)
"""Characters that are never sent to a terminal."""

_ONE_LINE = re.compile(f"{UNSAFE.pattern}|[\t\n]")


def escaped(character: str) -> str:
    r"""A character spelled out: `\x1b`, `\u202e`."""
    return character.encode("unicode_escape").decode("ascii")


def shown(text: str) -> str:
    """The text with every unsafe character spelled out; line ends and tabs stay."""
    return UNSAFE.sub(lambda found: escaped(found[0]), text) if UNSAFE.search(text) else text


def shown_line(text: str) -> str:
    """The same on one line: a line end in a file's name mustn't look like a line of ours."""
    return _ONE_LINE.sub(lambda found: escaped(found[0]), text)
