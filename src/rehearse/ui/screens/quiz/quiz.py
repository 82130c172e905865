"""The quick quiz: keys in, session on, card drawn. Two minutes without a microphone."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from random import Random
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import ContentSwitcher, Input, Static

from rehearse.domain.cards import OrderCard, Rating
from rehearse.errors import RehearseError
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.questions import Outcome, Response
from rehearse.quiz.retrievability import SectionOutlook
from rehearse.quiz.session import QuizSession
from rehearse.quiz.session_heading import session_place, session_title
from rehearse.quiz.summary import Summary
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.quiz.keys import BLITZ_HELP, HELP, KEYS, SETTLES, is_open, offers
from rehearse.ui.screens.quiz.sections import SectionDialog, drill_about
from rehearse.ui.screens.room import Heading, RoomScreen
from rehearse.ui.widgets.quiz_card import QuizCard
from rehearse.ui.widgets.quiz_summary import QuizSummary


def _utc_now() -> datetime:
    return datetime.now(UTC)


class QuizScreen(RoomScreen[None]):
    """One session after another, until it is left. Everything is kept after each card."""

    HELP = HELP
    MIN_SIZE = (60, 20)
    DEFAULT_CSS = "QuizScreen #body { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = KEYS

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
        self._settling = self._typed = False

    def compose_room(self) -> ComposeResult:
        yield Heading(session_title(self._mode))
        with ContentSwitcher(initial="waiting", id="body"):
            yield Static(Content.styled("  Laying out the cards …", "dim"), id="waiting")
            yield QuizCard()
            yield QuizSummary(id="summary")

    def on_mount(self) -> None:
        self.set_interval(1 / 4, self._tick)
        card = self.query_one(QuizCard)
        for measure in ("scroll_y", "virtual_size"):  # whether there is more below is known only when these are
            self.watch(card, measure, self.refresh_bindings, init=False)
        self._open(self._mode, self._section, self._guide_id)

    @property
    def help_now(self) -> str:
        """What one does here; against the clock there is less."""
        return BLITZ_HELP if self._mode.seconds and self.summary is None else self.HELP

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
        if self._mode.seconds:  # a key meant for the card that was there a moment ago mustn't open a drill
            self._settling = True
            self.set_timer(SETTLES, partial(setattr, self, "_settling", False))
        self._show_summary()
        self._tick()
        self.refresh_bindings()

    def _show_summary(self) -> None:
        if self.summary is not None:
            self.query_one(QuizSummary).show(self.summary, blitz=bool(self._mode.seconds), typed=self._typed)

    def action_type(self) -> None:
        """Number keys let one type about a section instead of speaking, or speak again."""
        self._typed = not self._typed
        self._show_summary()

    def _draw(self) -> None:
        session = self.session
        if session is None or session.current is None:
            return
        self.query_one("#body", ContentSwitcher).current = "card"
        explained = session.current.card.explanation if self._explained else ""
        self.query_one(QuizCard).show(session.current, session.verdict, explained=explained)
        self._tick()
        self.refresh_bindings()

    def _tick(self) -> None:
        """The clock and the count in the heading; a blitz ends when its time is up."""
        session = self.session
        if session is None:
            return
        now = self._now()
        if session.is_over(now) and self.summary is None:
            self._finish()
            return
        where = "done" if self.summary is not None else f"{self._flash}{session_place(session, now)}"
        self.query_one(Heading).show(left=self._title(session), right=where)

    def _title(self, session: QuizSession) -> str:
        """Whose card it is has to be said where several guides are asked."""
        guide = ""
        if self.summary is None and session.current is not None and len(session.guides) > 1:
            guide = self.rehearse.equipment.library.load(session.current.card.guide_id).title
        return session_title(self._mode, section=session.section_title, guide=guide)

    # -- keys ------------------------------------------------------------------------------------------------------

    @property
    def _is_open(self) -> bool:
        """A question waits for its answer."""
        return is_open(self.session, over=self.summary is not None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        offered = offers(self.session, self._mode, over=self.summary is not None, now=self._now()).get(action, True)
        return offered and (action != "more" or self.query_one(QuizCard).hides_more)

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
            if not self._settling:
                self._drill_about(number)
        elif self._is_open and self.session and self.session.current:
            question = self.session.current
            if isinstance(question.card, OrderCard):
                self.query_one(QuizCard).move_to(number - 1)
                self._redraw_items()
            elif number <= len(question.options):
                self._answer(number - 1)

    def _drill_about(self, number: int) -> None:
        try:
            drill = drill_about(self.summary, number, self.rehearse.studio, typed=self._typed)
        except RehearseError as error:
            self.show_error(error)
        else:
            if drill is not None:
                self.rehearse.visit(drill)

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

    action_undo_typing = action_undo

    def action_leave(self) -> None:
        """Back to where one came from: another screen, or the shell."""
        if self.alone:
            self.app.exit(0)
        else:
            self.dismiss()

    action_leave_typing = action_leave

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

        def chosen(section: SectionOutlook | None) -> None:
            if section is not None:
                self._open(QuizMode.SECTION, section.section_id, section.guide_id)

        assert self.session is not None
        self.app.push_screen(SectionDialog(self.session.outlook(self._now())), chosen)

    def action_aloud(self) -> None:
        """Every section aloud, with the microphone."""
        self.rehearse.visit(to.Quiz(self._guide_id, QuizMode.SPOKEN))

    action_switch_aloud = action_aloud
    action_switch = action_play
    action_switch_section = action_choose_section
