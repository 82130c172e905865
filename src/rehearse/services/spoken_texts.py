"""Texts turned into the interviewer's voice ahead of need, sentence by sentence, on a thread of its own."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Condition, Thread
from typing import TYPE_CHECKING

from rehearse.memory import HEAVY_WORK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.speech.voice import InterviewerVoice

MOST_SAMPLES = 90 * 24_000
"""Kept for later: a minute and a half, some 9 MB."""


class SpokenText:
    """One text and what of it is spoken so far; changed under its owner's lock."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences: list[NDArray[np.float32]] = []
        self.complete = False
        self.called_off = False
        self.error: Exception | None = None

    @property
    def samples(self) -> int:
        """Of all sentences so far."""
        return sum(map(len, self.sentences))


class SpokenTexts:
    """Makes and keeps spoken texts. Thread-safe.

    The voice's model takes 150 MB and most of a second to load. So it is loaded for all that waits at once, one at a
    time with other heavy work, and rests when nothing waits any more.
    """

    def __init__(self, voice: Callable[[], "InterviewerVoice"], can_be_heard: Callable[[], bool]) -> None:
        """`voice` is loaded with the first word, and only if it `can_be_heard`."""
        self._voice = voice
        self._can_be_heard = can_be_heard
        self._changed = Condition()
        self._texts: OrderedDict[str, SpokenText] = OrderedDict()
        self._waiting: list[SpokenText] = []
        """The last one is made next."""
        self._thread: Thread | None = None
        self._closed = False

    def prepare(self, *texts: str) -> None:
        """Have texts spoken for later, the first one first, with the voice loaded once; returns at once."""
        with self._changed:
            for text in texts:
                self.order(text)

    def order_now(self, *texts: str) -> list[SpokenText]:
        """Have texts spoken before all others, the first one first; returns at once.

        They are ordered under one lock: else the worker might already take the last one while the first is missing.
        """
        with self._changed:
            return [self.order(text, now=True) for text in reversed(texts)][::-1]

    def order(self, text: str, *, now: bool = False) -> SpokenText:
        """Have a text spoken, before all others if it is needed `now`; returns at once."""
        with self._changed:
            spoken = self._texts.get(text)
            if spoken is None or spoken.error is not None or spoken.called_off:
                spoken = self._texts[text] = SpokenText(text)
                self._waiting.insert(len(self._waiting) if now else 0, spoken)
                self._begin()
            elif now and spoken in self._waiting:
                self._waiting.remove(spoken)
                self._waiting.append(spoken)
            self._texts.move_to_end(text)
            self._forget_oldest()
            return spoken

    def sentence(self, spoken: SpokenText, index: int, timeout: float) -> "NDArray[np.float32] | None":
        """A sentence, waited for up to `timeout` seconds; None if it isn't there yet.

        Raises:
            IndexError: the text has no more.
            ModelError: the voice can't speak.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: spoken.complete or len(spoken.sentences) > index, timeout):
                return None
            if spoken.error is not None:
                raise spoken.error
            return spoken.sentences[index]

    def call_off(self, spoken: SpokenText) -> None:
        """Nobody wants it any more; if it wasn't begun, it won't be."""
        with self._changed:
            if spoken in self._waiting:
                self._waiting.remove(spoken)
                spoken.called_off = spoken.complete = True
                self._changed.notify_all()

    def close(self, timeout: float = 3.0) -> None:
        """Make nothing more, and wait for what is being made."""
        with self._changed:
            self._closed = True
            thread = self._thread
        if thread is not None:
            thread.join(timeout)

    def _begin(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = Thread(target=self._work, name="rehearse-voice", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        if not self._can_be_heard():
            self.call_all_off()
        with HEAVY_WORK:
            voice: InterviewerVoice | None = None
            while (spoken := self._next()) is not None:
                try:
                    voice = voice or self._voice()
                    self._make(spoken, voice)
                except Exception as error:  # noqa: BLE001 - whoever wants to hear the text is told
                    self._finish(spoken, error)
            if voice is not None:
                voice.rest()
        with self._changed:
            self._thread = None
            if self._waiting:
                self._begin()

    def call_all_off(self) -> None:
        """Make nothing that wasn't begun."""
        with self._changed:
            for spoken in list(self._waiting):
                self.call_off(spoken)

    def _next(self) -> SpokenText | None:
        with self._changed:
            return self._waiting.pop() if self._waiting and not self._closed else None

    def _make(self, spoken: SpokenText, voice: "InterviewerVoice") -> None:
        for sentence in voice.stream(spoken.text):
            with self._changed:
                spoken.sentences.append(sentence)
                self._changed.notify_all()
                if self._closed:
                    break
        self._finish(spoken, None)

    def _finish(self, spoken: SpokenText, error: Exception | None) -> None:
        with self._changed:
            spoken.error, spoken.complete = error, True
            self._forget_oldest()
            self._changed.notify_all()

    def _forget_oldest(self) -> None:
        """Keep what was wanted last. Whoever plays a forgotten one plays it to its end."""
        while len(self._texts) > 1 and sum(one.samples for one in self._texts.values()) > MOST_SAMPLES:
            oldest = next(iter(self._texts))
            if not self._texts[oldest].complete:
                return
            del self._texts[oldest]
