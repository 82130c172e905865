"""A second opinion: writes the page for a friend, and takes what the friend sends back."""

from pathlib import Path
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from rehearse.domain.answer import Answer
from rehearse.domain.opinions import Opinion
from rehearse.files import free_path, typed_path
from rehearse.services.dropped_paths import dropped_path
from rehearse.services.second_opinions import Taken, page_name, take_opinion, write_page
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.room import HELP_KEY, Heading, RoomScreen


class SecondOpinionScreen(RoomScreen[tuple[Opinion, ...]]):
    """Two lines: where to write the page, and which file came back."""

    HELP = (
        "The first line writes **one HTML file** with the question, your words, the recording and the marks. Send it "
        "to a friend: it opens in any browser, needs no network and sends nothing. The friend saves a small file at "
        "its end and sends that back; give it in the second line. What friends say stands below the marks and changes "
        "none."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", "back", key_display="^g", tooltip="Back to the review", id="opinion.leave"),
        Binding("tab", "app.focus_next", "other line", tooltip="Between the two lines"),
        HELP_KEY,
    ]

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    def compose_room(self) -> ComposeResult:
        yield Heading("A second opinion", "enter writes or reads")
        yield Static("Write the page for a friend to", classes="lead")
        yield Input(str(free_path(Path.cwd() / page_name(self._answer))), id="page")
        yield Static("Read what a friend has sent back", classes="lead")
        yield Input(placeholder="Path of the .json file; drop it here", id="returned")
        yield Static(id="told", classes="lead")

    def on_mount(self) -> None:
        self.query_one("#page", Input).focus()
        self._tell()

    def _tell(self, news: str = "") -> None:
        """What has just been done, and whose opinions there are."""
        friends = ", ".join(one.friend for one in self._answer.opinions)
        kept = f"Kept with this answer: {friends}." if friends else ""
        self.query_one("#told", Static).update(Content("\n\n".join(filter(None, (news, kept)))))

    @on(Input.Submitted, "#page")
    def write(self, event: Input.Submitted) -> None:
        """Write the page, off the UI thread: the recording is made small for it."""
        path, equipment, answer = typed_path(event.value.strip()), self.rehearse.equipment, self._answer
        self._tell("Writing ...")

        def write(_: Event) -> Path:
            write_page(equipment, answer, path)
            return path

        self.run_job("write", write)

    @on(Input.Submitted, "#returned")
    def read(self, event: Input.Submitted) -> None:
        """Take the file, off the UI thread."""
        path, store = dropped_path(event.value), self.rehearse.equipment.store
        if event.value.strip():
            self.run_job("read", lambda _: take_opinion(store, path))

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """Say what was written or read."""
        if not isinstance(done.result, Taken):
            self._tell(f"Written: {done.result}\nSend it to a friend; what comes back is read in the second line.")
            self.query_one("#returned", Input).focus()
            return
        here = done.result.answer.id == self._answer.id
        if here:
            self._answer = done.result.answer
        self._tell(str(done.result) + ("" if here else " It is about another answer and is kept there."))
        self.query_one("#returned", Input).clear()

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self._tell()
        self.show_error(failed.error)

    def action_leave(self) -> None:
        """Back, with the opinions that are kept by now."""
        self.dismiss(self._answer.opinions)
