"""One answer, just given or kept: transcript and marks, replay, corrections, notes, what to do next."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from rehearse.delivery import as_corrected
from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.corrections import same_word, same_words, turned_around
from rehearse.domain.guide import Guide, Section
from rehearse.domain.opinions import Opinion
from rehearse.domain.rehearsal import follow_up_plan
from rehearse.domain.transcript import Transcript
from rehearse.services.remembered_corrections import teaches
from rehearse.services.replay import Replay, can_be_heard
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobFailed
from rehearse.ui.drills import drill_for
from rehearse.ui.glyphs import shortened
from rehearse.ui.highlights import highlights
from rehearse.ui.screens.dialogs import LineDialog
from rehearse.ui.screens.review.advice import advice, section_to_ask
from rehearse.ui.screens.review.answer_keys import KEYS, help_text, offered
from rehearse.ui.screens.review.drilling import DrillingScreen
from rehearse.ui.screens.review.pages import page_of
from rehearse.ui.screens.room import Heading
from rehearse.ui.widgets.coverage_panel import CoveragePanel
from rehearse.ui.widgets.mark_row import MarkRow
from rehearse.ui.widgets.next_line import NextLine
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.timeline import Timeline
from rehearse.ui.widgets.transcript_view import TranscriptView
from rehearse.ui.widgets.unbroken_text import UnbrokenText
from rehearse.ui.wording import facts, review_line


class AnswerScreen(DrillingScreen):
    """Review of one answer."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, guide: Guide, answer: Answer, *, at_word: int | None = None, again: bool = False) -> None:
        super().__init__()
        self.guide = guide
        self.answer = answer
        self._at_word, self._again = at_word, again
        self._refining = False
        self._replay = Replay(answer.transcript, self.open_player)
        self._audible = can_be_heard(answer)

    @property
    def help_now(self) -> str:
        """It depends on whether there is sound."""
        return help_text(audible=self._audible)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def compose_room(self) -> ComposeResult:
        yield Heading(self.guide.scenario(self.answer.scenario_id).title)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Static(Content.styled(f"“{self.answer.question}”", "bold"), id="asked")
                yield TranscriptView(live=False, audible=self._audible, id="transcript")
                yield Static(id="note")
            yield CoveragePanel(self.guide, live=False, audible=self._audible, id="panel")
        yield UnbrokenText(id="next")
        yield NextLine("N")
        yield Static(id="facts")
        yield Timeline(self.guide, id="timeline")
        yield PlayerBar(self.answer.duration, available=self._audible)

    def on_mount(self) -> None:
        view = self.query_one(TranscriptView)
        view.transcript = self.answer.transcript
        view.placeholder = "Nothing was heard in this answer."
        view.cursor = self._at_word
        (view if self._at_word is not None else self.query_one(CoveragePanel)).focus()
        self.show_answer()
        self.set_interval(1 / 30, self._follow_player)
        if self._again:
            self._read_again()

    def show_answer(self) -> None:
        """Draw everything that a correction or a note may change."""
        answer, marks = self.answer, self.answer.marks
        self.query_one(Heading).show(right=review_line(answer, datetime.now(UTC)))
        if marks:
            self.query_one(CoveragePanel).transcript = answer.transcript
            self.query_one(CoveragePanel).coverage = marks
            self.query_one(CoveragePanel).show_opinions(answer.opinions)
            self.query_one(TranscriptView).highlights = highlights(self.guide, marks)
        fillers = answer.delivery.fillers if answer.delivery else ()
        self.query_one(TranscriptView).fillers = frozenset(
            index for filler in fillers for index in range(filler.first_word, filler.end_word)
        )
        self._show_facts()
        self.query_one("#next", UnbrokenText).update(self._advice())
        self.query_one(Timeline).show(as_corrected(answer), answer.duration)
        self.query_one(PlayerBar).display = answer.source is not Source.TYPED
        note = self.query_one("#note", Static)
        said = [f"✎ {answer.notes}"] if answer.notes else []
        said += [f"{one.friend}: {one.comment}" for one in answer.opinions if one.comment]
        note.update(Content("\n".join(said)))
        note.display = bool(said)
        self.query_one(NextLine).look(self.rehearse.studio)
        self.refresh_bindings()

    def _show_facts(self) -> None:
        self._refining = self.rehearse.studio.rehearsals.is_refining(self.answer)
        self.query_one("#facts", Static).update(Content(facts(self.answer, refining=self._refining)))

    def _advice(self) -> Content:
        whole = self.query_one("#next", UnbrokenText).has_class("-whole")
        return advice(self.rehearse.studio, self.guide, self.answer, self.app.size, whole=whole)

    def on_screen_resume(self) -> None:
        """A follow-up question may have been answered meanwhile."""
        if self.is_mounted:
            self.query_one("#next", UnbrokenText).update(self._advice())
            self.refresh_bindings()
            self.query_one(NextLine).look(self.rehearse.studio)

    def on_resize(self, event: events.Resize) -> None:
        """The advice is cut to the room there is."""
        del event  # the base class has its own handler, which Textual calls too
        for line in self.query("#next").results(UnbrokenText):  # none while the screen is being left
            line.update(self._advice())

    # -- what comes meanwhile ------------------------------------------------------------------------------------------

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)

    def _take_refined(self) -> None:
        """The words may be heard better a moment after the marks are shown."""
        rehearsals = self.rehearse.studio.rehearsals
        if self._refining != rehearsals.is_refining(self.answer):
            self._show_facts()
        better = rehearsals.refined(self.answer)
        if better is None or self.answer.corrections or self.answer.excused:
            return
        mine = self.answer
        self._take(replace(better, notes=mine.notes, starred=mine.starred, guess=mine.guess))
        self.notify("The words were heard again, with more care.", timeout=3)

    def _take(self, answer: Answer) -> None:
        """Show the answer as it is kept now; its words may have been heard better since it was shown."""
        if answer.transcript != self.answer.transcript:
            self._replay.follow(answer.transcript)
            self.query_one(TranscriptView).hear_better(answer.transcript)
        self.answer = answer
        self.show_answer()

    @work(group="keeping")
    async def _read_again(self) -> None:
        """A correction may still have been on its way when this review was left."""
        async with self.keeping():
            self._take(await asyncio.to_thread(self.rehearse.equipment.store.get, self.answer.id))

    def _follow_player(self) -> None:
        self._take_refined()
        self.show_position()

    @on(CoveragePanel.MarkSelected)
    def show_mark(self, selected: CoveragePanel.MarkSelected) -> None:
        """Show the words of the mark under the cursor."""
        if selected.mark.evidence:
            self.query_one(TranscriptView).cursor = selected.mark.evidence[0].first_word

    # -- the user's word ---------------------------------------------------------------------------------------------

    def action_correct(self) -> None:
        """Turn the mark under the cursor around: yours wins and is shown as such."""
        if (row := self.query_one(CoveragePanel).row) is not None:
            view = self.query_one(TranscriptView)
            # Only a word that was pointed at is evidence; the cursor also goes along with the marks.
            self._correct(row, view.cursor if view.has_focus else None, self.answer.transcript)

    @work(group="keeping")
    async def _correct(self, row: MarkRow, word: int | None, pointed_at: Transcript) -> None:
        async with self.keeping():
            if (mark := row.mark) is None:  # as it stands after a correction that was on its way
                return
            # The words may be heard better between the key and now.
            word = same_word(word, pointed_at, self.answer.transcript)
            correction = turned_around(mark, self.answer.transcript, word, self.answer.corrections)
            self._take(await asyncio.to_thread(self.rehearse.studio.correct, self.guide, self.answer, correction))
            learns = self.rehearse.equipment.settings.remember_corrections and teaches(
                self.guide, self.answer.coverage, self.answer.corrections[-1]
            )
            remembered = " It is remembered for later answers." if learns else ""
            self.app.clear_notifications()
            self.notify(f"Your word stands.{remembered} u takes it back.", timeout=3)

    @work(group="keeping")
    async def action_undo(self) -> None:
        """Take the last correction back."""
        async with self.keeping():
            if not self.answer.corrections:
                self.notify("There is no correction to take back.")
                return
            taken_back = self.answer.corrections[-1].mark_id
            self._take(await asyncio.to_thread(self.rehearse.studio.undo_correction, self.guide, self.answer))
            self.app.clear_notifications()
            stands = any(one.mark_id == taken_back for one in self.answer.corrections)
            whose = "your word before it stands" if stands else "the mark is the engine's again"
            self.notify(f"Taken back: {whose}.", timeout=3)

    def action_excuse(self) -> None:
        """The word under the cursor is no filler; again: it is."""
        cursor = self.query_one(TranscriptView).cursor
        if cursor is not None and self.answer.delivery is not None:
            self._excuse(cursor, self.answer.transcript)

    @work(group="keeping")
    async def _excuse(self, word: int, pointed_at: Transcript) -> None:
        async with self.keeping():
            # The words may be heard better between the key and now.
            words = set(same_words([word], pointed_at, self.answer.transcript))
            excused = tuple(sorted(set(self.answer.excused) ^ words))
            self._take(await asyncio.to_thread(self.rehearse.studio.excuse, self.answer, excused))

    def action_note(self) -> None:
        """Write a note."""

        def keep(text: str | None) -> None:
            if text is not None:
                self._note(text)

        self.app.push_screen(LineDialog("Your note on this answer", self.answer.notes), keep)

    @work(group="keeping")
    async def _note(self, text: str) -> None:
        async with self.keeping():
            await asyncio.to_thread(self.rehearse.equipment.store.note, self.answer.id, text)
            self.answer = replace(self.answer, notes=text)
            self.show_answer()

    @work(group="keeping")
    async def action_star(self) -> None:
        """Star it, or not."""
        async with self.keeping():
            starred = not self.answer.starred
            await asyncio.to_thread(self.rehearse.equipment.store.star, self.answer.id, starred)
            self.answer = replace(self.answer, starred=starred)
            self.show_answer()

    # -- going on ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible with this answer."""
        if action == "next":
            return any(line.drill is not None for line in self.query(NextLine))
        return offered(action, self.answer, self._follow_up_section, audible=self._audible)

    def _follow_up_section(self) -> Section | None:
        return section_to_ask(self.rehearse.studio, self.guide, self.answer)

    def action_follow_up(self, typed: bool = False) -> None:
        """The interviewer asks about what was left out."""
        if section := self._follow_up_section():
            self._replay.put_down()
            plan = follow_up_plan(self.guide, self.answer, section.id, Mode.COACHED)
            self.rehearse.visit(to.TypeAnswer(self.guide, plan) if typed else to.Rehearse(self.guide, plan))

    def action_again(self) -> None:
        """Rehearse this scenario once more, in the same way."""
        self._replay.put_down()
        plan = self.rehearse.studio.plan(self.guide, self.guide.scenario(self.answer.scenario_id))
        self._rehearse(to.Rehearse(self.guide, plan))

    def action_next(self) -> None:
        """Rehearse what comes next, as the home screen proposes it."""
        if drill := self.query_one(NextLine).drill:
            self._replay.put_down()
            self._rehearse(drill_for(drill, self.rehearse.studio))

    def _rehearse(self, what: to.Rehearse) -> None:
        """In this review's place: typed, where this answer was; who gives no answer comes back."""
        back = to.Review(self.guide, self.answer, again=True)
        typed = self.answer.source is Source.TYPED
        made = to.TypeAnswer if typed else to.Rehearse
        self.rehearse.move_to(made(what.guide, what.plan, back))

    def action_more(self) -> None:
        """All of the advice, or again what there is room for."""
        line = self.query_one("#next", UnbrokenText)
        line.toggle_class("-whole")
        line.update(self._advice())

    def action_guide(self) -> None:
        """The guide's page about the mark under the cursor; from the transcript, the sample answer."""
        self._replay.pause()
        panel = self.query_one(CoveragePanel)
        mark = panel.selected if panel.has_focus else None
        self.rehearse.visit(to.Study(self.guide, page_of(mark, self.answer)))

    def action_compare(self) -> None:
        """Side by side with an earlier attempt or the sample answer."""
        self._replay.pause()
        self.rehearse.visit(to.Compare(self.guide, self.answer))

    def action_delivery(self) -> None:
        """How it was spoken; comes back with a moment to hear."""
        if (figures := as_corrected(self.answer)) is not None:
            self._replay.pause()
            spoken = to.HowSpoken(self.guide, figures, audible=self._audible)
            self.rehearse.visit(spoken, self.hear_moment)

    def action_no_delivery(self) -> None:
        """Why there is none."""
        typed = self.answer.source is Source.TYPED
        self.notify("Typed: there is no delivery to show." if typed else "There are no figures of how it was spoken.")

    def action_second_opinion(self) -> None:
        """Ask a friend about the marks, or take what one has sent back."""
        self._replay.pause()
        self.rehearse.studio.rehearsals.let_be()  # what a friend is shown stays as it is
        self.rehearse.visit(to.SecondOpinion(self.answer), self._show_opinions)

    def _show_opinions(self, opinions: tuple[Opinion, ...]) -> None:
        self.answer = replace(self.answer, opinions=opinions)
        self.show_answer()

    def action_export(self) -> None:
        """Write this answer to files."""
        self.rehearse.studio.rehearsals.let_be()
        self.rehearse.visit(to.Export((self.answer.id,)))

    @work(group="keeping")
    async def action_delete(self) -> None:
        """Move to the trash; the list offers to bring it back."""
        async with self.keeping():
            await asyncio.to_thread(self.rehearse.equipment.store.discard, self.answer.id)
            title = shortened(self.guide.scenario(self.answer.scenario_id).title, 40)
            if self.is_current:  # else something was opened over it meanwhile
                self.dismiss()
            self.notify(f"“{title}” is in the trash. U on the history screen brings it back.", markup=False)
