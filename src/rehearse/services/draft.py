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
