"""How work off the UI thread reaches a screen: one message for a pipeline's events, one helper for short jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.worker import get_current_worker

from rehearse.errors import RehearseError
from rehearse.faults import explained

if TYPE_CHECKING:
    from rehearse.live.events import LiveEvent


@dataclass
class LiveUpdate(Message):
    """One pipeline event, carried to the screen that started the pipeline."""

    event: "LiveEvent"


@dataclass
class JobDone(Message):
    """A job came to its end."""

    job: str
    result: object


@dataclass
class JobFailed(Message):
    """A job raised."""

    job: str
    error: RehearseError


class JobScreen(Screen[ScreenResultType]):
    """A screen whose blocking calls run in a thread and answer with exactly one message.

    A newer job of the same name supersedes the older one, whose answer is dropped; so anything that writes gets a
    name of its own.
    """

    def run_job(self, job: str, call: Callable[[Event], object]) -> None:
        """Run `call(cancelled)` in a thread; its result comes as `JobDone`, its failure as `JobFailed`."""

        def guarded() -> None:
            cancelled = get_current_worker().cancelled_event
            try:
                answer: Message = JobDone(job, call(cancelled))
            except Exception as error:  # noqa: BLE001 - the one place where a job's failure becomes a message
                answer = JobFailed(
                    job,
                    explained(error, "Something went wrong in rehearse itself", next_step="What you said is kept."),
                )
            if not cancelled.is_set():
                self.post_message(answer)

        self.run_worker(guarded, group=job, thread=True, exclusive=True, exit_on_error=False)
