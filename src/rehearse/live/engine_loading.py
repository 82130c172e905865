"""The engine of the marks, loaded beside the recogniser: words needn't wait for a guide's first fit."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from rehearse.live.protocols import Assessor


class EngineLoading:
    """Begins to load at once, on a thread of its own."""

    def __init__(self, load: Callable[[], Assessor]) -> None:
        """`load` may take seconds the first time a guide is used, and may raise."""
        self._future: Future[Assessor] = Future()
        threading.Thread(target=self._run, args=(load,), name="rehearse-loading").start()

    @property
    def done(self) -> bool:
        """`result` would answer at once."""
        return self._future.done()

    def result(self) -> Assessor:
        """The engine; waits for it, and raises what loading it raised."""
        return self._future.result()

    def _run(self, load: Callable[[], Assessor]) -> None:
        try:
            self._future.set_result(load())
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            self._future.set_exception(error)
