"""The interviewer's voice and its loudspeaker, for tests: nothing is synthesised, nothing is played."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray


class Voice:
    """A sentence of a hundredth of a second for each; what was made is remembered."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.rests = 0
        self.rested = Event()

    def stream(self, text: str) -> Iterator[NDArray[np.float32]]:
        for sentence in text.split(". "):
            self.said.append(sentence)
            yield np.full(240, len(sentence) / 100, np.float32)

    def rest(self) -> None:
        self.rests += 1
        self.rested.set()


class Loudspeaker:
    """Stands in for the player: everything is heard at once, unless it hangs."""

    silent = False
    played: ClassVar[list[NDArray[np.float32]]] = []
    hangs: ClassVar[bool] = False
    when_played: ClassVar[Callable[[], object]]

    def __init__(self, samples: NDArray[np.float32], *, rate: int, device: str | None) -> None:
        self._samples, self._closed = samples, False

    def play(self) -> None:
        Loudspeaker.played.append(self._samples)
        Loudspeaker.when_played()

    @property
    def finished(self) -> bool:
        return not Loudspeaker.hangs

    position = 0.0

    def close(self) -> None:
        self._closed = True
