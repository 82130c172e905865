"""The pipeline's third thread: hears passages again while the second one follows the speaker."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from rehearse.domain.sound import SpeechSegment
from rehearse.domain.transcript import Utterance
from rehearse.errors import Cancelled
from rehearse.live.transcript_builder import Passage
from rehearse.speech.transcriber import Hurry, Transcriber, hear_passage

IDLE = 3.0
"""An open passage is heard again once it has grown by so many times what the last hearing took: at most a third of a
core goes into words that may yet change."""


class Redecoder:
    """Hears one passage at a time as one. Used from one thread; the hearing is done in another."""

    def __init__(self, transcriber: Transcriber, *, hurry: Hurry, done: Callable[[], object]) -> None:
        """Nothing is begun yet.

        Args:
            transcriber: hears passages; asked beside whatever else it is asked for.
            hurry: somebody waits for the words there are: what was begun is given up at the next occasion.
            done: called on the other thread when a hearing has ended.
        """
        self._transcriber = transcriber
        self._hurry = hurry
        self._done = done
        self._took = 0.0
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="rehearse-again")
        self._passage: Passage | None = None
        self._segments = 0
        self._future: Future[tuple[Utterance, ...] | None] | None = None

    @property
    def busy(self) -> bool:
        """A hearing goes on, or its words weren't taken yet."""
        return self._future is not None

    @property
    def ready(self) -> bool:
        """A hearing has ended."""
        return self._future is not None and self._future.done()

    def is_worth(self, passage: Passage) -> bool:
        """To hear it now; a passage that is over always is."""
        return passage.over or passage.grown >= IDLE * self._took

    def begin(self, passage: Passage) -> None:
        """Hear what there is of a passage by now."""
        segments = passage.segments
        self._passage, self._segments = passage, len(segments)
        self._future = self._pool.submit(self._hear, segments)
        self._future.add_done_callback(lambda _: self._done())

    def take(self) -> None:
        """Write down what was heard, unless it was given up; raises what the hearing raised."""
        assert self._future is not None
        assert self._passage is not None
        future, self._future = self._future, None
        found = future.result()
        if found is not None:
            self._passage.hear_as_one(found, segments=self._segments)

    def _hear(self, segments: Sequence[SpeechSegment]) -> tuple[Utterance, ...] | None:
        begun = time.monotonic()
        try:
            return hear_passage(self._transcriber, segments, given_up=self._hurry)
        except Cancelled:
            return None
        finally:
            self._took = time.monotonic() - begun

    def end(self) -> None:
        """Let the thread end; waits for what it is in the middle of."""
        self._pool.shutdown(cancel_futures=True)
