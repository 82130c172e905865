"""Something is written to files: as what, and where to. Existing files are never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from rehearse.errors import RehearseError
from rehearse.files import typed_path
from rehearse.history.export import LeftOut, left_out
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.tick_list import TickList

PATHS, REASONS = 10, 3
"""How many files, and how many reasons for what wasn't written, are named."""


@dataclass
class Written:
    """What became of a wish to write files."""

    paths: list[Path] = field(default_factory=list)
    refused: list[RehearseError] = field(default_factory=list)
    """Why things weren't written, one for each."""
    left_out: list[LeftOut] = field(default_factory=list)
    """What couldn't be in one of the formats."""
    what: str = "file"
    """What each of these is, in the singular."""

    @classmethod
    def of(cls, made: Iterable[Path | LeftOut | RehearseError], what: str) -> Written:
        """Of files and refusals as they come."""
        written = cls(what=what)
        for one in made:
            if isinstance(one, RehearseError):
                written.refused.append(one)
            elif isinstance(one, LeftOut):
                written.left_out.append(one)
            else:
                written.paths.append(one)
        return written

    def __str__(self) -> str:
        """What was written where, and what wasn't and why."""
        parts = []
        if self.refused:
            were = "wasn't" if len(self.refused) == 1 else "weren't"
            parts.append(_listed(f"{counted(len(self.refused), self.what)} {were} written:", self.refused, REASONS))
        if self.left_out:
            parts.append("\n".join(left_out(self.left_out)))
        if self.paths:
            parts.append(_listed("Written:", self.paths, PATHS))
        return "\n\n".join(parts) or "There was nothing to write."


def _listed(heading: str, things: Sequence[object], most: int) -> str:
    more = [f"and {len(things) - most} more"] if len(things) > most else []
    return "\n  ".join([heading, *map(str, things[:most]), *more])


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

    def write(self, formats: Sequence[str], folder: Path) -> Written:
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

        def write(_: Event) -> Written:
            return self.write(formats, folder)

        self.run_job("write", write)

    @on(JobDone)
    def show_written(self, done: JobDone) -> None:
        """What was written where."""
        assert isinstance(done.result, Written)
        self.query_one("#written", Static).update(Content(f"{done.result}\n\nq goes back."))
        self.query_one(TickList).focus()

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)
