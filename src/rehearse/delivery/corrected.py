"""The time by section, as the user has corrected the marks. What is kept follows the engine's."""

from dataclasses import replace

from rehearse.delivery.timeline import make_timeline, word_labels
from rehearse.domain.answer import Answer
from rehearse.domain.delivery import Delivery
from rehearse.domain.sound import SpeechSpan


def as_corrected(answer: Answer) -> Delivery | None:
    """The figures with the timeline cut by the corrected marks; None for a typed answer."""
    if answer.delivery is None or answer.coverage is None or not answer.corrections:
        return answer.delivery
    # Its silences stay where they are: a mark says nothing about them.
    speech = [SpeechSpan(stretch.start, stretch.end) for stretch in answer.delivery.timeline]
    labels = word_labels(answer.transcript, answer.marks)
    return replace(answer.delivery, timeline=make_timeline(answer.transcript, speech, labels))
