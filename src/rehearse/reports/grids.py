"""Coverage as tables: a guide's sections down, the interview's questions from it across."""

from dataclasses import dataclass

from rehearse.domain.coverage import SectionState
from rehearse.reports.report import Fate, InterviewReport, QuestionReport, SectionLine

SIGNS = {
    SectionState.COVERED: "✔",
    SectionState.THIN: "◐",
    SectionState.MISSING: "·",
    SectionState.UNCLEAR: "?",
}
"""As on the screen."""
WORDS = {
    SectionState.COVERED: "came up",
    SectionState.THIN: "only touched",
    SectionState.MISSING: "missing",
    SectionState.UNCLEAR: "couldn't be heard",
}
LEGEND = "✔ came up, ✔+ came up when asked, ◐ only touched, · missing, ? couldn't be heard"


@dataclass(frozen=True)
class Cell:
    """How a section fared in a question."""

    state: SectionState
    when_asked: bool

    @property
    def sign(self) -> str:
        """`✔`, with a plus where it took a follow-up question."""
        return SIGNS[self.state] + ("+" if self.when_asked else "")

    @property
    def words(self) -> str:
        """The same to be read aloud."""
        return WORDS[self.state] + (" when asked" if self.when_asked else "")


@dataclass(frozen=True)
class Row:
    """A section."""

    title: str
    cells: tuple[Cell | None, ...]
    """None where the answer wasn't marked for it: the guide has changed since."""


@dataclass(frozen=True)
class Grid:
    """The questions from one guide."""

    title: str
    numbers: tuple[int, ...]
    rows: tuple[Row, ...]


def grids(report: InterviewReport) -> tuple[Grid, ...]:
    """A table for each guide, in the order in which they were first asked from; what wasn't judged is left out."""
    judged = [one for one in report.questions if one.fate is Fate.JUDGED]
    by_guide: dict[str, list[QuestionReport]] = {}
    for one in judged:
        by_guide.setdefault(one.guide_id, []).append(one)
    return tuple(_grid(questions) for questions in by_guide.values())


def _grid(questions: list[QuestionReport]) -> Grid:
    titles = {line.section_id: line.title for one in questions for line in one.sections}
    lines = [{line.section_id: line for line in one.sections} for one in questions]
    rows = tuple(
        Row(title, tuple(_cell(question.get(section_id)) for question in lines)) for section_id, title in titles.items()
    )
    return Grid(questions[0].guide_title, tuple(one.number for one in questions), rows)


def _cell(line: SectionLine | None) -> Cell | None:
    return None if line is None else Cell(line.state, line.when_asked)
