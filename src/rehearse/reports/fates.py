"""What became of the questions of an interview: the one rule for its report and for where interviews are listed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rehearse.domain.answer import AnswerStatus
from rehearse.domain.interview import Question


class Fate(StrEnum):
    """What became of a question; the value is what is said of it."""

    JUDGED = ""
    TOO_SHORT = "Too little was said to judge."
    OTHER_LANGUAGE = "Too little of it was in English."
    SKIPPED = "Skipped."
    OPEN = "Not asked."
    DELETED = "The answer was deleted."
    TRASHED = "The answer is in the trash."
    UNMARKED = "The answer was never marked."
    """It was cut off, and waits to be transcribed."""


_BRIEFLY = {
    Fate.TOO_SHORT: "too short",
    Fate.OTHER_LANGUAGE: "not in English",
    Fate.TRASHED: "in the trash",
    Fate.DELETED: "deleted",
    Fate.UNMARKED: "never marked",
}
"""Why an answer that was given doesn't count."""


def fate_of(
    question: Question, status: AnswerStatus | None, *, judged: bool, in_other_language: Callable[[], bool]
) -> Fate:
    """What became of one question.

    Args:
        question: as the interview keeps it.
        status: of its answer; None where that isn't kept any more.
        judged: enough was said in it.
        in_other_language: whether it wasn't in English; only asked of one that wasn't judged.
    """
    if question.answer_id is None:
        return Fate.SKIPPED if question.skipped else Fate.OPEN
    match status:
        case None:
            return Fate.DELETED
        case AnswerStatus.DISCARDED:
            return Fate.TRASHED
        case AnswerStatus.RECORDING:
            return Fate.UNMARKED
        case AnswerStatus.FINISHED:
            if judged:
                return Fate.JUDGED
            return Fate.OTHER_LANGUAGE if in_other_language() else Fate.TOO_SHORT


@dataclass(frozen=True)
class Standing:
    """How far an interview is."""

    fates: tuple[Fate, ...]
    """Of its questions, in order."""

    @property
    def answered(self) -> int:
        """Questions with an answer that is still there and was long enough to be judged."""
        return self.fates.count(Fate.JUDGED)

    @property
    def uncounted(self) -> str:
        """Why answers that were given don't count: `1 too short, 2 deleted`; "" where all of them do."""
        return ", ".join(self._uncounted())

    def told(self, far: str, *, broken_off: bool) -> str:
        """In a list of interviews: `far`, which says how many are answered, why not all count, and whether it ended."""
        return ", ".join(filter(None, (far, self.uncounted, "broken off" if broken_off else "")))

    def _uncounted(self) -> Iterator[str]:
        for fate, why in _BRIEFLY.items():
            if number := self.fates.count(fate):
                yield f"{number} {why}"
