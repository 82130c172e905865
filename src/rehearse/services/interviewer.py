"""The interviewer says things aloud, where there is a loudspeaker."""

from collections.abc import Callable, Iterable
from threading import Event, Lock
from typing import TYPE_CHECKING

from rehearse.memory import HEAVY_WORK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.playback import Player
    from rehearse.speech.voice import InterviewerVoice


class Interviewer:
    """Speaks one text at a time; a newer one interrupts the older. Thread-safe."""

    def __init__(self, voice: Callable[[], "InterviewerVoice"], output: Callable[[], str | None]) -> None:
        """`voice` is loaded with the first word; `output` names the loudspeaker of the moment, None for the default."""
        self._voice = voice
        self._output = output
        self._lock = Lock()
        self._speaking: Player | None = None
        self._turn = 0
        """Counts what was hushed: a text of an earlier turn isn't begun any more."""

    def speak(self, text: str, cancelled: Event) -> bool:
        """Say `text`; False where there is no loudspeaker to say it on."""
        self.hush()
        turn, voice = self._turn, self._voice()
        with HEAVY_WORK:
            if cancelled.is_set() or self._turn != turn:
                return True
            try:
                sentences = list(voice.stream(text))  # all of it before the first word, to be done with the model
            finally:
                voice.rest()
        return self._say(sentences, turn, cancelled)

    def _say(self, sentences: "Iterable[NDArray[np.float32]]", turn: int, cancelled: Event) -> bool:
        from rehearse.audio.playback import Player
        from rehearse.speech.voice import VOICE_RATE

        for samples in sentences:
            if cancelled.is_set() or self._turn != turn:
                return True
            player = Player(samples, rate=VOICE_RATE, device=self._output())
            if player.silent:
                player.close()
                return False
            with self._lock:
                if self._turn != turn:
                    player.close()
                    return True
                self._speaking = player
            player.play()
            while not player.finished and not cancelled.wait(0.05):
                if self._speaking is not player:
                    return True
            player.close()
        return True

    def hush(self) -> bool:
        """Stop speaking; True if there was something to stop."""
        with self._lock:
            player, self._speaking = self._speaking, None
            self._turn += 1
        if player is None:
            return False
        spoke = not player.finished
        player.close()
        return spoke
