"""What was discarded here and can be brought back, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.domain.wording import counted
from rehearse.errors import DamagedAnswerError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.domain.answer import Answer
    from rehearse.history.answers import AnswerStore


IN_THE_TRASH = "In the trash. U brings it back."
"""Said of what was just discarded."""


def in_the_trash(titles: Sequence[str]) -> str:
    """Said of answers with these titles that were just discarded from among others."""
    if len(titles) == 1:
        return f"“{titles[0]}” is in the trash. U brings it back."
    return f"{counted(len(titles), 'answer')} are in the trash. U brings them back."


def brought_back(marked: Sequence[bool]) -> str:
    """Said of answers that were just restored, for each whether it is marked."""
    them = "It is" if len(marked) == 1 else f"{counted(len(marked), 'answer')} are"
    if all(marked):
        return f"{them} back."
    return f"{them} back, not {'all ' if any(marked) else ''}marked yet: u on the home screen transcribes " + (
        "it." if len(marked) == 1 else "them."
    )


class Discarded:
    """The answers that a screen saw discarded, each of which comes back once."""

    def __init__(self) -> None:
        self._ids: list[str] = []

    def __bool__(self) -> bool:
        """Something can be brought back."""
        return bool(self._ids)

    def add(self, answer_id: str) -> None:
        """It was just discarded."""
        self._ids.append(answer_id)

    def clear(self) -> None:
        """What was discarded is no longer of this screen's matter; it stays in the trash."""
        self._ids.clear()

    def bring_back(self, store: AnswerStore) -> Answer:
        """Restore the newest, which leaves the one before to come back next.

        Raises:
            IndexError: nothing is left.
            InputError: it was deleted for good meanwhile; the one before is next all the same.
            DamagedAnswerError: its record can't be read; the one before is next here too.
            StoreError: it can't be written or read just now; it stays the next one.
        """
        try:
            store.restore(self._ids[-1])
            answer = store.get(self._ids[-1])
        except (InputError, DamagedAnswerError):
            self._ids.pop()
            raise
        self._ids.pop()
        return answer
