"""Writes an interview's report to files."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rehearse.services.interview_report import ENDINGS, load_report, write_reports
from rehearse.ui.screens.files import FilesScreen, Written

FORMATS: Mapping[str, str] = {
    "html": "one page for any browser, with the sound of the moments",
    "md": "Markdown, to keep beside your notes",
}


class InterviewExportScreen(FilesScreen):
    """The report as files."""

    def __init__(self, interview_id: str) -> None:
        super().__init__(FORMATS, "html", "the report on an interview")
        self._interview_id = interview_id

    def write(self, formats: Sequence[str], folder: Path) -> Written:
        """The report in each of the formats."""
        loaded = load_report(self.rehearse.equipment, self._interview_id, datetime.now(UTC))
        return Written(write_reports(loaded, [kind for kind, ending in ENDINGS.items() if ending in formats], folder))
