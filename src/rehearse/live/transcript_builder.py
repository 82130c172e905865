"""TranscriptBuilder: what is written down of an answer, passage by passage; those still open may be heard again."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.speech.passages import PassageSettings, goes_on
from rehearse.speech.transcriber import Spoken

CONTEXT = 8
"""Utterances given to the transcriber as context; it takes as many as it can use."""

LIVE = PassageSettings(crowded=14.0, longest=23.0)
"""Shorter than for a file: the sooner a passage is over, the sooner its words stay."""


@dataclass(eq=False)
class Passage:
    """Segments with their words, as well as they are known by now."""

    spoken: list[Spoken] = field(default_factory=list)
    heard: int = 0
    """So many of its segments were heard as one, or never will be."""
    over: bool = False
    """No more segments will come."""
    _careful: int = 0
    """So many of its segments got their words together, when it was last heard as one."""

    @property
    def segments(self) -> tuple[SpeechSegment, ...]:
        """Its sound."""
        return tuple(spoken.segment for spoken in self.spoken)

    @property
    def unheard(self) -> bool:
        """It has grown since it was heard as one."""
        return self.heard < len(self.spoken)

    @property
    def grown(self) -> float:
        """Seconds of sound since then."""
        return sum(one.segment.end - one.segment.start for one in self.spoken[self.heard :])

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """Its words, an utterance for each segment."""
        return tuple(spoken.utterance for spoken in self.spoken)

    @property
    def careful(self) -> bool:
        """All its words come from one hearing for which there was time."""
        return 0 < self._careful == len(self.spoken)

    def hear_as_one(self, utterances: Sequence[Utterance] | None, *, segments: int | None = None) -> None:
        """The words of its first `segments` (all), heard again; None where nothing came of it: what there was stays."""
        count = len(self.spoken) if segments is None else segments
        self._careful = 0 if utterances is None else count
        if utterances is not None:
            pairs = zip(self.segments[:count], utterances, strict=True)
            self.spoken[:count] = [Spoken(*pair) for pair in pairs]
        self.heard = max(self.heard, count)


class TranscriptBuilder:
    """Keeps the words of closed segments. Those of passages that were settled never change."""

    def __init__(self, model: str, settings: PassageSettings = LIVE, *, memory: float = 0.0) -> None:
        """Nothing is written down yet.

        Args:
            model: name of the recogniser's.
            settings: how long passages are.
            memory: seconds of sound up to which passages are remembered after they were settled.
        """
        self._settings = settings
        self._settled = Transcript(model=model)
        self._passages: deque[Passage] = deque()
        self._room = memory
        self._remembered: list[Passage] = []
        self._before: deque[Spoken] = deque(maxlen=CONTEXT)

    @property
    def settled(self) -> Transcript:
        """What never changes."""
        return self._settled

    @property
    def whole(self) -> Transcript:
        """All there is."""
        found = self._settled
        for spoken in self._unsettled():
            found = found.with_utterance(spoken.utterance)
        return found

    @property
    def before(self) -> tuple[Spoken, ...]:
        """What was said last, as context for what comes."""
        return (*self._before, *self._unsettled())[-CONTEXT:]

    @property
    def text(self) -> str:
        """Words that may change."""
        return " ".join(spoken.utterance.text for spoken in self._unsettled() if spoken.utterance.words)

    @property
    def open(self) -> Passage | None:
        """The passage that the next segment may belong to."""
        return self._passages[-1] if self._passages and not self._passages[-1].over else None

    @property
    def unheard(self) -> Passage | None:
        """The first passage that has grown since it was heard as one."""
        return next((passage for passage in self._passages if passage.unheard), None)

    @property
    def remembered(self) -> tuple[Passage, ...]:
        """All passages, the settled ones too; none where they hold more sound than is remembered."""
        return tuple(self._remembered)

    @property
    def pause(self) -> float:
        """Seconds of silence that end the passage."""
        return self._settings.pause

    def ends_before(self, segment: SpeechSegment) -> bool:
        """The open passage is over when this segment comes."""
        return self.open is not None and not goes_on(self.open.segments, segment, self._settings)

    def add(self, segment: SpeechSegment, utterance: Utterance) -> None:
        """One more segment of the open passage, or the first of another."""
        if self.open is None:
            self._passages.append(Passage())
            self._remembered.append(self._passages[-1])
        self._passages[-1].spoken.append(Spoken(segment, utterance))
        self._room -= segment.end - segment.start
        if self._room < 0:
            self._remembered.clear()

    def close(self) -> None:
        """The open passage is over."""
        if self.open is not None:
            self.open.over = True

    def settle(self, *, everything: bool = False) -> None:
        """Let the passages stay that are over and were heard as one, in their order; or all of them as they are."""
        while self._passages and (everything or (self._passages[0].over and not self._passages[0].unheard)):
            for spoken in self._passages.popleft().spoken:
                self._settled = self._settled.with_utterance(spoken.utterance)
                self._before.append(spoken)

    def _unsettled(self) -> list[Spoken]:
        return [spoken for passage in self._passages for spoken in passage.spoken]
