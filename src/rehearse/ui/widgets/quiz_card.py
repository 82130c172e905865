"""A quiz card on the screen: the question, its options, the verdict. Drawn from values; keys are the screen's."""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from rehearse.domain.cards import Card, ChoiceCard, OrderCard, Rating, RecallCard
from rehearse.quiz.giveaways import words
from rehearse.quiz.questions import Outcome, Question, Verdict
from rehearse.ui.widgets.hanging import HangingRows, Row

OUTCOMES = {
    Outcome.RIGHT: ("✔ Right", "bold $text-success"),
    Outcome.ALMOST: ("◐ Almost", "bold $text-warning"),
    Outcome.WRONG: ("✘ Not quite", "bold $text-error"),
}
"""A symbol, a word and a colour: nothing rests on the colour."""
RATINGS = {Rating.AGAIN: "comes again soon", Rating.HARD: "noted as hard", Rating.EASY: "noted as easy"}


class QuizCard(VerticalScroll):
    """One card: scrolls where the window is small. Answers go through the screen."""

    can_focus = True

    DEFAULT_CSS = """
    QuizCard { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; background: $background; }
    QuizCard Static { height: auto; margin-bottom: 1; }
    QuizCard #options { margin-bottom: 0; }
    QuizCard #recall { border: none; height: 1; padding: 0; margin-bottom: 1; background: $surface; }
    QuizCard #verdict { margin: 1 0 0 0; }
    QuizCard #words { margin: 1 0 0 0; color: $text-muted; }
    .-low QuizCard #asked { margin-bottom: 0; }
    """

    def __init__(self) -> None:
        super().__init__(id="card")
        self.items: list[str] = []
        """Of an ordering card, as they lie now."""
        self.cursor = 0
        self.lifted = False
        """The item under the cursor goes where the cursor goes."""
        self._judged = False

    def compose(self) -> ComposeResult:
        yield Static(id="asked")
        yield Static(id="statement")
        yield Input(id="recall", placeholder="type here, enter when done; empty: don't know", compact=True)
        yield HangingRows(name="options")
        yield Static(id="verdict")
        yield Static(id="words")

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one(Input).value

    def show(self, question: Question, verdict: Verdict | None, *, explained: str = "") -> None:
        """Draw a question, and its verdict once there is one; `explained` are the guide's own words."""
        card = question.card
        if verdict is None:
            self.items, self.cursor, self.lifted = list(question.options), 0, False
        self._put("asked", Content.assemble((card.question, "bold"), ("  new" if question.new else "", "dim")))
        self._put("statement", Content(card.statement))
        self.draw_options(question, verdict)
        line = self.query_one(Input)
        typing = isinstance(card, RecallCard) and verdict is None
        line.display = isinstance(card, RecallCard)
        line.disabled = not typing
        if typing:
            line.value = ""
            line.focus()
        else:
            self.focus()
        self._put("verdict", verdict_line(card, verdict) if verdict else Content(""))
        self._put("words", Content(explained))
        self._judged = verdict is not None
        if self._judged:
            self._show_end()
        else:
            self.scroll_home(animate=False)

    def on_mount(self) -> None:
        """The verdict stands at the end, and where the end is, only the layout after it knows.

        `anchor` would push down what is shorter than the window.
        """
        self.watch(self, "virtual_size", self._show_end, init=False)

    def on_resize(self) -> None:
        """The verdict stays in sight."""
        self._show_end()

    def _show_end(self) -> None:
        if self._judged:
            self.scroll_end(animate=False)

    def draw_options(self, question: Question, verdict: Verdict | None) -> None:
        """Draw what there is to choose from, or to put in order."""
        rows = self.query_one(HangingRows)
        if not isinstance(question.card, OrderCard):
            rows.show(_options(question, verdict))
        elif verdict is None:
            rows.show(self._item_rows())
        else:
            rows.show(_ordered(question.card, self.items if verdict.given else ()))

    @property
    def hides_more(self) -> bool:
        """There is more below."""
        return self.scroll_offset.y < self.max_scroll_y

    def _item_rows(self) -> Iterator[Row]:
        for index, item in enumerate(self.items):
            here = index == self.cursor
            pointer = ("↕" if self.lifted else "▸") if here else " "
            style = "bold reverse" if here else ""
            yield Content.styled(f"{pointer} {index + 1}  ", style), Content.styled(item, style)

    def move_cursor(self, by: int, *, carry: bool = False) -> None:
        """Choose the next item up or down, or carry the chosen one along."""
        target = self.cursor + by
        if not 0 <= target < len(self.items):
            return
        if carry or self.lifted:
            self.items[self.cursor], self.items[target] = self.items[target], self.items[self.cursor]
        self.cursor = target

    def move_to(self, place: int) -> None:
        """Put the chosen item at a place, and choose the one that now stands where it was."""
        if 0 <= place < len(self.items):
            self.items.insert(place, self.items.pop(self.cursor))

    def _put(self, name: str, content: Content) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = bool(content.plain)
        widget.update(content)


def _options(question: Question, verdict: Verdict | None) -> Iterator[Row]:
    card = question.card
    for number, option in enumerate(question.options, 1):
        mark, style = " ", ""
        if verdict and isinstance(card, ChoiceCard):
            if option == card.answer:
                mark, style = "✔", "bold $text-success"
            elif option == verdict.given:
                mark, style = "✘", "$text-error"
            else:
                style = "dim"
        yield (
            Content.assemble((f"{mark} ", style), (f"{number}", "bold $text-accent"), "  "),
            Content.styled(option, style),
        )


def _ordered(card: OrderCard, given: Sequence[str]) -> Iterator[Row]:
    """The order given with a mark at each place, and below it the right one where they differ."""
    right = tuple(given) == card.items
    if given and not right:
        yield Content("     "), Content.styled("Your order", "bold")
        for number, (item, wanted) in enumerate(zip(given, card.items, strict=True), 1):
            mark, style = ("✔", "$text-success") if item == wanted else ("✘", "$text-error")
            yield Content.assemble((mark, style), f" {number}  "), Content(item)
        yield Content("     "), Content.styled("The right order", "bold")
    for number, item in enumerate(card.items, 1):
        yield Content.assemble(("✔" if right else " ", "$text-success"), f" {number}  "), Content(item)


def verdict_line(card: Card, verdict: Verdict) -> Content:
    """How it went and why, and what becomes of the card where one has said so oneself."""
    word, style = OUTCOMES[verdict.outcome]
    if not verdict.given:
        word, style = "Here it is", "bold"
    usual = {Outcome.RIGHT: Rating.GOOD, Outcome.ALMOST: Rating.HARD, Outcome.WRONG: Rating.AGAIN}[verdict.outcome]
    noted = f" ({RATINGS.get(verdict.rating, 'noted')})" if verdict.rating is not usual else ""
    lines = [Content.assemble((word, style), f"{noted}. {card.why}")]
    if verdict.recall is not None:
        one = len(verdict.recall.recalled) == 1 and verdict.outcome is Outcome.RIGHT
        proper = f": {card.right}" if one and words(verdict.given) != words(card.right) else ""
        lines[0] = Content.assemble((word, style), f"{proper}{noted}.")
        if verdict.recall.missed:
            lines.append(Content(f"Missing: {', '.join(verdict.recall.missed)}."))
        if verdict.recall.strangers:
            lines.append(Content.styled(f"Not among them: {', '.join(verdict.recall.strangers)}.", "dim"))
        if verdict.outcome is not Outcome.RIGHT or len(verdict.recall.recalled) > 1:
            lines.append(Content(card.why))
    return Content("\n").join(lines)
