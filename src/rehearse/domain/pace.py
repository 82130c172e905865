"""How fast people read and listen."""

WORDS_PER_MINUTE = 185
"""Of the interviewer's words as they are read along: the pace of an audiobook, 150 to 160, is slow on a screen; silent
reading of English non-fiction runs at some 238 (Brysbaert, 2019)."""


def reading_seconds(text: str) -> float:
    """How long it takes to read a text along, half a second to look up included."""
    return 0.5 + len(text.split()) / WORDS_PER_MINUTE * 60
