"""The file that the page saves: what it is called and how much it may hold. The page keeps to it, the reader checks."""

FORMAT = "rehearse second opinion"
"""Says in the file what it is."""
VERSION = 1

MOST_BYTES = 1_000_000
"""Of a file; the largest that the page can save has about a third of that."""
MOST_LABELS = 200
MOST_NAME = 60
"""Characters."""
MOST_COMMENT = 1000
MOST_WORDS = 1000
"""Characters of the words pointed at."""
