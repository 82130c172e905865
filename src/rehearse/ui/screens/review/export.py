"""Writes answers to files: as what, and where to."""

from pathlib import Path
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.selection_list import Selection

from rehearse.domain.wording import counted
from rehearse.files import typed_path
from rehearse.history.export import FORMATS, export_answers
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.tick_list import TickList


class ExportScreen(RoomScreen[None]):
    """Choose formats and a folder."""

    HELP = (
        "**space** chooses formats, **tab** goes to the folder, **ctrl+s** writes. Existing files aren't overwritten."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "write", "write", key_display="^s", priority=True, tooltip="Write the files"),
        Binding("tab", "app.focus_next", "folder", tooltip="Between formats and folder"),
        *COMMON_KEYS,
    ]

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__()
        self._ids = ids

    def compose_room(self) -> ComposeResult:
        yield Heading("Export", counted(len(self._ids), "answer"))
        yield TickList[str](
            *(Selection(Content(f"{name:<10} {what}"), name, name == "md") for name, what in FORMATS.items()),
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
        folder = typed_path(self.query_one(Input).value)
        if not formats:
            self.notify("Choose at least one format with space.")
            return
        studio, ids = self.rehearse.studio, self._ids

        def write(_: Event) -> list[Path]:
            guides = studio.equipment.library.readable()
            return export_answers((studio.equipment.store.get(one) for one in ids), formats, folder, guides)

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
