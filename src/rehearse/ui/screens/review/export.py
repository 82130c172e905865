"""Writes answers to files: as what, and where to."""

from collections.abc import Sequence
from pathlib import Path

from rehearse.domain.wording import counted
from rehearse.history.export import FORMATS, export_kept
from rehearse.ui.screens.files import FilesScreen, Written


class ExportScreen(FilesScreen):
    """Answers as files."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(FORMATS, "md", counted(len(ids), "answer"))
        self._ids = ids

    def write(self, formats: Sequence[str], folder: Path) -> Written:
        """Every answer that can be read in each of the formats that it has what it takes for."""
        equipment = self.rehearse.equipment
        made = export_kept(equipment.store.get, self._ids, formats, folder, equipment.library.readable())
        return Written.of(made, "answer")
