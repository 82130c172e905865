"""The report as Markdown, to be kept and read anywhere."""

from collections.abc import Iterator, Sequence

from rehearse.domain.markup import markdown_text as plain
from rehearse.domain.moments import local_text
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import counted
from rehearse.reports.grids import LEGEND, Grid, grids
from rehearse.reports.moments import Moment
from rehearse.reports.report import Fate, InterviewReport, QuestionReport
from rehearse.reports.spoken import SpokenTurn


def report_markdown(report: InterviewReport) -> str:
    """The whole report; every text from outside is plain."""
    parts = [
        f"# Interview of {local_text(report.begun_at)}",
        plain(report.summary),
        f"Planned for {report.minutes} minutes, took {clock_text(report.spent)}.",
        *_moments("Best moments", report.best),
        *_moments("Weakest moments", report.weakest),
        *_coverage(report),
        "## Questions",
        *(part for one in report.questions for part in _question(one)),
        *_delivery(report),
        *_next(report),
    ]
    return "\n\n".join(parts) + "\n"


def _moments(heading: str, moments: Sequence[Moment]) -> Iterator[str]:
    if not moments:
        return
    yield f"## {heading}"
    for number, moment in enumerate(moments, 1):
        answer = f"; answer `{plain(moment.answer_id)}`"
        yield f"{number}. **{plain(moment.title)}** ({moment.place}{answer})"
        yield f"   > {_quoted(moment)}"
        yield f"   {plain(moment.why)}"


def _quoted(moment: Moment) -> str:
    if moment.words:
        return f"“{plain(moment.words)}”"
    return f"Asked was: “{plain(moment.asked)}”" if moment.asked else "Nothing was said of it."


def _coverage(report: InterviewReport) -> Iterator[str]:
    found = grids(report)
    if not found:
        return
    yield "## Coverage"
    yield from (_table(grid) for grid in found)
    yield f"{LEGEND}."


def _table(grid: Grid) -> str:
    head = [plain(grid.title), *(f"Question {number}" for number in grid.numbers)]
    rows = [[plain(row.title), *("" if cell is None else cell.sign for cell in row.cells)] for row in grid.rows]
    lines = [head, ["---"] + [":-:"] * len(grid.numbers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _question(one: QuestionReport) -> Iterator[str]:
    yield f"### {one.number}. {plain(one.title)}"
    if one.words:
        yield f"> {plain(one.words)}"
    yield f"{plain(one.guide_title)}. {one.result}" + ("." if one.fate is Fate.JUDGED else "")
    mistakes = [
        f"- **{plain(mistake.title)}**: {plain(mistake.reason)}"
        + (f" “{plain(mistake.quote)}”" if mistake.quote else "")
        + (" You made it good when asked." if mistake.made_good else "")
        for mistake in one.mistakes
    ]
    if mistakes:
        yield "\n".join(mistakes)
    if one.further:
        yield "Asked further:"
        yield "\n".join(f"- {plain(asked)}" for asked in one.further)
    if one.gone:
        yield f"{counted(one.gone, 'answer')} to further questions can't be looked at any more."


def _delivery(report: InterviewReport) -> Iterator[str]:
    if not report.spoken:
        return
    yield "## Delivery"
    if report.trend:
        yield plain(report.trend)
    head = ["Answer", "Length", "Words a minute", "Fillers a minute", "Pauses over 2 s"]
    lines = [head, ["---"] + ["--:"] * 4, *(_spoken(turn) for turn in report.spoken)]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if report.without_figures:
        yield plain(" ".join(report.without_figures))


def _spoken(turn: SpokenTurn) -> list[str]:
    return [
        turn.name,
        turn.lasted,
        f"{turn.words_per_minute:.0f}",
        f"{turn.fillers_per_minute:.1f}",
        str(turn.pauses),
    ]


def _next(report: InterviewReport) -> Iterator[str]:
    if report.next_drill:
        yield "## Next"
        yield f"**{plain(report.next_drill.title)}**: {plain(report.next_drill.why)}"
