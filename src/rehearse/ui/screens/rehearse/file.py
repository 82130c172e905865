"""A sound file as an answer: type or drop a path, or pick it from the tree."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DirectoryTree, Input, Static

from rehearse.domain.guide import Guide, Scenario
from rehearse.services.dropped_paths import SOUND_SUFFIXES, dropped_path
from rehearse.ui.destinations import MarkFile
from rehearse.ui.screens.room import HELP_KEY, Heading, RoomScreen


class SoundTree(DirectoryTree):
    """Folders, and files that may hold sound."""

    def filter_paths(self, paths: Iterable[Path]) -> list[Path]:
        """Leave out hidden files and what can't be sound."""
        return [
            path
            for path in paths
            if not path.name.startswith(".") and (path.suffix.lower() in SOUND_SUFFIXES or path.is_dir())
        ]


class FileScreen(RoomScreen[None]):
    """Choose a file."""

    HELP = (
        "Drop a sound file onto the window, type its path, or pick it from the tree (**tab**); **enter** marks it. "
        "Anything FFmpeg reads will do."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", "back", key_display="^g", tooltip="Back"),
        Binding("tab", "app.focus_next", "tree", tooltip="Between the path and the tree"),
        HELP_KEY,
    ]

    def __init__(self, guide: Guide, scenario: Scenario, *, given: str = "", problem: str = "") -> None:
        """`given` and `problem`: a path that was tried before, and what was wrong with it."""
        super().__init__()
        self._given = given
        self._problem = problem
        self.guide = guide
        self.scenario = scenario

    def compose_room(self) -> ComposeResult:
        yield Heading(self.scenario.title, "a sound file: enter marks it")
        yield Static(Content(f"“{self.scenario.question}”"), id="question")
        yield Input(self._given, placeholder="Path of a sound file; drop one here", id="path")
        yield Static(Content.styled(self._problem, "$text-error"), id="problem", classes="lead")
        yield SoundTree(Path.home(), id="tree")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def take_path(self, event: Input.Submitted) -> None:
        """Use the path in the line."""
        path = dropped_path(event.value)
        problem = self.query_one("#problem", Static)
        if not event.value.strip():
            problem.update(Content("Type a path, drop a file, or press tab for the tree."))
        elif not path.exists():
            problem.update(
                Content.styled(f"There is no file {path}. Check the path, or press tab for the tree.", "$text-error")
            )
        elif path.is_dir():
            problem.update(Content(f"{path} is a folder: choose a file in the tree."))
            self.query_one(SoundTree).path = path
            self.query_one(SoundTree).focus()
        else:
            self._open(path)

    @on(DirectoryTree.FileSelected)
    def take_file(self, event: DirectoryTree.FileSelected) -> None:
        """Use the file in the tree."""
        self._open(event.path)

    def _open(self, path: Path) -> None:
        self.rehearse.move_to(MarkFile(self.guide, self.scenario, path, self.rehearse.equipment.settings.mode))
