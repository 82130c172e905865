"""Two attempts side by side; the guide's sample answer can be one of them."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rehearse.delivery import as_corrected
from rehearse.domain.answer import Answer, Source
from rehearse.domain.coverage import SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import percent
from rehearse.history.answers import AnswerFilter
from rehearse.history.compare import (
    Change,
    Comparison,
    SectionChange,
    Side,
    answer_side,
    compare,
    edited_lines,
    sample_side,
)
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.glyphs import SECTION_GLYPHS, SECTION_WORDS, section_class, shortened
from rehearse.ui.screens.room import COMMON_KEYS, Heading, RoomScreen
from rehearse.ui.widgets.hanging import HangingRows, Row
from rehearse.ui.wording import ago

LABEL, CELL = 27, 19
"""Columns of the table; with the change behind them they fit into 80."""

LEAST_SHARE = 0.005
"""Of the time: what is less would be shown as 0 %."""

_CHANGES = {Change.GAINED: "▲ gained", Change.LOST: "▼ lost", Change.SAME: ""}
_AGAINST_SAMPLE = {Change.GAINED: "▲ yours", Change.LOST: "▼ missing", Change.SAME: ""}
"""Nothing is lost that one never had."""
_TOUCHED = "▼ touched"
"""Of what the sample says and the answer only names."""


def _side(answer: Answer) -> Side:
    """With the time by section as the review has it, by the corrected marks."""
    return answer_side(replace(answer, delivery=as_corrected(answer)))


class CompareScreen(RoomScreen[None]):
    """Left the earlier answer or the sample, right the later one."""

    HELP = (
        "Left an earlier attempt at the same scenario, right this one. **left** and **right** take other attempts; "
        "**s** puts the guide's sample answer on the left, with its sections."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "other(1)", "earlier", priority=True, tooltip="Compare with an earlier attempt"),
        Binding("right", "other(-1)", "later", priority=True, tooltip="Compare with a later attempt"),
        Binding("s", "sample", "sample answer", tooltip="Compare with the guide's sample answer", id="compare.sample"),
        *COMMON_KEYS,
    ]

    def __init__(self, guide: Guide, answer: Answer, other: Answer | None = None) -> None:
        super().__init__()
        self.guide = guide
        self.answer = answer
        self.scenario = guide.scenario(answer.scenario_id)
        self._others: list[Answer] = [other] if other else []
        self._index: int | None = 0 if other else None

    def compose_room(self) -> ComposeResult:
        yield Heading("Compare", self.scenario.title)
        with VerticalScroll(id="comparison"):
            yield Static(id="table", classes="lead")
            yield HangingRows(name="sample").add_class("lead")

    def on_mount(self) -> None:
        self.query_one("#comparison").focus()
        self._draw()
        if self._others:
            return
        studio, answer = self.rehearse.studio, self.answer
        wanted = AnswerFilter(
            guide_id=answer.guide_id,
            scenario_id=answer.scenario_id,
            first_tries=True,
            own=answer.source is not Source.DEMO,  # a synthesised candidate's answer is no earlier one of the user's
        )

        def earlier(_: Event) -> list[Answer]:
            rows = [row for row in studio.equipment.store.summaries(wanted, limit=20) if row.id != answer.id]
            return [studio.equipment.store.get(row.id) for row in rows]

        self.run_job("others", earlier)

    @on(JobDone)
    def show_others(self, done: JobDone) -> None:
        """Put the attempt before this one on the left."""
        if isinstance(done.result, list):
            self._others = done.result
            older = [i for i, other in enumerate(self._others) if other.created_at < self.answer.created_at]
            self._index = older[0] if older else (0 if self._others else None)
            self._draw()

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)

    def action_other(self, by: int) -> None:
        """Another attempt on the left."""
        if not self._others:
            only = "the only" if self.answer.source is Source.DEMO else "your only"
            self.notify(f"This is {only} attempt at this scenario so far. s compares it with the sample answer.")
            return
        self._index = 0 if self._index is None else max(0, min(len(self._others) - 1, self._index + by))
        self._draw()

    def action_sample(self) -> None:
        """The sample answer on the left, or the attempt again."""
        self._index = None if self._index is not None or not self._others else 0
        self._draw()

    def _draw(self) -> None:
        now = datetime.now(UTC)
        right = _side(self.answer)
        if self._index is None:
            left, name = sample_side(self.guide, self.scenario), "sample answer"
            here = ago(self.answer.created_at, now)
        else:
            other = self._others[self._index]
            left, name = _side(other), when(other, self.answer, now)
            here = when(self.answer, other, now)
        comparison = compare(left, right, self.guide)
        self.query_one("#table", Static).update(self._table(comparison, name, here))
        self.query_one("#sample", HangingRows).show(self._passages(left))

    def _table(self, comparison: Comparison, left: str, right: str) -> Content:
        lines = [Content.styled(f"{'':{LABEL}}{left:<{CELL}}{right:<{CELL}}", "bold")]
        other = None if self._index is None else self._others[self._index]
        whose = ["demo" if one and one.source is Source.DEMO else "" for one in (other, self.answer)]
        if any(whose):
            lines.append(Content.styled(f"{'':{LABEL}}{whose[0]:<{CELL}}{whose[1]:<{CELL}}".rstrip(), "bold"))
        lines += [self._section_row(change) for change in comparison.sections]
        lines += [Content.styled(line, "$text-warning") for line in edited_lines(comparison, self.guide)]
        lines.append(Content(""))
        if not comparison.mistakes_judged:
            lines.append(Content(f"{'Mistakes':<{LABEL}}not judged{'' if comparison.left.passages else ' in both'}"))
        for label, ids in _mistakes(comparison):
            names = f",\n{'':{LABEL}}".join(self.guide.mistake(one).title for one in ids) or "none"
            lines.append(Content(f"{label:<{LABEL}}{names}"))
        lines.append(Content(""))
        lines += [
            Content(f"{label:<{LABEL}}{_shown(a, unit):<{CELL}}{_shown(b, unit):<{CELL}}")
            for label, a, b, unit in _figures(comparison.left, comparison.right)
        ]
        return Content("\n").join(lines)

    @property
    def _changes(self) -> dict[Change, str]:
        return _AGAINST_SAMPLE if self._index is None else _CHANGES

    def _section_row(self, change: SectionChange) -> Content:
        style = {Change.GAINED: "$text-success", Change.LOST: "$text-error", Change.SAME: ""}[change.change]
        touched = self._index is None and change.change is Change.LOST and change.right is SectionState.THIN
        return Content.assemble(
            f"{shortened(self.guide.section(change.section_id).title, LABEL - 1):<{LABEL}}",
            f"{_cell(change.left, change.left_share):<{CELL}}{_cell(change.right, change.right_share):<{CELL}}",
            (_TOUCHED if touched else self._changes[change.change], f"{style} bold" if style else ""),
        )

    def _passages(self, side: Side) -> list[Row]:
        if not side.passages:
            return []
        order = {section.id: index for index, section in enumerate(self.guide.sections)}
        rows: list[Row] = [(Content(""), Content.styled("The sample answer, by section", "bold"))]
        for passage in side.passages:
            front = Content("  · ")
            if passage.section_id is not None:
                colour = f"${section_class(order[passage.section_id])}"
                front = Content.styled(f"  {self.guide.section(passage.section_id).letter} ", f"bold {colour}")
            rows.append((front, Content(passage.text)))
        return rows


def _cell(state: SectionState | None, share: float | None) -> str:
    glyph = SECTION_GLYPHS[state] if state else "–"
    if state is SectionState.UNCLEAR:
        return f"{glyph} {SECTION_WORDS[state]}"
    if share is None or (share < LEAST_SHARE and state in (None, SectionState.MISSING)):
        return glyph
    if share < LEAST_SHARE:
        return f"{glyph} briefly"
    return f"{glyph} {'all' if share > 1 - LEAST_SHARE else percent(share)} of the time"


def _mistakes(comparison: Comparison) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Rows of mistakes; a sample answer makes none, so that beside it there is nothing gone or new."""
    rows: list[tuple[str, tuple[str, ...]]] = []
    if comparison.mistakes_judged and comparison.left.passages:
        rows = [("Mistakes made", comparison.mistakes_came)]
    elif comparison.mistakes_judged:
        rows = [
            ("Mistakes gone", comparison.mistakes_went),
            ("Mistakes new", comparison.mistakes_came),
            ("Mistakes still made", comparison.mistakes_stayed),
        ]
    if comparison.mistakes_unsure:
        rows.append(("Made, not judged in both", comparison.mistakes_unsure))
    return tuple(rows)


def when(answer: Answer, other: Answer, now: datetime) -> str:
    """How long ago an answer was made; its time of day where the other is of the same day."""
    here, there = answer.created_at.astimezone(), other.created_at.astimezone()
    if here.date() != there.date():
        return ago(answer.created_at, now)
    day = "today" if here.date() == now.astimezone().date() else ago(answer.created_at, now)
    exact = "%H:%M:%S" if f"{here:%H:%M}" == f"{there:%H:%M}" else "%H:%M"
    return f"{day}, {here.strftime(exact)}"


def _figures(left: Side, right: Side) -> tuple[tuple[str, float | None, float | None, str], ...]:
    return (
        ("Length", left.duration, right.duration, "time"),
        ("Words", left.words, right.words, ""),
        ("Words a minute", left.words_per_minute, right.words_per_minute, ""),
        ("Fillers a minute", left.fillers_per_minute, right.fillers_per_minute, "1"),
        ("Pauses over 2 s", left.pauses, right.pauses, ""),
    )


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if unit == "time":
        return clock_text(value)
    return f"{value:.1f}" if unit == "1" else f"{value:.0f}"
