"""The answer that was being typed when its screen was left."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock

from rehearse.private import write_private
from rehearse.reading import read_text


class Draft:
    """What was typed in answer to one question: a file for each, readable by its owner alone.

    Its first line is the question, so that one who opens the file knows what it belongs to. Safe to use from any
    thread.
    """

    def __init__(self, folder: Path, question: str, earlier: Path | None = None) -> None:
        """Nothing is read yet.

        Args:
            folder: of all drafts.
            question: with whatever else tells it from others.
            earlier: a draft of no known question, as version 0.1.1 kept it; it becomes this question's.
        """
        self._question = " ".join(question.split())
        self._path = folder / f"{sha256(self._question.encode()).hexdigest()[:16]}.txt"
        self._earlier = earlier
        self._took_earlier = False
        self._one_at_a_time = Lock()
        self._became_answer = False

    def read(self) -> str:
        """The text; "" if there is none to this question."""
        question, _, text = _text_of(self._path).partition("\n")
        if question == self._question:
            return text
        text = _text_of(self._earlier) if self._earlier else ""
        self._took_earlier = bool(text)
        return text

    def keep(self, text: str) -> None:
        """Keep what is being typed; "" forgets it, as does whatever comes once it became an answer.

        Raises:
            OSError: it can't be written.
        """
        with self._one_at_a_time:
            self._write("" if self._became_answer else text)

    def became_answer(self) -> None:
        """What was typed is kept as an answer now: there is no draft of it any more, whoever leaves it later."""
        with self._one_at_a_time:
            self._became_answer = True
            with suppress(OSError):  # the answer is kept; the screen, when it is left, tries once more and says so
                self._write("")

    def _write(self, text: str) -> None:
        if text.strip():
            write_private(self._path, f"{self._question}\n{text}")
        else:
            self._path.unlink(missing_ok=True)
        if self._took_earlier and self._earlier:
            self._earlier.unlink(missing_ok=True)


def _text_of(path: Path) -> str:
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError):
        return ""
