"""Scribe: what is written down of an answer: passages that are over, and the one that may still be heard again."""

from collections import deque
from collections.abc import Sequence

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.speech.passages import PassageSettings, goes_on
from rehearse.speech.transcriber import Spoken

CONTEXT = 8
"""Utterances given to the transcriber as context; it takes as many as it can use."""

LIVE = PassageSettings(crowded=14.0, longest=23.0)
"""Shorter than for a file: whoever stops waits for what is being heard again."""


class Scribe:
    """Keeps the words of closed segments. Those of passages that are over never change."""

    def __init__(self, model: str, settings: PassageSettings = LIVE) -> None:
        """Args: name of the recogniser's model; how long passages are."""
        self._settings = settings
        self._settled = Transcript(model=model)
        self._passage: list[Spoken] = []
        self._heard = 0
        self._before: deque[Spoken] = deque(maxlen=CONTEXT)

    @property
    def settled(self) -> Transcript:
        """Passages that are over."""
        return self._settled

    @property
    def whole(self) -> Transcript:
        """All there is, the open passage too."""
        found = self._settled
        for spoken in self._passage:
            found = found.with_utterance(spoken.utterance)
        return found

    @property
    def before(self) -> tuple[Spoken, ...]:
        """What was said last, as context for what comes."""
        return (*self._before, *self._passage)[-CONTEXT:]

    @property
    def text(self) -> str:
        """Words of the open passage."""
        return " ".join(spoken.utterance.text for spoken in self._passage if spoken.utterance.words)

    @property
    def passage(self) -> tuple[SpeechSegment, ...]:
        """Segments of the open passage."""
        return tuple(spoken.segment for spoken in self._passage)

    @property
    def unheard(self) -> bool:
        """The open passage has grown since it was heard as one."""
        return self._heard < len(self._passage)

    @property
    def pause(self) -> float:
        """Seconds of silence that end the passage."""
        return self._settings.pause

    def ends_before(self, segment: SpeechSegment) -> bool:
        """The open passage is over when this segment comes."""
        return not goes_on(self.passage, segment, self._settings)

    def add(self, segment: SpeechSegment, utterance: Utterance) -> None:
        """One more segment of the open passage."""
        self._passage.append(Spoken(segment, utterance))

    def hear_as_one(self, utterances: Sequence[Utterance] | None) -> None:
        """The open passage's words, heard again; None where nothing came of it: what there was stays."""
        if utterances is not None:
            segments = self.passage
            self._passage = [Spoken(*pair) for pair in zip(segments, utterances, strict=True)]
        self._heard = len(self._passage)

    def settle(self) -> None:
        """The open passage is over."""
        self._settled = self.whole
        self._before.extend(self._passage)
        self._passage, self._heard = [], 0
