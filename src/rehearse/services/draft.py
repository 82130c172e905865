"""The answer that was being typed when its screen was left."""

from pathlib import Path

from rehearse.private import write_private
from rehearse.reading import read_text


class Draft:
    """Kept in one file, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self._path = path

    def read(self) -> str:
        """The text; "" if there is none."""
        try:
            return read_text(self._path)
        except (OSError, UnicodeDecodeError):
            return ""

    def keep(self, text: str) -> None:
        """Keep what is being typed; "" forgets it. Raises OSError if it can't be written."""
        if not text.strip():
            self._path.unlink(missing_ok=True)
            return
        write_private(self._path, text)


class DraftFor:
    """A draft that belongs to one question: whoever answers another finds none. Its first line says which."""

    def __init__(self, path: Path, question: str) -> None:
        """Nothing is read yet."""
        self._draft = Draft(path)
        self._question = " ".join(question.split())

    def read(self) -> str:
        """The text; "" if there is none to this question."""
        question, _, text = self._draft.read().partition("\n")
        return text if question == self._question else ""

    def keep(self, text: str) -> None:
        """As `Draft.keep`."""
        self._draft.keep(f"{self._question}\n{text}" if text.strip() else "")
