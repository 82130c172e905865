"""Writes answers to files: as what, and where to."""

from collections.abc import Sequence
from pathlib import Path

from rehearse.domain.wording import counted
from rehearse.history.export import FORMATS, export_answers
from rehearse.ui.screens.files import FilesScreen


class ExportScreen(FilesScreen):
    """Answers as files."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(FORMATS, "md", counted(len(ids), "answer"))
        self._ids = ids

    def write(self, formats: Sequence[str], folder: Path) -> list[Path]:
        """Every answer in each of the formats that it has what it takes for."""
        equipment = self.rehearse.equipment
        guides = equipment.library.readable()
        return export_answers((equipment.store.get(one) for one in self._ids), formats, folder, guides)
