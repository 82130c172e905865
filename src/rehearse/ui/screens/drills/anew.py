"""Said anew: the same answer in other words, what of it was kept and what was only repeated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import Plan
from rehearse.domain.wording import counted, percent
from rehearse.drills.anew import Retake, retake, takes, verdict
from rehearse.drills.plans import anew_plan
from rehearse.drills.rounds import state_in
from rehearse.drills.wording import Repeated
from rehearse.services.drills import Underway, said_anew
from rehearse.ui.glyphs import SECTION_GLYPHS, shortened
from rehearse.ui.screens.drills.board import COMMON_KEYS_OF_DRILLS, DrillScreen
from rehearse.ui.screens.room import Heading
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.transcript_view import Highlight, TranscriptView
from rehearse.ui.wording import ago

FROM_LAST, FROM_SAMPLE = "repeated--last", "repeated--sample"
OTHER_WAYS = (
    "Begin with how it ended.",
    "Tell it to somebody from another trade.",
    "Begin with what went wrong.",
    "Begin with the number you are proudest of.",
)
"""Ways to loosen the wording, one a take."""


class RepeatedView(TranscriptView):
    """A transcript in which repeated wording is lit."""

    COMPONENT_CLASSES = {FROM_LAST, FROM_SAMPLE}
    DEFAULT_CSS = f"""
    RepeatedView > .{FROM_LAST} {{ color: $text-warning; text-style: underline; }}
    RepeatedView > .{FROM_SAMPLE} {{ color: $text-accent; text-style: underline; }}
    """

    def show_repeated(self, one: Retake) -> None:
        """Light what stood in the last take with `=`, what stands in the sample answer with `s`."""
        self.transcript = one.now.transcript
        self.highlights = tuple(
            Highlight(first, end, style, letter)
            for found, style, letter in ((one.from_last, FROM_LAST, "="), (one.from_sample, FROM_SAMPLE, "s"))
            for first, end in found.stretches
        )


class SaidAnewScreen(DrillScreen):
    """A take beside the one before."""

    HELP = (
        "Say the same answer again, in other words. What counts is that the same sections come up and the wording "
        "doesn't: **=** in the margin marks what you said in the last take with the same words, **s** what stands in "
        "the sample answer. Names of tools and words of the question don't count. **enter** is another take, **t** "
        "types it; **space** plays this take, **←** and **→** look at other takes. Each take counts as an attempt."
    )
    DEFAULT_CSS = """
    SaidAnewScreen #verdict { height: auto; padding: 0 2 1 2; text-style: bold; color: $text-warning; }
    SaidAnewScreen #takes { height: 1fr; }
    SaidAnewScreen #words { width: 1fr; }
    SaidAnewScreen #kept { width: 34; padding: 0 1; }
    SaidAnewScreen #measure { height: auto; padding: 0 2; color: $text-muted; }
    SaidAnewScreen PlayerBar { height: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "say it anew", tooltip="The same answer in other words", id="anew.begin"),
        Binding("enter", "again", "once more", tooltip="Another take, in other words again", id="anew.again"),
        Binding("left", "take(-1)", show=False, tooltip="The take before", id="anew.earlier"),
        Binding("right", "take(1)", show=False, tooltip="The take behind", id="anew.later"),
        Binding("up", "scroll_words(-1)", show=False, tooltip="Scroll the words up", id="anew.up"),
        Binding("down", "scroll_words(1)", show=False, tooltip="Scroll the words down", id="anew.down"),
        *COMMON_KEYS_OF_DRILLS,
    ]

    def __init__(self, guide: Guide, first: Answer) -> None:
        """`first`: the answer that is said anew, or one that says another anew itself."""
        super().__init__(guide, said_anew(guide, first), first.series_id)
        self.scenario = guide.scenario(first.scenario_id)
        self._takes: tuple[Answer, ...] = (first,)
        self._shown = 0
        """Index of the take that is looked at."""
        self._retake: Retake | None = None

    def compose_room(self) -> ComposeResult:
        yield Heading(f"Said anew: {self.scenario.title}")
        yield Static(Content(f"“{self.scenario.question}”"), id="question")
        yield Static(id="verdict")
        with Horizontal(id="takes"):
            with Vertical(id="words"):
                yield RepeatedView(live=False, id="transcript")
            yield Static(id="kept")
        yield Static(id="measure")
        yield PlayerBar(0.0, available=True)

    def on_mount(self) -> None:
        view = self.query_one(TranscriptView)
        view.can_focus = False
        view.placeholder = "Nothing was heard in this take."
        self.draw()

    # -- what a drill says of itself -----------------------------------------------------------------------------------

    def next_plan(self, series_id: str) -> Plan | None:
        """The same question, in the time of the settings."""
        return anew_plan(self.rehearse.studio.plan(self.guide, self.scenario), series_id=series_id)

    @property
    def place(self) -> tuple[str, str]:
        """Which take is next."""
        return f"Said anew: {self.scenario.title}", f"take {len(self._takes) + 1}"

    @property
    def shown_answer(self) -> Answer | None:
        """The take that is looked at."""
        return self._takes[self._shown] if self._takes else None

    def is_complete(self, underway: Underway) -> bool:
        """There can always be another take."""
        del underway
        return False

    # -- drawing -------------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """A take beside the one before, or what has to come up again."""
        if self.looked:
            before = len(self._takes)
            self._takes = takes(self.underway.first, self.underway.answers)
            if len(self._takes) != before or self._shown >= len(self._takes):
                self._shown = max(0, len(self._takes) - 1)
        self._retake = (
            retake(self._takes[self._shown - 1], self._takes[self._shown], self.guide) if self._shown else None
        )
        self.query_one("#words").display = self._retake is not None
        if self._retake:
            self._draw_retake(self._retake)
        else:
            self._draw_first()
        self.refresh_bindings()

    def _draw_first(self) -> None:
        """What was said before isn't shown: it would be said again."""
        first = self._takes[0] if self._takes else None
        self.query_one("#measure", Static).update("")
        self.query_one("#kept", Static).styles.width = "1fr"
        if first is None:
            self.query_one(Heading).show(right="no take")
            self.query_one("#verdict", Static).update("The answers of this drill were deleted. q goes back.")
            self.query_one("#kept", Static).update("")
            return
        marks = first.marks
        came = [one for one in self.guide.sections if marks and one.id in marks.covered]
        self.query_one(Heading).show(right=_result(first))
        self.query_one("#verdict", Static).update(Content(f"Say it again in other words. {self._way}"))
        lines = [Content.styled("What has to come up again", "bold")]
        lines += [
            Content.assemble(
                f"✔ {shortened(one.title, 26):<28}", (shortened(one.summary, self.app.size.width - 34), "dim")
            )
            for one in came
        ]
        if not came:
            lines.append(Content("No section came up in your last take: say what you would have liked to say."))
        lines += [Content(""), Content.styled("The words of your last take aren't shown: leave them behind.", "dim")]
        self.query_one("#kept", Static).update(Content("\n").join(lines))

    @property
    def _way(self) -> str:
        return OTHER_WAYS[(len(self._takes) - 1) % len(OTHER_WAYS)]

    def _draw_retake(self, one: Retake) -> None:
        number = self._shown + 1
        self.query_one(Heading).show(right=f"take {number} of {len(self._takes)}, beside take {number - 1}")
        last = number == len(self._takes)
        way = f" Once more? {self._way}" if last else ""
        self.query_one("#verdict", Static).update(Content(f"{verdict(one, self.guide)}{way}"))
        self.query_one(RepeatedView).show_repeated(one)
        kept = self.query_one("#kept", Static)
        kept.styles.width = 34
        kept.update(Content("\n").join(self._sections(one)))
        self.query_one("#measure", Static).update(Content("\n".join(measure_lines(one))))

    def _sections(self, one: Retake) -> Iterator[Content]:
        yield Content.styled("sections      before → now", "bold")
        for section in self.guide.sections:
            was, now = (state_in(answer, section.id) for answer in (one.before, one.now))
            word, style = "", ""
            if section.id in one.kept:
                word, style = "kept", "$text-success"
            elif section.id in one.lost:
                word, style = "lost", "$text-error"
            elif section.id in one.gained:
                word, style = "new", "$text-success"
            signs = " → ".join(SECTION_GLYPHS[state] if state else "–" for state in (was, now))
            yield Content.assemble(f"{shortened(section.title, 19):<20}{signs} ", (word, f"{style} bold"))

    def light(self, answer: Answer, word: int | None) -> None:
        """In the transcript."""
        shown = self.shown_answer
        if self._retake and shown is not None and shown.id == answer.id:
            self.query_one(RepeatedView).heard_word = word

    # -- keys ----------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now; the first take belongs to no drill, and isn't discarded here."""
        number = len(self._takes)
        mine = {
            "begin": self.looked and number == 1,
            "again": self.looked and number > 1,
            "type": self.looked and number > 0,
            "discard": self._shown > 0,
            "take": number > 1,
            "anew": False,
        }
        return mine[action] if action in mine else super().check_action(action, parameters)

    def action_begin(self) -> None:
        """The second take."""
        self.speak()

    def action_again(self) -> None:
        """Another take."""
        self.speak()

    def action_take(self, by: int) -> None:
        """Look at another take."""
        self._shown = max(1, min(len(self._takes) - 1, self._shown + by))
        self.draw()

    def action_scroll_words(self, by: int) -> None:
        """Scroll the transcript."""
        self.query_one(RepeatedView).scroll_relative(y=by, animate=False)


def _result(answer: Answer) -> str:
    marks = answer.marks
    when = ago(answer.created_at, datetime.now(UTC))
    if marks is None or not marks.judged:
        return f"last take: not judged · {when}"
    return f"last take: {len(marks.covered)}/{len(marks.sections)} · {when}"


def measure_lines(one: Retake) -> tuple[str, str]:
    """How much of the wording was used before, in figures."""
    return (
        f"=  {_said(one.from_last)} in the last take's words",
        f"s  {_said(one.from_sample)} in the sample answer's words",
    )


def _said(found: Repeated) -> str:
    return f"{percent(found.share)} ({found.repeated} of {counted(found.words, 'content word')})"
