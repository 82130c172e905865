"""The section drill: one section in three rounds, each beside the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import FROM_QUIZ, Plan, clock_text
from rehearse.domain.wording import counted
from rehearse.drills.plans import ROUND_CLOCK, ROUNDS, round_plan
from rehearse.drills.rounds import Round, best, difference, rounds, summary_line
from rehearse.services.drills import Underway, section_drill
from rehearse.ui.glyphs import SECTION_GLYPHS, section_class, shortened
from rehearse.ui.highlights import highlights
from rehearse.ui.screens.drills.board import COMMON_KEYS_OF_DRILLS, DrillScreen
from rehearse.ui.screens.room import Heading
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.transcript_view import TranscriptView


class SectionDrillScreen(DrillScreen):
    """Three rounds of 45 seconds."""

    HELP = (
        "One section only, in three rounds of 45 seconds; nothing else is judged. After each round its words stand "
        "beside those of the round before: what came in, what fell out. **enter** is the next round, **t** types it. "
        "**1** to **3** play a round, **←** and **→** look at an earlier pair. **x** discards the round at the right, "
        "**U** brings it back. Leave when you like: the drill goes on where it stood. Rounds don't count as attempts "
        "at the whole question."
    )
    DEFAULT_CSS = """
    SectionDrillScreen #table, SectionDrillScreen #change, SectionDrillScreen #summary { height: auto; padding: 0 2; }
    SectionDrillScreen #summary { text-style: bold; color: $text-warning; }
    SectionDrillScreen #rounds { height: 1fr; margin: 1 0 0 0; }
    SectionDrillScreen .round { width: 1fr; padding: 0 1; }
    SectionDrillScreen .head { height: 1; text-style: bold; padding: 0 1; }
    SectionDrillScreen #advice { padding: 0 1; }
    SectionDrillScreen PlayerBar { height: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", tooltip="The first round", id="drill.begin"),
        Binding("enter", "again", "again", tooltip="The next round", id="drill.again"),
        *(
            Binding(str(n), f"hear_round({n})", show=False, tooltip=f"Hear round {n}", id=f"drill.hear-{n}")
            for n in range(1, ROUNDS + 1)
        ),
        Binding("left", "pair(-1)", show=False, tooltip="The pair of rounds before", id="drill.earlier"),
        Binding("right", "pair(1)", show=False, tooltip="The pair of rounds behind", id="drill.later"),
        Binding("up", "scroll_words(-1)", show=False, tooltip="Scroll the words up", id="drill.up"),
        Binding("down", "scroll_words(1)", show=False, tooltip="Scroll the words down", id="drill.down"),
        *COMMON_KEYS_OF_DRILLS,
    ]

    def __init__(
        self,
        guide: Guide,
        section_id: str,
        after: Answer | None = None,
    ) -> None:
        """`after`: the answer in which the section was weak, or one that belongs to such a drill itself."""
        super().__init__(guide, section_drill(guide, section_id), after.series_id if after else None)
        self.section = guide.section(section_id)
        self.scenario = guide.scenario(after.scenario_id) if after else guide.scenarios[0]
        self._follows = FROM_QUIZ if after is None else after.follow_up_of or after.id
        self._rounds: tuple[Round, ...] = ()
        self._shown = 0
        """Index of the round at the right."""

    def compose_room(self) -> ComposeResult:
        yield Heading(f"Section drill: {self.section.title}")
        yield Static(Content(f"“{self.section.follow_up}”"), id="question")
        yield Static(id="table")
        with Horizontal(id="rounds"):
            with Vertical(classes="round", id="before"):
                yield Static(classes="head")
                yield Static(id="advice")
                yield TranscriptView(live=False, id="words-before")
            with Vertical(classes="round", id="now"):
                yield Static(classes="head")
                yield TranscriptView(live=False, id="words-now")
        yield Static(id="change")
        yield Static(id="summary")
        yield PlayerBar(0.0, available=True)

    def on_mount(self) -> None:
        for view in self.query(TranscriptView):
            view.can_focus = False
            view.placeholder = "Nothing was heard in this round."
        self.draw()

    # -- what a drill says of itself -----------------------------------------------------------------------------------

    def next_plan(self, series_id: str) -> Plan | None:
        """The next round."""
        if len(self.underway.answers) >= ROUNDS:
            return None
        mode = self.rehearse.equipment.settings.mode
        return round_plan(self.guide, self.scenario, self.section.id, mode, follows=self._follows, series_id=series_id)

    @property
    def place(self) -> tuple[str, str]:
        """Which round is next."""
        return f"Section drill: {self.section.title}", f"round {len(self.underway.answers) + 1} of {ROUNDS}"

    @property
    def shown_answer(self) -> Answer | None:
        """The round at the right."""
        return self._rounds[self._shown].answer if self._rounds else None

    def is_complete(self, underway: Underway) -> bool:
        """Three rounds were spoken."""
        return len(underway.answers) >= ROUNDS

    # -- drawing -------------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """The rounds as a table, two of them word for word."""
        before = len(self._rounds)
        self._rounds = rounds(self.underway.answers, self.section.id, self.guide)
        if len(self._rounds) != before:
            self._shown = len(self._rounds) - 1
        self._shown = max(0, min(self._shown, len(self._rounds) - 1))
        done = len(self._rounds)
        left = f"{counted(done, 'round')} of {ROUNDS}" if done else f"{ROUNDS} rounds"
        self.query_one(Heading).show(right=f"{left} · {clock_text(ROUND_CLOCK.answer)} each")
        self.query_one("#table", Static).update(self._table())
        self._draw_pair()
        over = done >= ROUNDS
        line = f"{summary_line(self._rounds)} n begins another three." if over else self._next_line(done)
        self.query_one("#summary", Static).update(Content(line))
        self.refresh_bindings()

    @staticmethod
    def _next_line(done: int) -> str:
        return "enter: say it again, better." if done else "enter begins; there is no microphone? t types."

    def _table(self) -> Content:
        top = best(self._rounds) if len(self._rounds) >= ROUNDS else None
        lines = [self._row(one, is_best=one is top) for one in self._rounds]
        lines += [Content.styled(f"{number}  not yet", "dim") for number in range(len(self._rounds) + 1, ROUNDS + 1)]
        return Content("\n").join(lines)

    @staticmethod
    def _row(one: Round, *, is_best: bool) -> Content:
        glyph = SECTION_GLYPHS[one.state] if one.state else "–"
        figures = [f"{clock_text(one.seconds)}" if one.seconds is not None else "typed"]
        if one.words_per_minute:
            figures.append(f"{one.words_per_minute:.0f} wpm")
        if one.fillers is not None:
            figures.append(counted(one.fillers, "filler"))
        figures.append(counted(one.said, "detail"))
        return Content.assemble(
            (f"{one.number}  {glyph} {one.state_word:<12}", "bold"),
            f"{'  '.join(f'{figure:<10}' for figure in figures)}",
            ("  ★ best" if is_best else "", "bold $text-success"),
        )

    def _draw_pair(self) -> None:
        now = self._rounds[self._shown] if self._rounds else None
        before = self._rounds[self._shown - 1] if now and self._shown else None
        left, right = self.query_one("#before"), self.query_one("#now")
        left.query_one(".head", Static).update(f"Round {before.number}" if before else "What belongs here")
        right.query_one(".head", Static).update(f"Round {now.number}" if now else "")
        advice = self.query_one("#advice", Static)
        advice.display = before is None
        advice.update(Content(f"{self.section.summary}\n\n{self.section.advice}"))
        right.display = now is not None
        self._show_words("#words-before", before)
        self._show_words("#words-now", now)
        self.query_one("#change", Static).update(self._change(before, now))

    def _show_words(self, view_id: str, one: Round | None) -> None:
        view = self.query_one(view_id, TranscriptView)
        view.display = one is not None
        if one is None:
            return
        view.transcript = one.answer.transcript
        marks = one.answer.marks
        order = [section.id for section in self.guide.sections].index(self.section.id)
        lit = highlights(self.guide, marks) if marks else ()
        view.highlights = tuple(mark for mark in lit if mark.style == section_class(order))
        found = one.answer.delivery.fillers if one.answer.delivery else ()
        view.fillers = frozenset(index for filler in found for index in range(filler.first_word, filler.end_word))

    def _change(self, before: Round | None, now: Round | None) -> Content:
        if before is None or now is None:
            return Content("")
        change = difference(before, now)
        room = self.app.size.width - 16
        rows = (("+ came in", change.came_in, "$text-success"), ("− fell out", change.fell_out, "$text-muted"))
        return Content("\n").join(
            Content.assemble((f"{label:<12}", f"bold {style}"), listed(some, room)) for label, some, style in rows
        )

    def light(self, answer: Answer, word: int | None) -> None:
        """In the column where its words stand."""
        for view_id, index in (("#words-before", self._shown - 1), ("#words-now", self._shown)):
            if 0 <= index < len(self._rounds) and self._rounds[index].answer.id == answer.id:
                self.query_one(view_id, TranscriptView).heard_word = word

    # -- keys ----------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        done = len(self._rounds)
        match action:
            case "begin":
                return self.looked and done == 0
            case "again":
                return 0 < done < ROUNDS
            case "hear_round":
                return any(one.number in parameters and one.answer.recording is not None for one in self._rounds)
            case "pair":
                return done > 1
            case _:
                return super().check_action(action, parameters)

    def action_begin(self) -> None:
        """The first round."""
        self.speak()

    def action_again(self) -> None:
        """The next round."""
        self.speak()

    def action_hear_round(self, number: int) -> None:
        """Hear a round, and show it."""
        self._shown = number - 1
        self._draw_pair()
        self.hear(self._rounds[number - 1].answer, 0.0)

    def action_pair(self, by: int) -> None:
        """Look at another round and the one before."""
        self._shown = max(1, min(len(self._rounds) - 1, self._shown + by))
        self._draw_pair()
        self.refresh_bindings()

    def action_scroll_words(self, by: int) -> None:
        """Scroll both columns."""
        for view in self.query(TranscriptView):
            view.scroll_relative(y=by, animate=False)


def listed(some: Sequence[str], room: int) -> str:
    """As many of some phrases as there is room for, and how many more there are; “nothing” for none."""
    if not some:
        return "nothing"
    shown = ""
    for number, text in enumerate(some):
        more = f" · {text}" if shown else text
        rest = len(some) - number - 1
        if len(shown) + len(more) + (len(f" and {rest} more") if rest else 0) > room:
            return f"{shown} and {len(some) - number} more" if shown else shortened(text, room)
        shown += more
    return shown
