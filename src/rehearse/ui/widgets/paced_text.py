"""What the interviewer says, as text: all of it at once, or word by word at reading pace."""

import re

from textual.content import Content
from textual.widgets import Static

from rehearse.domain.reading import words_read


class PacedText(Static):
    """A text whose words appear one by one where nobody says it aloud; its place is kept free from the start."""

    def __init__(self, text: str, *, quiet: int = 0, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """The first `quiet` characters are no part of the question, and written lightly."""
        super().__init__(Content(text), id=id)
        self._text, self._quiet = text, quiet
        self._since: float | None = None

    @property
    def complete(self) -> bool:
        """Every word is shown."""
        return self.shown == len(self._text.split())

    shown = 0
    """Words."""

    def on_mount(self) -> None:
        self.show()

    def show(self, text: str | None = None) -> None:
        """Show all of it, or all of another text."""
        self._text = self._text if text is None else text
        self._since = None
        self._show(len(self._text.split()))

    def hold(self) -> None:
        """Keep the place and show nothing yet."""
        self._since = None
        self._show(0)

    def pace(self, now: float, text: str | None = None) -> None:
        """From the clock's second `now` on, show it word by word, by `tick`."""
        self._text = self._text if text is None else text
        self._since = now
        self.tick(now)

    def tick(self, now: float) -> None:
        """Show the words that are due."""
        if self._since is not None:
            self._show(words_read(self._text, now - self._since))
            if self.complete:
                self._since = None

    def _show(self, words: int) -> None:
        self.shown = words
        self.update(Content(with_words(self._text, words)).stylize("not bold dim", 0, self._quiet))
        self.display = bool(self._text)


def with_words(text: str, count: int) -> str:
    """The first `count` words, and in the place of the others as much room: lines break where they will."""
    parts = re.split(r"(\s+)", text)
    seen = 0
    for index, part in enumerate(parts):
        if part and not part.isspace():
            seen += 1
            if seen > count:
                parts[index] = "\N{NO-BREAK SPACE}" * len(part)
    return "".join(parts)
