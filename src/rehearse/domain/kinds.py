"""How an answer came about and how far it is. Apart from `answer`, because settings need no more than this."""

from enum import StrEnum


class AnswerStatus(StrEnum):
    """Where an answer stands."""

    RECORDING = "recording"
    """Begun and not completed; after a crash, what is left to transcribe."""
    FINISHED = "finished"
    DISCARDED = "discarded"
    """In the trash, can be brought back."""


class Source(StrEnum):
    """Where the words came from."""

    MICROPHONE = "microphone"
    FILE = "file"
    TYPED = "typed"
    DEMO = "demo"


class Mode(StrEnum):
    """How the drill is done."""

    COACHED = "coached"
    """The panel is visible while speaking."""
    EXAM = "exam"
    """The panel comes afterwards, behind one's own guess."""
