"""The quick quiz: keys in, session on, card drawn. Two minutes without a microphone."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import ContentSwitcher, Input, Static

from rehearse.domain.cards import OrderCard, Rating, RecallCard
from rehearse.domain.rehearsal import clock_text, section_drill
from rehearse.errors import RehearseError
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.outlook import SectionOutlook
from rehearse.quiz.questions import Outcome, Response
from rehearse.quiz.session import QuizSession
from rehearse.quiz.summary import Summary
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.base import Heading, RoomScreen
from rehearse.ui.widgets.quiz_card import QuizCard
from rehearse.ui.widgets.quiz_summary import QuizSummary

TITLES = {
    QuizMode.DUE: "Quiz · due today",
    QuizMode.BLITZ: "Quiz · blitz",
    QuizMode.LONG_BLITZ: "Quiz · long blitz",
    QuizMode.SECTION: "Quiz · one section",
    QuizMode.SPOKEN: "Quiz · aloud",
}


_INSTEAD = (
    Binding("d", "switch('due')", show=False, tooltip="What is due today, instead", id="quiz.due-instead"),
    Binding("b", "switch('blitz')", show=False, tooltip="A blitz of 60 seconds, instead", id="quiz.blitz-instead"),
    Binding("B", "switch('long-blitz')", show=False, tooltip="A blitz of 120 seconds, instead", id="quiz.long-instead"),
    Binding("m", "switch_aloud", show=False, tooltip="Every section aloud, 15 seconds each", id="quiz.aloud-instead"),
    Binding("s", "switch_section", show=False, tooltip="The cards of one section, instead", id="quiz.section-instead"),
)
"""The same keys while a card is shown; there the footer has no room for them."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class QuizScreen(RoomScreen[None]):
    """One session after another, until it is left. Everything is kept after each card."""

    HELP = (
        "Number keys answer at once; **space** or **enter** goes on. Where something is to be put in order: **j** and "
        "**k** choose, **J** and **K** move, **enter** is done. Where something is to be typed: commas between, in "
        "any order, spelling is forgiven. **0** says you don't know. **?** after an answer shows the guide's own "
        "words. **u** takes an answer back (**ctrl+z** while typing). **d**, **b**, **B** and **s** begin something "
        "else: what is due, a blitz of one or two minutes, one section; **m** asks "
        "every section aloud, with the microphone. Leave when you like: every card is kept."
    )
    BLITZ_HELP = (
        "Number keys answer at once; what was right goes straight on. After a wrong answer **space** or **enter** goes "
        "on and **?** shows the guide's own words. **0** says you don't know. **u** takes an answer back while the "
        "clock runs. Leave when you like: every answer is kept, a score only of a blitz that went to its end."
    )
    MIN_SIZE = (60, 20)
    DEFAULT_CSS = "QuizScreen #body { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})", show=False) for n in range(1, 10)),
        Binding("0", "reveal", "don't know", tooltip="Show the answer; the card comes again", id="quiz.reveal"),
        Binding("space", "more", "more", tooltip="Read on, there is more below", id="quiz.more"),
        Binding("space,enter", "go_on", "go on", key_display="space", tooltip="Go on to the next card", id="quiz.on"),
        Binding("enter", "place", "done", tooltip="The items lie in order now", id="quiz.place", priority=True),
        Binding("space", "lift", show=False, tooltip="Lift the item, so that it goes along; drop it", id="quiz.lift"),
        Binding("j,down", "choose(1)", "pick", key_display="j/k", tooltip="Next item", id="quiz.down", priority=True),
        Binding("k,up", "choose(-1)", "choose", show=False, tooltip="Item before", id="quiz.up", priority=True),
        Binding("J,shift+down", "carry(1)", "move", key_display="J/K", tooltip="Move the item down", id="quiz.carry"),
        Binding("K,shift+up", "carry(-1)", "move", show=False, tooltip="Move the item up", id="quiz.carry-up"),
        Binding("u,ctrl+z", "undo", "undo", key_display="u", tooltip="Take the last answer back", id="quiz.undo"),
        Binding("ctrl+z", "undo_typing", "undo", tooltip="Take the last answer back", id="quiz.undo-typing"),
        Binding("h", "grade(2)", "hard", tooltip="It was hard: ask me earlier", id="quiz.hard"),
        Binding("e", "grade(4)", "easy", tooltip="It was easy: ask me later", id="quiz.easy"),
        Binding("question_mark", "explain", "explain", key_display="?", tooltip="The guide's own words", id="quiz.why"),
        Binding("d", "play('due')", "due", tooltip="What is due today", id="quiz.due"),
        Binding("b", "play('blitz')", "blitz", tooltip="Blitz: 60 seconds", id="quiz.blitz"),
        Binding("B", "play('long-blitz')", "long", tooltip="Blitz: 120 seconds", id="quiz.long-blitz"),
        Binding("s", "choose_section", "section", tooltip="The cards of one section", id="quiz.section"),
        Binding("m", "aloud", "aloud", tooltip="Every section aloud, 15 seconds each", id="quiz.aloud"),
        *_INSTEAD,
        Binding("escape,q,ctrl+g", "leave", "back", key_display="q", tooltip="Back; all is kept", id="quiz.leave"),
        Binding(
            "escape,ctrl+g", "leave_typing", "back", key_display="esc", tooltip="Back; all is kept", id="quiz.stop"
        ),
        Binding("question_mark", "help", "help", key_display="?", tooltip="What one does here, and all keys"),
        Binding("f1", "help_always", "help", key_display="F1", show=False),
    ]

    def __init__(
        self,
        guide_id: str | None,
        mode: QuizMode = QuizMode.DUE,
        section: str | None = None,
        *,
        alone: bool = False,
        now: Callable[[], datetime] = _utc_now,
        seed: int | None = None,
    ) -> None:
        """Nothing is opened yet.

        Args:
            guide_id: whose cards; None for those of all guides.
            mode: what the first session is made of.
            section: id of the section, for `QuizMode.SECTION`.
            alone: leaving it leaves the app: it was started for the quiz alone.
            now: UTC; tests pass their own.
            seed: of the layout of options; None draws one.
        """
        super().__init__()
        self.session: QuizSession | None = None
        self.summary: Summary | None = None
        self._guide_id = guide_id
        self.alone = alone
        self._mode = mode
        self._section = section
        self._now = now
        self._random = Random(seed)
        self._explained = False
        self._flash = ""

    def compose_room(self) -> ComposeResult:
        yield Heading(TITLES[self._mode])
        with ContentSwitcher(initial="waiting", id="body"):
            yield Static(Content.styled("  Laying out the cards …", "dim"), id="waiting")
            yield QuizCard()
            yield QuizSummary(id="summary")

    def on_mount(self) -> None:
        self.set_interval(1 / 4, self._tick)
        self._open(self._mode, self._section, self._guide_id)

    @property
    def help_now(self) -> str:
        """What one does here; against the clock there is less."""
        return self.BLITZ_HELP if self._mode.seconds and self.summary is None else self.HELP

    # -- sessions --------------------------------------------------------------------------------------------------

    def _open(self, mode: QuizMode, section: str | None, guide_id: str | None) -> None:
        self._mode, self._section = mode, section
        studio = self.rehearse.studio

        def open_session(_: Event) -> QuizSession:
            return studio.quiz(
                guide_id, mode=mode, section_id=section, now=self._now(), random=Random(self._random.random())
            )

        self.run_job("session", open_session)

    @on(JobDone)
    def begin(self, done: JobDone) -> None:
        """The cards are there."""
        if isinstance(done.result, QuizSession):
            self.session, self.summary, self._flash = done.result, None, ""
            self.session.start(self._now())
            self._next()

    @on(JobFailed)
    def failed(self, failed: JobFailed) -> None:
        """The guide or the store can't be read: back to the session that was on, or away where there was none."""
        if failed.job != "session":
            self.show_error(failed.error)
        elif self.session is not None:
            self._mode = self.session.mode
            self.show_error(failed.error)
        else:
            from rehearse.ui.screens.dialogs import ErrorDialog

            def give_up(_: None) -> None:
                self.call_after_refresh(self._give_up, failed.error.exit_status)

            self.app.push_screen(ErrorDialog(failed.error), give_up)

    def _give_up(self, status: int) -> None:
        """Nothing can be asked: there is nothing to stay for."""
        if self.alone:
            self.app.exit(return_code=status)
        else:
            self.dismiss()

    def _next(self) -> None:
        assert self.session is not None
        self._explained = False
        if self.session.next(self._now()) is None:
            self._finish()
        else:
            self._draw()

    def _finish(self) -> None:
        assert self.session is not None
        self.summary = self.session.summary(self._now())
        self.query_one("#body", ContentSwitcher).current = "summary"
        self.query_one(QuizSummary).show(self.summary, blitz=bool(self._mode.seconds))
        self._tick()
        self.refresh_bindings()

    def _draw(self) -> None:
        session = self.session
        if session is None or session.current is None:
            return
        self.query_one("#body", ContentSwitcher).current = "card"
        explained = session.current.card.explanation if self._explained else ""
        self.query_one(QuizCard).show(session.current, session.verdict, explained=explained)
        self._tick()
        self.refresh_bindings()
        self.call_after_refresh(self.refresh_bindings)  # what fits is known only now

    def _tick(self) -> None:
        """The clock and the count in the heading; a blitz ends when its time is up."""
        session = self.session
        if session is None:
            return
        now = self._now()
        if session.is_over(now) and self.summary is None:
            self._finish()
            return
        self.query_one(Heading).show(left=self._title(session), right=self._where(session, now))

    def _title(self, session: QuizSession) -> str:
        """The mode or the section, and whose card it is where several guides are asked."""
        title = f"Quiz · {session.section_title}" if self._mode is QuizMode.SECTION else TITLES[self._mode]
        if self.summary is not None or session.current is None or len(session.guides) == 1:
            return title
        return f"{title} · {self.rehearse.studio.library.load(session.current.card.guide_id).title}"

    def _where(self, session: QuizSession, now: datetime) -> str:
        if self.summary is not None:
            return "done"
        left = session.left(now)
        seconds = session.seconds_left(now)
        if seconds is not None:
            return f"{self._flash}{session.score} right · {clock_text(seconds + 0.99)} left"
        clock = clock_text((now - session.started_at).total_seconds())
        return f"{self._flash}{'last card' if not left else f'{left} to come'} · {clock}"

    # -- keys ------------------------------------------------------------------------------------------------------

    @property
    def _is_open(self) -> bool:
        """A question waits for its answer."""
        session = self.session
        return bool(session and self.summary is None and session.current and session.verdict is None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        session, over, waiting = self.session, self.summary is not None, self._is_open
        card = session.current.card if session and session.current else None
        verdict = session.verdict if session and not over else None
        typing = waiting and isinstance(card, RecallCard)
        ordering = waiting and isinstance(card, OrderCard)
        undoable = bool(session and session.asked and not session.is_over(self._now()))
        switchable = session is not None and not over and not typing and not self._mode.seconds
        right = verdict is not None and verdict.outcome is Outcome.RIGHT
        return {
            "reveal": waiting and not typing,
            "more": waiting and not typing and not ordering and self.query_one(QuizCard).hides_more,
            "go_on": verdict is not None,
            "explain": verdict is not None,
            "help": verdict is None,
            "place": ordering,
            "lift": ordering,
            "choose": ordering,
            "carry": ordering,
            "grade": right and not self._mode.seconds,
            "play": over,
            "choose_section": over,
            "aloud": over,
            "switch_aloud": switchable,
            "switch": switchable,
            "switch_section": switchable,
            "undo": undoable and not typing,
            "undo_typing": undoable and typing,
            "leave": not typing,
            "leave_typing": typing,
        }.get(action, True)

    def _answer(self, response: Response) -> None:
        assert self.session is not None
        try:
            verdict = self.session.answer(response, self._now())
        except RehearseError as error:
            self.show_error(error)
            return
        self._flash = ""
        if verdict is None:
            self._finish()
        elif self._mode.seconds and verdict.outcome is Outcome.RIGHT:
            self._flash = "✔ "
            self._next()
        else:
            self._draw()

    def action_digit(self, number: int) -> None:
        """Answer with that option; put the item at that place; speak about that section."""
        if self.summary is not None:
            self._speak_about(number)
        elif self._is_open and self.session and self.session.current:
            question = self.session.current
            if isinstance(question.card, OrderCard):
                self.query_one(QuizCard).move_to(number - 1)
                self._redraw_items()
            elif number <= len(question.options):
                self._answer(number - 1)

    def action_reveal(self) -> None:
        """Don't know."""
        self._answer(None)

    @on(Input.Submitted, "#recall")
    def typed(self, submitted: Input.Submitted) -> None:
        """A typed answer; nothing means one doesn't know."""
        if self._is_open:
            self._answer(submitted.value.strip() or None)

    def action_more(self) -> None:
        """Show what is below."""
        self.query_one(QuizCard).scroll_page_down(animate=False)
        self.call_after_refresh(self.refresh_bindings)

    def action_go_on(self) -> None:
        """The next card."""
        self._next()

    def action_place(self) -> None:
        """The items are in order."""
        self._answer(tuple(self.query_one(QuizCard).items))

    def action_lift(self) -> None:
        """Lift or drop the item."""
        card = self.query_one(QuizCard)
        card.lifted = not card.lifted
        self._redraw_items()

    def action_choose(self, by: int) -> None:
        """The item above or below."""
        self.query_one(QuizCard).move_cursor(by)
        self._redraw_items()

    def action_carry(self, by: int) -> None:
        """Move the item up or down."""
        self.query_one(QuizCard).move_cursor(by, carry=True)
        self._redraw_items()

    def _redraw_items(self) -> None:
        if self.session and self.session.current:
            self.query_one(QuizCard).draw_options(self.session.current, self.session.verdict)

    def action_grade(self, rating: int) -> None:
        """Say how well it was known."""
        assert self.session is not None
        try:
            self.session.grade(Rating(rating), self._now())
        except RehearseError as error:
            self.show_error(error)
        self._draw()

    def action_undo(self) -> None:
        """Take the last answer back; its card is asked again."""
        assert self.session is not None
        try:
            self.session.undo(self._now())
        except RehearseError as error:
            self.show_error(error)
            return
        self.summary, self._explained, self._flash = None, False, ""
        self._draw()

    def action_undo_typing(self) -> None:
        """The same, while a line is being typed."""
        self.action_undo()

    def action_leave(self) -> None:
        """Back to where one came from: another screen, or the shell."""
        if self.alone:
            self.app.exit(0)
        else:
            self.dismiss()

    def action_leave_typing(self) -> None:
        """Leave, while a line is being typed."""
        self.action_leave()

    def action_help_always(self) -> None:
        """Help, whatever `?` does now."""
        self.action_help()

    def action_explain(self) -> None:
        """The guide's own words."""
        self._explained = not self._explained
        self._draw()

    def action_play(self, mode: str) -> None:
        """Another session."""
        self._open(QuizMode(mode), None, self._guide_id)

    def action_choose_section(self) -> None:
        """The cards of one section."""
        from rehearse.ui.screens.quiz_sections import SectionDialog

        def chosen(section: SectionOutlook | None) -> None:
            if section is not None:
                self._open(QuizMode.SECTION, section.section_id, section.guide_id)

        assert self.session is not None
        self.app.push_screen(SectionDialog(self.session.outlook(self._now())), chosen)

    def action_aloud(self) -> None:
        """Every section aloud, with the microphone."""
        from rehearse.ui.screens.quiz_spoken import SpokenQuizScreen

        self.app.push_screen(SpokenQuizScreen(self._guide_id))

    action_switch_aloud = action_aloud
    action_switch = action_play
    action_switch_section = action_choose_section

    # -- from a weak section into the room ---------------------------------------------------------------------------

    def _known_sections(self) -> list[SectionOutlook]:
        return list(self.summary.sections) if self.summary else []

    def _speak_about(self, number: int) -> None:
        from rehearse.ui.screens.rehearsal import RehearsalScreen

        sections = self._known_sections()
        if not 1 <= number <= len(sections):
            return
        weak = sections[number - 1]
        studio = self.rehearse.studio
        try:
            guide = studio.library.load(weak.guide_id)
        except RehearseError as error:
            self.show_error(error)
            return
        self.app.push_screen(RehearsalScreen(guide, section_drill(guide, weak.section_id, studio.settings.mode)))
