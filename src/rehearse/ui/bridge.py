"""How work off the UI thread reaches a screen: one message for a pipeline's events, one helper for short jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.worker import get_current_worker

from rehearse.errors import RehearseError

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


def explained(error: Exception) -> RehearseError:
    """Any exception as something to show: ours as they are, others with their type and words."""
    if isinstance(error, RehearseError):
        return error
    return RehearseError(
        "Something went wrong in rehearse itself",
        why=f"{type(error).__name__}: {error}",
        next_step="What you said is kept. Please report this with the line above.",
    )


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
                answer = JobFailed(job, explained(error))
            if not cancelled.is_set():
                self.post_message(answer)

        self.run_worker(guarded, group=job, thread=True, exclusive=True, exit_on_error=False)
