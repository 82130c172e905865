"""Two models: a quick model for what somebody waits for, a better one for the words that stay."""

from collections.abc import Sequence

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.speech.transcriber import Hurry, Spoken, Transcriber, nobody_waits


class TwoModels:
    """A transcriber that hears with one model where somebody waits, and with another where there is time."""

    def __init__(self, careful: Transcriber, quick: Transcriber) -> None:
        """Args: the better model; the quicker one."""
        self._careful = careful
        self._quick = quick

    @property
    def name(self) -> str:
        """Of the model whose words stay."""
        return self._careful.name

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        """As the quicker model's where somebody waits."""
        return (self._quick if hurry() else self._careful).transcribe(segment, before, hurry=hurry)

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        """As the better model's."""
        return self._careful.transcribe_passage(segments, hurry=hurry)

    def hypothesise(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """As the quicker model's."""
        return self._quick.hypothesise(segment, before)
