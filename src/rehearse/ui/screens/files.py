"""Something is written to files: as what, and where to. Existing files are never overwritten."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.selection_list import Selection

from rehearse.files import typed_path
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.tick_list import TickList


class FilesScreen(RoomScreen[None]):
    """Choose formats and a folder; what is written, a subclass says."""

    HELP = (
        "**space** chooses formats, **tab** goes to the folder, **ctrl+s** writes. Existing files aren't overwritten."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "write", "write", key_display="^s", priority=True, tooltip="Write the files"),
        Binding("tab", "app.focus_next", "folder", tooltip="Between formats and folder"),
        *COMMON_KEYS,
    ]

    def __init__(self, formats: Mapping[str, str], chosen: str, what: str) -> None:
        """Args: the formats and what each is, those ticked at first, and what is written."""
        super().__init__()
        self._formats, self._chosen, self._what = formats, chosen, what

    def write(self, formats: Sequence[str], folder: Path) -> Sequence[Path]:
        """Write in these formats; called off the UI thread. Raises InputError or StoreError."""
        raise NotImplementedError

    def compose_room(self) -> ComposeResult:
        yield Heading("Export", self._what)
        yield TickList[str](
            *(
                Selection(Content(f"{name:<10} {what}"), name, name == self._chosen)
                for name, what in self._formats.items()
            ),
            id="formats",
        )
        yield Static("Folder", classes="lead")
        yield Input(str(Path.cwd()), id="folder")
        yield Static(id="written", classes="lead")

    def on_mount(self) -> None:
        self.query_one(TickList).focus()

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Write the files, off the UI thread."""
        formats = list(self.query_one(TickList).selected)
        folder = typed_path(self.query_one(Input).value).absolute()
        if not formats:
            self.notify("Choose at least one format with space.")
            return

        def write(_: Event) -> Sequence[Path]:
            return self.write(formats, folder)

        self.run_job("write", write)

    @on(JobDone)
    def show_written(self, done: JobDone) -> None:
        """What was written where."""
        assert isinstance(done.result, list)
        names = "\n".join(f"  {path}" for path in done.result[:10])
        more = f"\n  and {len(done.result) - 10} more" if len(done.result) > 10 else ""
        self.query_one("#written", Static).update(Content(f"Written:\n{names}{more}\n\nq goes back."))
        self.query_one(TickList).focus()

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)
