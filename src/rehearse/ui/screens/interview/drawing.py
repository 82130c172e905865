"""The lines of an interview's report as the screen shows them."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import counted
from rehearse.reports.moments import Moment, MomentKind
from rehearse.reports.report import Fate, InterviewReport, NextDrill, QuestionReport, SectionLine
from rehearse.reports.spoken import SpokenTurn
from rehearse.ui.glyphs import SECTION_GLYPHS
from rehearse.ui.widgets.hanging import Row

SIGNS = {
    MomentKind.COVERED: ("✔", "$text-success"),
    MomentKind.MISSING: ("·", "$text-warning"),
    MomentKind.THIN: ("◐", "$text-warning"),
    MomentKind.MISTAKE: ("✘", "$text-error"),
    MomentKind.PAUSE: ("…", "$text-warning"),
    MomentKind.FILLERS: ("…", "$text-warning"),
}
INDENT = "   "


def moment_rows(moment: Moment) -> Iterator[Row]:
    """What it is and where, the words, and why it is here."""
    sign, style = SIGNS[moment.kind]
    front = Content.assemble((f"{sign}  ", style))
    yield front, Content.assemble((moment.title, "bold"), (f"  {moment.place}", "dim"))
    if moment.words:
        yield Content(INDENT), Content.styled(f"“{moment.words}”", "italic")
    elif moment.asked:
        yield Content(INDENT), Content.styled(f"asked: “{moment.asked}”", "italic dim")
    yield Content(INDENT), Content(moment.why)


def question_rows(question: QuestionReport) -> Iterator[Row]:
    """The question, how it went, its sections and its mistakes."""
    front = Content.assemble((f"{question.number}  "[:3], "bold"))
    yield front, Content.assemble((question.title, "bold"), (f"  {question.guide_title}", "dim"))
    answered = question.fate is Fate.JUDGED
    further = f"; {counted(len(question.further), 'follow-up')}" if question.further else ""
    gone = f"; {counted(question.gone, 'follow-up')} deleted" if question.gone else ""
    result = question.result.rstrip(".") if not answered else question.result
    yield Content(INDENT), Content.styled(f"{result}{further}{gone}", "" if answered else "$text-warning")
    if question.sections:
        yield Content(INDENT), tuple(_section(one) for one in question.sections)
    for mistake in question.mistakes:
        good = " (made good when asked)" if mistake.made_good else f": {mistake.reason}"
        yield Content(INDENT), Content.assemble(("✘ ", "$text-error"), mistake.title, (good, "dim"))


def _section(line: SectionLine) -> Content:
    """Its sign and title."""
    styles = {"✔": "$text-success", "◐": "$text-warning", "?": "$text-warning"}
    sign = SECTION_GLYPHS[line.state]
    asked = "+" if line.when_asked else ""
    return Content.assemble((f"{sign}{asked} ", styles.get(sign, "dim")), line.title)


def next_rows(drill: NextDrill) -> Iterator[Row]:
    """What to drill next."""
    yield Content("→  "), Content.assemble(("Next: ", "bold"), f"{drill.title}. ", (drill.why, "$text-warning"))


def summary(report: InterviewReport) -> Content:
    """How much was answered, how it went, how long it took; and what to do where it was broken off."""
    took = f" Planned for {report.minutes} minutes, took {clock_text(report.spent)}."
    on = Content.styled(" c goes on with it.", "bold") if report.goes_on else Content("")
    return Content.assemble(report.summary, (took, "dim"), on)


def delivery(turns: Sequence[SpokenTurn], trend: str, others: Sequence[str]) -> Content:
    """The figures of every spoken answer, which way they went, and why others have none."""
    head = f"{'answer':<8}{'length':<26}{'words/min':>10}{'fillers/min':>13}{'pauses':>8}"
    lines = [Content.styled(head, "dim")]
    lines += [
        Content(
            f"{turn.name:<8}{turn.lasted:<26}{turn.words_per_minute:>10.0f}{turn.fillers_per_minute:>13.1f}"
            f"{turn.pauses:>8}"
        )
        for turn in turns
    ]
    if others:
        lines.append(Content.styled(" ".join(others), "dim"))
    return Content("\n").join([Content(trend), *lines] if trend else lines)
