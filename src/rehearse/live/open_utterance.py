"""OpenUtterance: what is known about the utterance that is still open."""

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.speech.agreement import Agreement

EVERY = 0.6
"""Seconds of new sound that are worth another hypothesis."""


class OpenUtterance:
    """Hypotheses for the open segment, and its decoding ahead of time. A new segment turns the page."""

    def __init__(self) -> None:
        self._start = -1.0
        self._hypothesised_to = 0.0
        self._agreement = Agreement()
        self._complete: tuple[SpeechSegment, Utterance] | None = None

    def wants_hypothesis(self, segment: SpeechSegment) -> bool:
        """Enough was said since the last hypothesis."""
        since = self._hypothesised_to if segment.start == self._start else segment.start
        return segment.end - since >= EVERY

    def wants_whole(self, segment: SpeechSegment) -> bool:
        """The segment as it stands wasn't decoded yet."""
        return self.decoded(segment) is None

    def decoded(self, segment: SpeechSegment) -> Utterance | None:
        """The words of exactly this sound, if it was decoded ahead of time."""
        if self._complete is None:
            return None
        known, utterance = self._complete
        same = (known.start, known.end) == (segment.start, segment.end)
        return utterance if same else None

    def add_hypothesis(self, segment: SpeechSegment, utterance: Utterance) -> None:
        """One more hypothesis."""
        self._turn_to(segment)
        self._hypothesised_to = segment.end
        self._agreement.update(utterance.words)

    def add_whole(self, segment: SpeechSegment, utterance: Utterance) -> None:
        """The open segment was decoded with all care: if nothing more is said, these are its words."""
        self._turn_to(segment)
        self._hypothesised_to = segment.end
        self._agreement.update(utterance.words)
        self._complete = (segment, utterance)

    def close(self, segment: SpeechSegment) -> None:
        """Its words are written down elsewhere now."""
        if segment.start == self._start:
            self._agreement = Agreement()

    @property
    def text(self) -> str:
        """The open utterance as far as it is known."""
        return self._agreement.text

    def provisional(self, transcript: Transcript, segment: SpeechSegment) -> Transcript | None:
        """The transcript with the words of the open segment that can be relied on; None if there are none."""
        if self.decoded(segment) is not None and self._complete is not None:
            utterance = self._complete[1]
        else:
            agreed = self._agreement.agreed
            utterance = Utterance(agreed, segment.speech_start, agreed[-1].end if agreed else segment.speech_start)
        return transcript.with_utterance(utterance) if utterance.words else None

    def _turn_to(self, segment: SpeechSegment) -> None:
        if segment.start != self._start:
            self._start = segment.start
            self._agreement = Agreement()
            self._complete = None
