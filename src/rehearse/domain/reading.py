"""Reading pace: where nothing can be said aloud, words appear as fast as they are read."""

WORDS_A_MINUTE = 190.0
"""A little below the mean of silent reading in English, 238 words a minute for non-fiction (Brysbaert, "How many words
do we read per minute?", Journal of Memory and Language 109, 2019), and about as fast as somebody asks aloud."""


def reading_seconds(text: str) -> float:
    """How long it takes to read a text, half a second to look up included."""
    return 0.5 + len(text.split()) / WORDS_A_MINUTE * 60


def words_read(text: str, elapsed: float) -> int:
    """How many of a text's words are there after `elapsed` seconds; the first one at once."""
    return min(len(text.split()), 1 + int(max(0.0, elapsed) * WORDS_A_MINUTE / 60))
