"""Which answer is meant: by its id, the end of it, or “last”."""

from collections.abc import Sequence

from rehearse.domain.answer import AnswerStatus
from rehearse.errors import InputError
from rehearse.history.answers import AnswerFilter, AnswerStore


def whole_id(
    store: AnswerStore, wanted: str, status: AnswerStatus = AnswerStatus.FINISHED, also: Sequence[str] = ()
) -> str:
    """The one id among the answers of a status, and those in `also`, that ends like that; raises InputError.

    “last” is the newest of that status.
    """
    refuse_blank(wanted, "answer")
    rows = store.summaries(AnswerFilter(status=status))
    if wanted == "last" and rows:
        return rows[0].id
    found = [answer_id for answer_id in (*(row.id for row in rows), *also) if answer_id.endswith(wanted)]
    if len(found) == 1:
        return found[0]
    where, listed = ("in the trash ", " --trash") if status is AnswerStatus.DISCARDED else ("", "")
    if not found:
        raise InputError(
            f"There is no answer {where}“{wanted}”", next_step=f"`rehearse history list{listed}` shows what there is."
        )
    raise InputError(f"“{wanted}” fits {len(found)} answers", next_step="Give more of the id.")


def refuse_blank(wanted: str, what: str) -> None:
    """Raise InputError for an id of nothing, as an unset variable of a script gives it: every id ends like that."""
    if not wanted.strip():
        raise InputError(f"An empty id names no {what}", next_step="Give an id, or its last characters.")
