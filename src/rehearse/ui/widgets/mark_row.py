"""A row of the coverage panel: a mark with its state, the words that earned it, and why."""

from collections.abc import Iterator
from textwrap import wrap

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from rehearse.domain.coverage import UNHEARD, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.opinions import Label
from rehearse.domain.reasons import SAID, reason
from rehearse.domain.rehearsal import clock_text
from rehearse.domain.wording import percent, sureness
from rehearse.ui.glyphs import MISTAKE_GLYPHS, MISTAKE_WORDS, SECTION_GLYPHS, SECTION_WORDS, shortened
from rehearse.ui.widgets.hanging import hung


class MarkRow(Static):
    """One section or mistake: a line with its state, then its words, then (unfolded) the reasons."""

    selected = reactive(False, toggle_class="-selected")
    unfolded = reactive(False, layout=True, toggle_class="-unfolded")
    fresh = reactive(False, toggle_class="-fresh")
    quote_lines = reactive(1, layout=True)
    """Over how many lines a quote may go while the row is folded."""

    def __init__(self, mark_id: str, title: str, letter: str, colour: str, *, live: bool, belongs: str = "") -> None:
        """`belongs` says what belongs into a section."""
        super().__init__(id=f"mark-{mark_id}", classes=colour)
        self.mark_id = mark_id
        self.title = title
        self._belongs = belongs
        self._letter = letter
        self._live = live
        self.mark: SectionMark | MistakeMark | None = None
        self.labels: tuple[tuple[str, Label], ...] = ()
        """What friends think of the mark, with who thinks it."""
        self.unjudged = ""
        """Why the mark means nothing, where too little was said, a sentence."""

    def show(self, mark: SectionMark | MistakeMark) -> None:
        """Draw another verdict."""
        self.mark = mark
        for state in (*SectionState, *MistakeState):
            self.set_class(mark.state is state, f"-{state.value}")
        self.refresh(layout=True)

    def on_resize(self, _: events.Resize) -> None:
        """Its lines are cut to the width, so that its height follows from that."""
        self.refresh(layout=True)

    def render(self) -> Content:
        width = max(20, self.size.width)
        return Content("\n").join(self._lines(width))

    def _lines(self, width: int) -> Iterator[Content]:
        mark = self.mark
        if mark is None:
            yield Content.assemble("· ", (self.title, "dim"))
            return
        glyph = SECTION_GLYPHS[mark.state] if isinstance(mark, SectionMark) else MISTAKE_GLYPHS[mark.state]
        right = self._right(mark)
        head = f"{glyph} {self._letter + ' ' if self._letter and not self._live else ''}{self.title}"
        lit = mark.state in (SectionState.COVERED, MistakeState.MADE)
        yield Content.assemble(
            (shortened(head, width - len(right) - 1).ljust(width - len(right)), "bold" if lit else ""), (right, "dim")
        )
        if self.unfolded:
            yield from self._details(mark, width)
        elif isinstance(mark, SectionMark) and mark.evidence and not _crossed_out(mark):
            yield from self._quote(mark.evidence[0].text, width)
        elif isinstance(mark, SectionMark) and mark.unheard:
            yield Content.styled(f"  {shortened(mark.unheard[0], width - 2)}", "italic dim")
        elif isinstance(mark, MistakeMark) and mark.state is MistakeState.MADE and mark.reason and not mark.corrected:
            yield Content.styled(f"  {shortened(mark.reason, width - 2)}", "italic dim")

        if self.labels and not self.unfolded:
            said = " · ".join(label.short(friend, mark.state) for friend, label in self.labels)
            yield Content.styled(f"  {shortened(said, width - 2)}", "$text-accent")

    def _quote(self, text: str, width: int) -> Iterator[Content]:
        """The words, cut to the lines that there are for them."""
        room = width - 4
        lines = wrap(text, room)
        last = self.quote_lines - 1
        lines[last:] = [shortened(" ".join(lines[last:]), room)] if lines[last:] else []
        yield Content("\n").join(
            Content.styled(f"  {' ' if number else '“'}{line}{'”' if line is lines[-1] else ''}", "italic dim")
            for number, line in enumerate(lines)
        )

    def _right(self, mark: SectionMark | MistakeMark) -> str:
        yours = "yours " if mark.corrected else ""
        if mark.evidence and mark.evidence[0].start is not None:
            return f"{yours}{clock_text(mark.evidence[0].start)}"
        return yours.rstrip()

    def _details(self, mark: SectionMark | MistakeMark, width: int) -> Iterator[Content]:
        if isinstance(mark, SectionMark):
            # How sure one is of nothing would only raise doubts.
            weighed = mark.nearest is not None or mark.state in (SectionState.COVERED, SectionState.THIN)
            judged = weighed and not self.unjudged and not mark.corrected
            chance = f", {sureness(mark.confidence)} sure that it came up" if judged else ""
            said = f"{SECTION_WORDS[mark.state]}{'  (your word)' if mark.corrected else chance}"
        else:
            why = mark.reason or self.unjudged
            said = f"{MISTAKE_WORDS[mark.state]}: {f'(your word); before: {why}' if mark.corrected else why}"
        yield from _hung("  ", said, "dim", width)
        before = "before: " if isinstance(mark, SectionMark) and _crossed_out(mark) else ""
        for quote in mark.evidence:
            at = f"{clock_text(quote.start)} " if quote.start is not None else ""
            yield from _hung(f"  {before}{at}", f"“{quote.text}”", "italic", width)
        for friend, label in self.labels:
            yield from _hung("  ", label.whole(friend, mark.state), "$text-accent", width)
        if isinstance(mark, SectionMark) and not mark.corrected:
            if said := self.unjudged or reason(mark, self._belongs):
                yield from _hung("  ", said, "", width)
            for match in [one for one in mark.why if one.kind not in SAID][:4]:
                likeness = "" if match.kind == UNHEARD else f"{percent(match.strength):>5} "
                yield from _hung(f"    {likeness}", f"{match.kind}: {match.text}", "dim", width)


def _hung(front: str, text: str, style: str, width: int) -> list[Content]:
    return hung(Content.styled(front, style), Content.styled(text, style), width)


def _crossed_out(mark: SectionMark) -> bool:
    """Its words are what the engine took for it, and the user didn't."""
    return mark.corrected and mark.state is SectionState.MISSING
