"""After the marks: passages that there was no time for are heard again, and a short answer once more as a file is."""

import time
from collections.abc import Callable, Iterator, Sequence
from threading import Event

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Transcript, Utterance
from rehearse.errors import Cancelled
from rehearse.live.transcript_builder import TranscriptBuilder
from rehearse.speech.passages import passages_of
from rehearse.speech.transcriber import Hurry, Transcriber, hear_passage, nobody_waits

PATIENCE = 60.0
"""Seconds that hearing all of it once more may take: on a machine that is busy with other things it is given up."""


class SecondHearing:
    """Of a marked answer, while the person reads the marks. Any thread may call it off."""

    def __init__(self, cancelled: Event) -> None:
        """`cancelled`: set when the whole rehearsal is given up."""
        self.due = False
        """The answer is marked; before that nothing can be called off."""
        self.going_on = False
        """Words are just being heard again."""
        self._cancelled, self._let_be, self._wanted_elsewhere = cancelled, Event(), Event()

    def let_be(self, *, last_words_too: bool = True) -> None:
        """The words are good enough: somebody works with them.

        Where only the machine is wanted (`last_words_too` is False), what was heard in a hurry is heard again all the
        same.
        """
        if self.due:
            self._wanted_elsewhere.set()
            if last_words_too:
                self._let_be.set()

    def of(self, builder: TranscriptBuilder, transcriber: Transcriber) -> Iterator[Transcript]:
        """Better and better transcripts, as `heard_again` gives them."""
        self.going_on = True
        try:
            found = heard_again(
                builder, transcriber, given_up=self._given_up, wanted_elsewhere=self._wanted_elsewhere.is_set
            )
            for transcript in found:
                if not self._given_up():
                    yield transcript
        finally:
            self.going_on = False

    def _given_up(self) -> bool:
        return self._let_be.is_set() or self._cancelled.is_set()


def heard_again(
    builder: TranscriptBuilder,
    transcriber: Transcriber,
    *,
    given_up: Hurry,
    wanted_elsewhere: Hurry = nobody_waits,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Transcript]:
    """Better and better transcripts: with the last passages heard as one, then all of it in longer passages.

    While somebody speaks, passages end soon, so that their words stay soon; longer ones are heard better. The second
    transcript comes only of what the builder remembers, which is a short answer.

    Args:
        builder: what was written down, all of it said.
        transcriber: hears the passages.
        given_up: nobody wants it any more; nothing comes then.
        wanted_elsewhere: the machine has better to do than to hear all of it; the last passages are heard all the same.
        clock: seconds that only go forward.
    """
    try:
        while (passage := builder.unheard) is not None:
            passage.hear_as_one(hear_passage(transcriber, passage.segments, given_up=given_up))
        yield builder.whole
        if builder.remembered:
            until = clock() + PATIENCE
            yield _as_a_file(builder, transcriber, lambda: given_up() or wanted_elsewhere() or clock() > until)
    except Cancelled:
        return


def _as_a_file(builder: TranscriptBuilder, transcriber: Transcriber, given_up: Hurry) -> Transcript:
    """All of it in passages as long as a file's; those that were heard just so already stay as they are."""
    known: dict[Sequence[SpeechSegment], tuple[Utterance, ...]] = {
        passage.segments: passage.utterances for passage in builder.remembered if passage.careful
    }
    transcript = Transcript(model=transcriber.name)
    for segments in passages_of(segment for passage in builder.remembered for segment in passage.segments):
        for utterance in known.get(segments) or hear_passage(transcriber, segments, given_up=given_up):
            transcript = transcript.with_utterance(utterance)
    return transcript
