"""Transcriber: a speech segment in, an utterance of timed words out; and who waits for it."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple, Protocol

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.errors import Cancelled


class Waiting(IntEnum):
    """Who waits for the words."""

    NOBODY = 0
    SOMEBODY = 1
    LONG = 2
    """Somebody, and for so long that names may be looked for later."""


Hurry = Callable[[], Waiting | bool]
"""Tells whether somebody waits for the words; asked before each step of a decoding, for it may change meanwhile."""


def nobody_waits() -> Waiting:
    """There is time."""
    return Waiting.NOBODY


def somebody_waits() -> Waiting:
    """There is little time."""
    return Waiting.SOMEBODY


class Spoken(NamedTuple):
    """A closed segment with its words."""

    segment: SpeechSegment
    utterance: Utterance


class Transcriber(Protocol):
    """Turns speech into words; keeps nothing between calls. One thread may hear passages while another asks for the
    rest.
    """

    @property
    def name(self) -> str:
        """Name of its model, kept with the transcript."""

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        """The words of a closed segment, as well as they can be known so soon; times are seconds of the answer.

        Args:
            segment: what to decode.
            before: what was said just before, oldest first.
            hurry: where somebody waits: less context in a shorter window, and no second look for terms that may
                have been said, none at all after a long wait; where that goes wrong, the guards decode it in full.
        """

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        """The words of a passage heard as one, an utterance for each segment: as well as it can.

        Args:
            segments: a passage, see `rehearse.speech.passages`.
            hurry: where somebody begins to wait, nothing comes of it.

        Returns:
            None if somebody waits, or if the passage heard as one makes no sense.
        """

    def hypothesise(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """A quick hypothesis for a segment that is still open."""


def hear_passage(
    transcriber: Transcriber, segments: Sequence[SpeechSegment], *, given_up: Hurry = nobody_waits
) -> tuple[Utterance, ...]:
    """A passage's words, heard as one, or segment by segment where that makes no sense. There is time.

    Raises:
        Cancelled: given up.
    """
    if not segments:
        return ()
    found = transcriber.transcribe_passage(segments, hurry=given_up)
    spoken: list[Spoken] = []
    for segment in segments if found is None else ():
        _go_on_unless(given_up)
        spoken.append(Spoken(segment, transcriber.transcribe(segment, spoken, hurry=given_up)))
    _go_on_unless(given_up)
    return tuple(one.utterance for one in spoken) if found is None else found


def _go_on_unless(given_up: Hurry) -> None:
    if given_up():
        raise Cancelled("Listening was given up")
