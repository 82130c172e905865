"""A list of kept answers that draws only the rows in view: as quick with ten thousand as with ten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rehearse.domain.answer import Source
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.series import SERIES_WORDS, SeriesKind
from rehearse.history.answers import AnswerSummary, Hit
from rehearse.ui.glyphs import shortened
from rehearse.ui.passages import cut_around
from rehearse.ui.wording import ago

GUIDE_FROM = 100
"""Columns from which on the guide has one of its own, even where all answers are to the same."""

EXCERPT_INDENT = " " * 7
"""Before a passage that a search found."""

UNDERLINED = Style(underline=True)

Row = AnswerSummary | Hit


def _names(width: int, several: bool) -> tuple[int, int]:
    """Columns for the scenario and for the guide, 0 for none; `several` guides have always some."""
    room = max(30, width - 50)
    guide = room * 2 // 5 if several or width >= GUIDE_FROM else 0
    return room - guide, guide


def _named(title: str, source: Source, width: int) -> str:
    """The title, and where the answer is from: a long one makes room for what the other columns don't tell."""
    if source is Source.MICROPHONE:
        return shortened(title, width)
    origin = f" ({source.value})"
    if source is Source.TYPED:  # there is no length and no pace
        return shortened(title + origin, width)
    return shortened(title, width - len(origin)) + origin


def headings(width: int, *, several: bool) -> str:
    """What stands over the columns of a list as wide as this; `several` guides were practised."""
    scenario, guide = _names(width, several)
    named = f"{'scenario':<{scenario}}" + (f"{'guide':<{guide}}" if guide else "")
    return f"    {'when':<13}{named}{'covered':>8}{'mistakes':>9}{'length':>8}{'wpm':>5}"


class AnswerList(ScrollView, can_focus=True):
    """Rows of answers, or hits with the passage that matched."""

    BINDING_GROUP_TITLE = "List"
    COMPONENT_CLASSES = {"list--row", "list--cursor", "list--dim", "list--hit"}
    DEFAULT_CSS = """
    AnswerList { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    AnswerList > .list--row { color: $foreground; }
    AnswerList > .list--dim { color: $text-muted; }
    AnswerList > .list--hit { color: $text-warning; text-style: bold underline; }
    AnswerList > .list--cursor {
        background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; text-style: bold;
    }
    AnswerList:focus > .list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "move(-1000000)", "First", show=False),
        Binding("end,G", "move(1000000)", "Last", show=False),
    ]

    cursor = reactive(0)
    rows: reactive[Sequence[Row]] = reactive[Sequence[Row]](())

    @dataclass
    class Moved(Message):
        """Another row is under the cursor."""

        answer: AnswerSummary | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.titles: Mapping[tuple[str, str], str] = {}
        self.guides: Mapping[str, str] = {}
        """Titles by id; an id without one is shown itself."""
        self.kinds: Mapping[str, SeriesKind] = {}
        """What the interview or drill is that an answer belongs to, by its id."""
        self.several_guides = False
        """More than one was practised: the rows name theirs."""
        self.picked: list[str] = []
        """Ids of the answers picked, in that order."""
        self.now: datetime | None = None

    @property
    def current(self) -> AnswerSummary | None:
        """The answer under the cursor."""
        return self.summary(self.cursor) if self.cursor < len(self.rows) else None

    @property
    def chosen(self) -> list[AnswerSummary]:
        """The picked answers, of those in the list, as nobody sees the marks of others; or the one under the cursor."""
        picked = [one for one in map(self.summary, range(len(self.rows))) if one.id in self.picked]
        return picked or ([self.current] if self.current else [])

    def summary(self, index: int) -> AnswerSummary:
        """The answer of a row."""
        row = self.rows[index]
        return row.answer if isinstance(row, Hit) else row

    @property
    def _height(self) -> int:
        return 2 if self.rows and isinstance(self.rows[0], Hit) else 1

    def watch_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.virtual_size = Size(self.size.width, len(rows) * self._height)
        self.cursor = max(0, min(self.cursor, len(rows) - 1))
        self.scroll_to(y=self.cursor * self._height, animate=False)
        self.post_message(self.Moved(self.current))
        self.refresh()

    def watch_cursor(self) -> None:
        """Keep the cursor in view."""
        self.scroll_to_region(Region(0, self.cursor * self._height, self.size.width, self._height), animate=False)
        self.post_message(self.Moved(self.current))
        self.refresh()

    def action_move(self, by: int) -> None:
        """Move by rows."""
        if self.rows:
            self.cursor = max(0, min(len(self.rows) - 1, self.cursor + by))

    def action_page(self, by: int) -> None:
        """Move by a page."""
        self.action_move(by * max(1, self.size.height // self._height - 1))

    def render_line(self, y: int) -> Strip:
        """One line of one row."""
        line = y + self.scroll_offset.y
        index, part = divmod(line, self._height)
        style = self.get_component_rich_style("list--row")
        if index >= len(self.rows):
            return Strip.blank(self.size.width, style)
        at_cursor = index == self.cursor
        if at_cursor:
            style = self.get_component_rich_style("list--cursor")
        row = self.rows[index]
        if part and isinstance(row, Hit):
            # The cursor's own colours are all that is sure to be read on it.
            dim = style if at_cursor else self.get_component_rich_style("list--dim")
            lit = style + UNDERLINED if at_cursor else self.get_component_rich_style("list--hit")
            segments = self._excerpt(row, dim, lit)
        else:
            segments = [Segment(self._columns(self.summary(index)), style)]
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def title_of(self, answer: AnswerSummary) -> str:
        """The scenario, and what the answer was part of."""
        title = self.titles.get((answer.guide_id, answer.scenario_id), answer.scenario_id)
        if kind := self.kinds.get(answer.series_id or ""):
            return f"{SERIES_WORDS[kind]}: {title}"
        return f"↳ {title}" if answer.follow_up_of else title

    def guide_of(self, answer: AnswerSummary) -> str:
        """The guide's title."""
        return self.guides.get(answer.guide_id, answer.guide_id)

    def _columns(self, answer: AnswerSummary) -> str:
        pace = f"{answer.words_per_minute:.0f}" if answer.words_per_minute is not None else "–"
        length = clock_text(answer.duration) if answer.duration else "–"
        mark = "●" if answer.id in self.picked else " "
        when = ago(answer.created_at, self.now) if self.now else ""
        scenario, guide = _names(self.size.width, self.several_guides)
        named = f"{_named(self.title_of(answer), answer.source, scenario - 2):<{scenario}}"
        if guide:
            named += f"{shortened(self.guide_of(answer), guide - 2):<{guide}}"
        marks = f"{f'{answer.sections_covered}/{answer.sections_total}':>8}{answer.mistakes_made:>9}"
        return (
            f" {mark}{'★' if answer.starred else ' '} {when:<13}{named}"
            f"{marks if answer.judged else 'not judged':>17}{length:>8}{pace:>5}"
        )

    def _excerpt(self, hit: Hit, dim: Style, lit: Style) -> list[Segment]:
        front = EXCERPT_INDENT + ("note: " if hit.in_notes else "")
        text, spans = cut_around(hit.excerpt.replace("\n", " "), hit.spans, self.size.width - len(front) - 1)
        segments = [Segment(front, dim)]
        at = 0
        for start, end in spans:
            segments += [Segment(text[at:start], dim), Segment(text[start:end], lit)]
            at = end
        segments.append(Segment(text[at:], dim))
        return segments
