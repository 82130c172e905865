"""Words that stay on one line: a key and what it does, say."""

from textual.content import Content

JOINT = "\u00a0"
"""Stands for the space between them. Textual's own lines break at it."""
_LETTER = "\ue000"
"""Of no script and one cell wide: for the wrapping it belongs to the words."""


def joined(words: str) -> str:
    """These words as one that isn't broken."""
    return words.replace(" ", JOINT)


def wrapped(text: Content, width: int) -> list[Content]:
    """The text on lines of at most `width` cells; what is joined stays together where it has room."""
    whole = Content(text.plain.replace(JOINT, _LETTER), spans=list(text.spans))
    return [Content(line.plain.replace(_LETTER, " "), spans=list(line.spans)) for line in whole.wrap(max(1, width))]
