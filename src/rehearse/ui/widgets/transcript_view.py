"""A transcript drawn word by word: marks, the word being heard, the tail that may still change."""

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rehearse.domain.corrections import same_word
from rehearse.domain.transcript import Transcript, Word
from rehearse.ui.widgets.word_wrap import Line, WordWrap, first_changed, wrap_words

GUTTER = 3
"""Columns at the left for the letters of the sections whose evidence begins on a line."""


@dataclass(frozen=True)
class Highlight:
    """A run of words that earned a mark."""

    first_word: int
    end_word: int
    style: str
    """Component class, `section-0` to `section-7` or `mistake`."""
    letter: str
    """Shown in the gutter, so that colour isn't needed."""


STRIPS = 200
"""Drawn lines that are remembered while speaking."""


class TranscriptView(ScrollView, can_focus=True):
    """Text of an answer. While speaking it follows the end; afterwards it has a word cursor."""

    BINDING_GROUP_TITLE = "Transcript"
    COMPONENT_CLASSES = {
        *(f"section-{n}" for n in range(8)),
        "mistake",
        "transcript--text",
        "transcript--tentative",
        "transcript--heard",
        "transcript--cursor",
        "transcript--doubtful",
        "transcript--gutter",
        "transcript--filler",
    }
    BINDINGS = [
        Binding("left", "step(-1)", "Word back", show=False),
        Binding("right", "step(1)", "Word on", show=False),
        Binding("up", "line(-1)", "Line up", show=False),
        Binding("down", "line(1)", "Line down", show=False),
        Binding("enter", "play", "hear", id="transcript.play", tooltip="Hear the answer from this word"),
    ]

    transcript: reactive[Transcript] = reactive(Transcript, always_update=True)
    tentative = reactive("")
    heard_word: reactive[int | None] = reactive(None)
    cursor: reactive[int | None] = reactive(None)
    highlights: reactive[tuple[Highlight, ...]] = reactive(())
    fillers: reactive[frozenset[int]] = reactive(frozenset[int])

    @dataclass
    class PlayRequested(Message):
        """The answer should be heard from a word on."""

        word: Word

    def __init__(self, *, live: bool, audible: bool = True, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Args:
        live: somebody is speaking just now.
        audible: its words can be heard.
        id: the widget's.
        """
        super().__init__(id=id)
        self._live = live
        self._audible = audible
        self.can_focus = not live
        self._wrap = WordWrap()
        self._lines: list[Line] = []
        self._settled = 0
        """Words that won't change any more."""
        self._strips: LRUCache[tuple[str, int, int], Strip] = LRUCache(STRIPS)
        self._empty = ""

    @property
    def placeholder(self) -> str:
        """What stands here while there are no words."""
        return self._empty

    @placeholder.setter
    def placeholder(self, text: str) -> None:
        self._empty = text
        self._layout_words()

    def on_resize(self, _: events.Resize) -> None:
        self._layout_words()

    def watch_transcript(self) -> None:
        """Lay the words out again."""
        self._layout_words()

    def watch_tentative(self) -> None:
        """Lay the words out again."""
        self._layout_words()

    def watch_highlights(self) -> None:
        """Draw again."""
        self.refresh()

    def show(self, transcript: Transcript, tentative: str) -> None:
        """Draw both anew, laid out once."""
        self.set_reactive(TranscriptView.tentative, tentative)
        self.transcript = transcript

    def hear_better(self, transcript: Transcript) -> None:
        """Draw a later hearing of the same sound; what pointed at a word stays with it, or points at none."""
        before = self.transcript
        self.transcript = transcript
        self.cursor = same_word(self.cursor, before, transcript)
        self.heard_word = same_word(self.heard_word, before, transcript)

    def notify_style_update(self) -> None:
        """Colours have changed: draw every line anew."""
        super().notify_style_update()
        self._strips.clear()

    def _layout_words(self) -> None:
        if not self.size.width:
            return
        words = [word.text for word in self.transcript.words] + self.tentative.split()
        at_end = self.scroll_offset.y >= self.max_scroll_y - 1
        width = max(10, self.size.width - GUTTER - 1)
        before, self._lines = self._lines, self._wrap.lines(words, width) if words else []
        before_settled, self._settled = self._settled, len(self.transcript.words)
        self.virtual_size = Size(self.size.width, max(1, len(self._lines)))
        if self._live and at_end:
            self.scroll_end(animate=False)
        if before and self._live:
            self._refresh_from(first_changed(before, self._lines, min(before_settled, self._settled)))
        else:
            self.refresh()

    def _refresh_from(self, line: int) -> None:
        """Draw a line and those below it anew; while somebody speaks, that is most often the last one."""
        top = max(0, line - self.scroll_offset.y)
        if top < self.size.height:
            self.refresh(Region(0, top, self.size.width, self.size.height - top))

    def render_line(self, y: int) -> Strip:
        """One line of words in the style of their marks."""
        number = y + self.scroll_offset.y
        base = self.get_component_rich_style("transcript--text")
        width = self.size.width
        if not self._lines and self._empty:
            lines = wrap_words(self._empty.split(), width - GUTTER - 1)
            text = " ".join(word.text for word in lines[number]) if number < len(lines) else ""
            dim = self.get_component_rich_style("transcript--tentative")
            return Strip([Segment(" " * GUTTER + text, dim)]).adjust_cell_length(width, base)
        if number >= len(self._lines):
            return Strip.blank(width, base)
        if not self._live:
            return self._drawn(number)
        # The same object for the same line, many times a second: Textual remembers what it has made of a strip.
        line = self._lines[number]
        final = max(0, min(len(self.transcript.words) - line[0].index, len(line)))
        key = (" ".join(word.text for word in line), final, width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._drawn(number)
        return strip

    def _drawn(self, number: int) -> Strip:
        base, width = self.get_component_rich_style("transcript--text"), self.size.width
        segments = [Segment(self._gutter(number), self.get_component_rich_style("transcript--gutter"))]
        line = self._lines[number]
        for place, word in enumerate(line):
            style = self._style(word.index)
            segments.append(Segment(word.text, style))
            if place + 1 < len(line):
                joined = self._style(line[place + 1].index) == style
                segments.append(Segment(" ", style if joined else base))
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _gutter(self, number: int) -> str:
        first, last = self._lines[number][0].index, self._lines[number][-1].index
        letters = [h.letter for h in self.highlights if first <= h.first_word <= last]
        return "".join(dict.fromkeys(letters))[: GUTTER - 1].rjust(GUTTER - 1) + " "

    def _style(self, index: int) -> Style:
        words = self.transcript.words
        style = self.get_component_rich_style("transcript--text")
        if index >= len(words):
            return self.get_component_rich_style("transcript--tentative")
        for highlight in self.highlights:
            if highlight.first_word <= index < highlight.end_word:
                style = self.get_component_rich_style(highlight.style)
                break
        if words[index].probability < 0.4 and not self._live:
            style += Style(dim=True, italic=True)
        if index in self.fillers:
            style += self.get_component_rich_style("transcript--filler", partial=True)
        if index == self.cursor and self.has_focus:
            style += self.get_component_rich_style("transcript--cursor", partial=True)
        if index == self.heard_word:
            style += self.get_component_rich_style("transcript--heard", partial=True)
        return style

    def watch_heard_word(self, _: int | None, now: int | None) -> None:
        """Light the word and keep it in view."""
        if now is not None:
            self._keep_visible(now)
        self.refresh()

    def validate_cursor(self, word: int | None) -> int | None:
        """No word: no cursor."""
        return word if word is not None and word < len(self.transcript.words) else None

    def watch_cursor(self, _: int | None, now: int | None) -> None:
        """Move the cursor and keep it in view."""
        if now is not None:
            self._keep_visible(now)
        self.refresh()

    def line_of(self, word: int) -> int:
        """Number of the line on which a word stands."""
        for number, line in enumerate(self._lines):
            if line and line[-1].index >= word:
                return number
        return max(0, len(self._lines) - 1)

    def _keep_visible(self, word: int) -> None:
        line, height = self.line_of(word), self.size.height
        top = self.scroll_offset.y
        if not top <= line < top + height - 1:
            self.scroll_to(y=max(0, line - height // 2), animate=False)

    def on_focus(self) -> None:
        """Give a first cursor."""
        if self.cursor is None and self.transcript.words:
            self.cursor = 0

    def action_step(self, by: int) -> None:
        """Move the cursor by words."""
        if self.transcript.words:
            self.cursor = max(0, min(len(self.transcript.words) - 1, (self.cursor or 0) + by))

    def action_line(self, by: int) -> None:
        """Move the cursor by lines, keeping its place in the line."""
        if not self._lines:
            return
        cursor = self.cursor or 0
        here = self.line_of(cursor)
        there = max(0, min(len(self._lines) - 1, here + by))
        place = cursor - self._lines[here][0].index
        line = self._lines[there]
        self.cursor = min(line[min(place, len(line) - 1)].index, len(self.transcript.words) - 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to play where there is sound."""
        return self._audible if action == "play" else super().check_action(action, parameters)

    def action_play(self) -> None:
        """Ask to hear the answer from the cursor."""
        if self.cursor is not None:
            self.post_message(self.PlayRequested(self.transcript.words[self.cursor]))
