"""The report as one HTML file: self-contained, harmless whatever was said, readable on a phone and on paper.

Nothing in it reaches for anything outside: the style and the little script are inline and allowed by their SHA-256
alone, the sounds are data URIs, every text is escaped.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from rehearse.domain.markup import html_text, page_head
from rehearse.domain.moments import local_text
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import counted
from rehearse.reports.grids import LEGEND, Cell, Grid, grids
from rehearse.reports.moments import Moment
from rehearse.reports.report import Fate, InterviewReport, MistakeLine, QuestionReport
from rehearse.reports.spoken import SpokenTurn


def report_page(report: InterviewReport, sounds: Mapping[Moment, str] | None = None) -> str:
    """The page.

    Args:
        report: what it shows.
        sounds: the moments' sound as data URIs, of those that have one.
    """
    style, script = _resource("page.css"), _resource("page.js")
    sounds = sounds or {}
    return _PAGE.format(
        head=page_head(f"Interview of {local_text(report.begun_at)}", style, script),
        script=script,
        date=html_text(local_text(report.begun_at)),
        summary=html_text(report.summary),
        length=html_text(f"Planned for {report.minutes} minutes, took {clock_text(report.spent)}."),
        next=_next(report),
        best=_moments("best", "Best moments", report.best, sounds),
        weakest=_moments("weakest", "Weakest moments", report.weakest, sounds),
        coverage=_coverage(report),
        questions="".join(_question(one) for one in report.questions),
        delivery=_delivery(report),
    )


@cache
def _resource(name: str) -> str:
    return resources.files("rehearse.reports").joinpath(name).read_text(encoding="utf-8")


def _next(report: InterviewReport) -> str:
    drill = report.next_drill
    if drill is None:
        return ""
    return f'<p class="next"><strong>Next: {html_text(drill.title)}.</strong> {html_text(drill.why)}</p>'


def _moments(key: str, heading: str, moments: Sequence[Moment], sounds: Mapping[Moment, str]) -> str:
    if not moments:
        return ""
    told = "".join(_moment(moment, sounds.get(moment, "")) for moment in moments)
    return f'<section class="moments" aria-labelledby="{key}"><h2 id="{key}">{heading}</h2>{told}</section>\n'


def _moment(moment: Moment, sound: str) -> str:
    title, place = html_text(moment.title), html_text(moment.place)
    heard = f'<audio controls preload="metadata" aria-label="{title}, {place}" src="{html_text(sound)}"></audio>'
    words = f"<blockquote>“{html_text(moment.words)}”</blockquote>" if moment.words else ""
    asked = f'<p class="asked">Asked: “{html_text(moment.asked)}”</p>' if moment.asked else ""
    return (
        f'<article class="{"good" if moment.good else "weak"}" data-answer="{html_text(moment.answer_id)}">'
        f'<h3>{title}</h3><p class="place">{place}</p>{asked}{words}{heard if sound else ""}'
        f"<p>{html_text(moment.why)}</p></article>\n"
    )


def _coverage(report: InterviewReport) -> str:
    found = grids(report)
    if not found:
        return ""
    tables = "".join(_table(grid) for grid in found)
    return f'<section><h2>Coverage</h2>{tables}<p class="soft">{html_text(LEGEND)}.</p></section>\n'


def _table(grid: Grid) -> str:
    head = "".join(f'<th scope="col">Question {number}</th>' for number in grid.numbers)
    rows = "".join(
        f'<tr><th scope="row">{html_text(row.title)}</th>{"".join(_cell(cell) for cell in row.cells)}</tr>'
        for row in grid.rows
    )
    title = f'<th scope="col">{html_text(grid.title)}</th>'
    return f"<table><thead><tr>{title}{head}</tr></thead><tbody>{rows}</tbody></table>\n"


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "<td></td>"
    words = html_text(cell.words)
    return (
        f'<td class="{cell.state.value}" title="{words}"><span aria-hidden="true">{html_text(cell.sign)}</span>'
        f'<span class="hidden">{words}</span></td>'
    )


def _question(one: QuestionReport) -> str:
    parts = [f"<h3>{one.number}. {html_text(one.title)}</h3>"]
    if one.words:
        parts.append(f'<p class="asked">“{html_text(one.words)}”</p>')
    result = html_text(one.result) + ("." if one.fate is Fate.JUDGED else "")
    parts.append(f'<p><span class="soft">{html_text(one.guide_title)}.</span> {result}</p>')
    if one.mistakes:
        parts.append(f"<ul>{''.join(_mistake(mistake) for mistake in one.mistakes)}</ul>")
    if one.further:
        asked = "".join(f"<li>{html_text(further)}</li>" for further in one.further)
        parts.append(f'<p class="soft">Asked further:</p><ul>{asked}</ul>')
    if one.gone:
        parts.append(f"<p>{counted(one.gone, 'answer')} to further questions can’t be looked at any more.</p>")
    return f"<article>{''.join(parts)}</article>\n"


def _mistake(mistake: MistakeLine) -> str:
    quote = f" <q>{html_text(mistake.quote)}</q>" if mistake.quote else ""
    good = " You made it good when asked." if mistake.made_good else ""
    return f"<li><strong>{html_text(mistake.title)}</strong>: {html_text(mistake.reason)}{quote}{good}</li>"


def _delivery(report: InterviewReport) -> str:
    if not report.spoken:
        return ""
    rows = "".join(_spoken(turn) for turn in report.spoken)
    trend = f"<p>{html_text(report.trend)}</p>" if report.trend else ""
    others = html_text(" ".join(report.without_figures))
    return _DELIVERY.format(trend=trend, rows=rows, others=f'<p class="soft">{others}</p>' if others else "")


def _spoken(turn: SpokenTurn) -> str:
    figures = (turn.lasted, f"{turn.words_per_minute:.0f}", f"{turn.fillers_per_minute:.1f}", str(turn.pauses))
    cells = "".join(f"<td>{html_text(figure)}</td>" for figure in figures)
    return f'<tr><th scope="row">{html_text(turn.name)}</th>{cells}</tr>'


_DELIVERY = """\
<section><h2>Delivery</h2>{trend}
<table class="figures"><thead><tr><th scope="col">Answer</th><th scope="col">Length</th>
<th scope="col"><abbr title="words a minute">Words/min</abbr></th>
<th scope="col"><abbr title="fillers a minute">Fillers/min</abbr></th>
<th scope="col"><abbr title="pauses over two seconds">Pauses</abbr></th></tr></thead>
<tbody>{rows}</tbody></table>{others}</section>
"""

_PAGE = """\
{head}<body>
<header>
<h1>Interview of {date}</h1>
<p class="summary">{summary}</p>
<p class="soft">{length}</p>
{next}
</header>
<main>
{best}{weakest}{coverage}<section><h2>Questions</h2>
{questions}</section>
{delivery}</main>
<footer><p>Made by rehearse. This page works without the internet and sends nothing.</p></footer>
<script>{script}</script>
</body>
</html>
"""
