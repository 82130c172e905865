"""How long the speaker pauses: from the answers that were given before."""

from rehearse.domain.hands_free import pauses_between
from rehearse.domain.kinds import Source
from rehearse.errors import RehearseError
from rehearse.history.answers import AnswerStore

LATEST = 5
"""Answers that are looked at: habits change with practice."""


def earlier_pauses(store: AnswerStore) -> tuple[float, ...]:
    """Seconds of the silences within the latest spoken answers, the latest last; none where they can't be read."""
    try:
        spoken = [one for one in store.summaries(limit=4 * LATEST) if one.source is Source.MICROPHONE][:LATEST]
        answers = [store.get(one.id) for one in reversed(spoken)]
    except RehearseError:
        return ()
    return tuple(pause for answer in answers for pause in pauses_between(answer.speech))
