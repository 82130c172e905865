"""The interviewer says things aloud, where there is a loudspeaker."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Event, Lock
from typing import TYPE_CHECKING

from rehearse.domain.sound import SAMPLE_RATE, seconds
from rehearse.services.sounded import Sounded
from rehearse.services.spoken_texts import SpokenText, SpokenTexts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.double_talk import DoubleTalkDetector
    from rehearse.audio.playback import Player
    from rehearse.domain.sound import Samples
    from rehearse.speech.voice import InterviewerVoice

_LOOK_EVERY = 0.02
"""Seconds between two looks whether a sentence is over."""


def _nothing() -> None:
    pass


class Interviewer:
    """Speaks one text at a time; a newer one interrupts the older. Thread-safe.

    `prepare` what will be said, and its first sample is played within milliseconds of `speak`; the first sentence of
    anything else has to wait for the voice to load.
    """

    def __init__(
        self,
        voice: Callable[[], "InterviewerVoice"],
        output: Callable[[], str | None],
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`voice` is loaded with the first word; `output` names the loudspeaker of the moment, None for the default;
        `now` are seconds of a clock that never goes back.
        """
        self._texts = SpokenTexts(voice, self._can_be_heard)
        self._output = output
        self._lock = Lock()
        self._speaking: Player | None = None
        self._turn = 0
        """Counts what was hushed: a text of an earlier turn isn't begun any more."""
        self._sounded = Sounded(now)
        self._double_talk: DoubleTalkDetector | None = None
        self._insists = 0.0
        self._over_since: float | None = None
        """The clock's second at which somebody began to talk over a text that insists."""

    def prepare(self, *texts: str) -> None:
        """Make ready what will be said, the first one first; returns at once."""
        self._texts.prepare(*texts)

    def prepare_nothing_else(self) -> None:
        """What was to be prepared and isn't begun yet can wait: now memory is needed for other things."""
        self._texts.call_all_off()

    def speak(
        self,
        text: str,
        cancelled: Event,
        began: Callable[[], object] = _nothing,
        *,
        lead: str = "",
        insists: float = 0.0,
    ) -> bool:
        """Say `text`, sentence by sentence; returns when it was said, or hushed.

        Args:
            text: in English.
            cancelled: set, it stops within a moment.
            began: called when the first sentence is handed to the loudspeaker.
            lead: said first, as a text of its own: prepared, it is heard at once while `text` is still being made.
            insists: seconds for which somebody has to talk over it before it gives way.

        Returns:
            False where there is no loudspeaker to say it on, and then nothing is synthesised either; or where it has
            stopped meanwhile.

        Raises:
            ModelError: the voice is missing or altered.
        """
        self.hush()
        turn, self._insists, self._over_since = self._turn, insists, None
        if cancelled.is_set():
            return True
        if not self._can_be_heard():
            return False
        spoken = self._texts.order_now(*(part for part in (lead, text) if part))
        try:
            for part, begun in zip(spoken, (began, _nothing), strict=False):
                if not self._say_all(part, turn, cancelled, begun):
                    return False
        finally:
            self._over(turn, spoken)
        return True

    def _say_all(self, spoken: SpokenText, turn: int, cancelled: Event, began: Callable[[], object]) -> bool:
        """One text; False if the loudspeaker can't be opened, or has stopped."""
        index = 0
        with suppress(IndexError):  # it has no more sentences
            while self._goes_on(turn, cancelled):
                sentence = self._texts.sentence(spoken, index, 0.05)
                if sentence is None:
                    continue
                if not self._say(sentence, turn, cancelled, began if index == 0 else _nothing):
                    return False
                index += 1
        return True

    def _can_be_heard(self) -> bool:
        from rehearse.audio.devices import find_output
        from rehearse.errors import DeviceError

        try:
            find_output(self._output())
        except DeviceError:
            return False
        return True

    def _goes_on(self, turn: int, cancelled: Event) -> bool:
        return not cancelled.is_set() and self._turn == turn

    def _say(self, samples: "NDArray[np.float32]", turn: int, cancelled: Event, began: Callable[[], object]) -> bool:
        """One sentence; False if the loudspeaker can't be opened, or has stopped."""
        from rehearse.audio.playback import Player
        from rehearse.speech.voice import VOICE_RATE, to_sample_rate

        player = Player(samples, rate=VOICE_RATE, device=self._output())
        if player.silent:
            player.close()
            return False
        with self._lock:
            if self._turn != turn:
                player.close()
                return True
            self._speaking = player
            self._sounded.begin(to_sample_rate(samples), player)
        player.play()
        began()
        while not player.finished and not cancelled.wait(_LOOK_EVERY):
            self._sounded.look()
            if self._turn != turn:
                return True
            if player.silent:  # nobody hears the rest, and whoever was asked may answer
                player.close()
                return False
        if player.finished:
            self._sounded.end()
        player.close()
        return True

    def _over(self, turn: int, spoken: Iterable[SpokenText]) -> None:
        """Nothing more of it is to be said."""
        with self._lock:
            if self._turn == turn:
                self._speaking = None
                self._sounded.stop()
        for one in spoken:
            self._texts.call_off(one)

    def hush(self) -> bool:
        """Stop speaking; True if there was something to stop."""
        with self._lock:
            player, self._speaking = self._speaking, None
            self._turn += 1
            self._sounded.stop()
        if player is None:
            return False
        spoke = not player.finished
        player.close()
        return spoke

    @property
    def speaking(self) -> bool:
        """Something is being said just now, or a sentence of it is still to come."""
        return self._speaking is not None

    def sounding(self) -> int:
        """The number of the text that the microphone may hear, from 1; 0 while it can hear none."""
        return self._sounded.sounding()

    def talked_over_for(self, frame: "Samples", until: float) -> tuple[bool, int]:
        """Whether somebody talks over the voice, and since how many frames somebody may.

        What is learned of the room stays from one rehearsal to the next. For one thread at a time.

        Args:
            frame: the next `FRAME` samples of the microphone, 16 kHz.
            until: the clock's second of its last sample.
        """
        from rehearse.audio.double_talk import DoubleTalkDetector

        if self._double_talk is None:
            self._double_talk = DoubleTalkDetector()
        over = self._double_talk.hear(frame, self._sounded.reference(until, len(frame)))
        frames = self._double_talk.talking_for
        if not self._insists:
            return over, frames
        if over and self._over_since is None:
            self._over_since = until - seconds(frames * len(frame))
        if self._over_since is None:
            return False, frames
        talked = until - self._over_since
        return over and talked >= self._insists, round(talked * SAMPLE_RATE / len(frame)) if frames else 0

    def give_way(self) -> None:
        """The speaker has begun to talk: stop."""
        self.hush()

    def close(self) -> None:
        """Say and make nothing more."""
        self.hush()
        self._texts.close()
