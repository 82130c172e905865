"""An answer typed or pasted instead of spoken. What was typed is kept as a draft until it is marked."""

from functools import cached_property
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import Plan
from rehearse.domain.wording import counted
from rehearse.services.draft import Draft
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.destinations import Finished, Review
from rehearse.ui.screens.rehearse.words import shown_question
from rehearse.ui.screens.room import HELP_KEY, Heading, RoomScreen

WORDS_A_MINUTE = 140
"""How fast a typed answer would be spoken: at the slower end of the usual pace, as one does who thinks meanwhile."""

MARKING = "Marking …"
MARKING_FIRST = f"{MARKING} the first answer to a guide takes some seconds more: its examples are being read."

ALREADY_MARKED = "It was marked already: it is in the history."
"""Said to one who leaves just as an answer is kept: the footer promised a draft."""


class TypedScreen(RoomScreen[None]):
    """Type, then mark."""

    HELP = (
        "Type or paste an answer, as you would say it. **ctrl+s** marks it. A draft is kept until then; leaving while "
        "it is marked calls that off."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s,f2", "mark", "mark it", key_display="^s", tooltip="Mark this answer", id="typed.mark", priority=True
        ),
        Binding("escape,ctrl+g", "leave", "back (draft kept)", key_display="^g", tooltip="Back; the draft is kept"),
        HELP_KEY,
    ]

    def __init__(self, guide: Guide, plan: Plan, back: Review | None = None) -> None:
        """`back` is the review that this took the place of."""
        super().__init__()
        self.guide = guide
        self.plan = plan
        self._back = back
        self._marking: Timer | None = None
        """Runs while the answer is marked, and shows that it does."""
        self._area: TextArea | None = None
        """Asked for its text when one leaves: then it has taken in all that was typed or pasted, which isn't told of in
        time, and it isn't among the screen's widgets any more."""

    def compose_room(self) -> ComposeResult:
        yield Heading(self.plan.scenario.title, "typed follow-up" if self.plan.follow_up_of else "typed answer")
        yield Static(Content(shown_question(self.plan)), id="question")
        yield TextArea(self.draft.read(), id="text", soft_wrap=True, show_line_numbers=False)
        yield Static(id="count")

    @cached_property
    def draft(self) -> Draft:
        """Kept for this question alone."""
        plan, equipment = self.plan, self.rehearse.equipment
        if plan.follow_up_of:
            return equipment.draft(f"{plan.guide_id} {plan.follow_up_of} {plan.question}")
        return equipment.answer_draft(f"{plan.guide_id} {plan.scenario.id} {plan.question}")

    def on_mount(self) -> None:
        self._area = area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self.count_words()

    @on(TextArea.Changed)
    def count_words(self) -> None:
        """How long it would take to say."""
        words = len(self.query_one(TextArea).text.split())
        self.query_one("#count", Static).update(Content.styled(self.spoken_length(words), "dim"))

    def spoken_length(self, words: int) -> str:
        """How many words there are, and how long they would take, where that can be told."""
        seconds = round(words / WORDS_A_MINUTE * 60)
        return f"{counted(words, 'word')}, about {seconds} s spoken" if seconds else counted(words, "word")

    def action_mark(self) -> None:
        """Mark and keep it, once the keys that were pressed before have arrived: a pasted text may still be on its way
        through the screen's queue and then the text area's.
        """
        self.call_later(self._after_the_screens_keys)

    def _after_the_screens_keys(self) -> None:
        for area in self.query(TextArea):  # none where one has left meanwhile
            area.call_later(self._mark, area)

    def _mark(self, area: TextArea) -> None:
        if not self.is_current or self._marking is not None:
            return
        area.read_only = True  # keys for the review, pressed too early, aren't part of the answer
        text, studio, draft, app = area.text, self.rehearse.studio, self.draft, self.app
        doing = MARKING if self.rehearse.equipment.is_fitted(self.guide) else MARKING_FIRST
        self._show_marking(doing)
        began = self.rehearse.equipment.now()
        self._marking = self.set_interval(
            1, lambda: self._show_marking(f"{doing} ({self.rehearse.equipment.now() - began:.0f} s)")
        )
        self.refresh_bindings()

        def mark(cancelled: Event) -> Answer:
            answer = studio.mark_typed(self.guide, self.plan, text, cancelled=cancelled)
            draft.became_answer()  # at once: one may just be leaving, and too late to call the marking off
            if cancelled.is_set():
                app.notify(ALREADY_MARKED)  # a screen that was left doesn't find its app any more
            return answer

        self.run_job("mark", mark)

    def _show_marking(self, doing: str) -> None:
        self.query_one("#count", Static).update(Content.styled(doing, "bold"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """It is marked once."""
        return self._marking is None if action == "mark" else super().check_action(action, parameters)

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """It is marked; where one is just leaving, that is said."""
        assert isinstance(done.result, Answer)
        if self not in self.app.screen_stack:
            self.app.notify(ALREADY_MARKED)
            return
        self.come_forward()
        self.show_answer(done.result)

    def show_answer(self, answer: Answer) -> None:
        """On to the review."""
        self.rehearse.move_to(Finished(self.guide, answer))

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed; the text stays."""
        if self._marking is not None:
            self._marking.stop()
        self._marking = None
        self.refresh_bindings()
        self.query_one(TextArea).read_only = False
        self.count_words()
        self.show_error(failed.error)

    def on_unmount(self) -> None:
        """Keep what was typed, unless it was marked; let the text area go, which watches the app's theme."""
        area, self._area = self._area, None
        if area is None:
            return  # it was never shown
        try:
            self.draft.keep(area.text)
        except OSError as error:
            self.app.notify(f"The draft could not be kept: {error}", severity="error", markup=False)
        self.app.mutate_reactive(App.theme)  # only then does Textual forget watchers that are gone
