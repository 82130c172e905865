"""What is shown after a session of the quiz, and instead of one where nothing is due."""

from collections.abc import Iterable, Iterator

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rehearse.domain.wording import counted
from rehearse.quiz.card_parts import shortened
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.quiz.summary import Asked, Summary

BAR = 6
"""Cells of a section's bar."""
MOST_SECTIONS = 9
"""Number keys lead to them."""
LONGEST_MISSED = 160
"""Characters of a missed statement; one has just read all of it."""


class QuizSummary(VerticalScroll):
    """Score, what was missed with why, streak, sections weakest first."""

    can_focus = True

    DEFAULT_CSS = """
    QuizSummary { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; background: $background; }
    QuizSummary Static { height: auto; }
    """

    def compose(self) -> Iterator[Static]:
        yield Static(id="summary-text")

    def show(self, summary: Summary, *, blitz: bool, typed: bool = False) -> None:
        """Draw it; number keys let one speak about a section, or type."""
        lines = [
            *_result(summary, blitz=blitz),
            *_sections(summary.sections, typed=typed),
            *_missed(summary.missed),
        ]
        self.query_one("#summary-text", Static).update(Content("\n").join(lines))
        self.scroll_home(animate=False)
        self.focus()


def _result(summary: Summary, *, blitz: bool) -> Iterator[Content]:
    if not summary.asked:
        yield Content.styled("Nothing was answered." if blitz else "Nothing is due just now.", "bold")
    else:
        yield Content.assemble(
            (f"{summary.right} of {summary.asked} right", "bold"), f" in {summary.seconds:.0f} seconds of answering."
        )
    facts = []
    if blitz and summary.beaten:
        before = f", {summary.best} before" if summary.best is not None else ""
        facts.append(f"★ Personal best{before}.")
    elif blitz and summary.best is not None:
        facts.append(f"Personal best: {summary.best}.")
    if summary.streak:
        facts.append(f"Streak: {counted(summary.streak, 'day')} in a row.")
    facts += [fact for fact in (summary.ahead, summary.outlook) if fact]
    yield Content(" ".join(facts))


def _sections(sections: tuple[SectionOutlook, ...], *, typed: bool) -> Iterator[Content]:
    if not any(one.seen for one in sections):
        return
    yield Content("")
    how = "a number: type about it (t: speak)" if typed else "a number: speak about it (t: type)"
    yield Content.assemble(("Weakest first", "bold"), (f"   {how}", "dim"))
    yield from section_rows(sections[:MOST_SECTIONS])


def section_rows(sections: Iterable[SectionOutlook]) -> Iterator[Content]:
    """A line a section: its number, how much of it would be remembered, in a bar and in words."""
    sections = tuple(sections)
    width = max((len(one.title) for one in sections), default=0)
    for number, one in enumerate(sections, 1):
        if one.retrievability is None:
            state, filled = "not asked yet", 0
        else:
            state = "remembered" if one.remembered else "at risk"
            filled = round(one.retrievability * BAR)
        bar = "█" * filled + "░" * (BAR - filled)
        yield Content.assemble(
            (f"{number}", "bold $text-accent"),
            f"  {one.title:<{width}} ",
            (bar, "dim" if not one.seen else "" if one.remembered else "$text-warning"),
            f"  {state}",
        )


def _missed(missed: tuple[Asked, ...]) -> Iterator[Content]:
    if not missed:
        return
    yield Content("")
    yield Content.styled("Missed", "bold")
    for one in missed:
        said = one.verdict.given or "nothing"
        yield Content.assemble("✘ ", (shortened(one.card.statement or one.card.question, LONGEST_MISSED), "italic"))
        yield Content.assemble(("  you: ", "dim"), said)
        yield Content.assemble(("  right: ", "dim"), (one.card.right, "bold"))
        if one.card.right not in one.card.why or len(one.card.why) > len(one.card.right) + 30:
            yield Content.styled(f"  {one.card.why}", "dim")
