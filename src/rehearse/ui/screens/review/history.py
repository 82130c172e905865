"""Past answers: a list to sort, narrow and search; open, compare, export, delete with a way back."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from rehearse.domain.answer import Answer, AnswerStatus, Source
from rehearse.domain.guide import Guide
from rehearse.errors import RehearseError
from rehearse.history.compare import hindrance
from rehearse.history.view import Listing, View
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.review.deleting import DeletingScreen
from rehearse.ui.screens.review.history_keys import KEYS, offered
from rehearse.ui.screens.room import Heading
from rehearse.ui.widgets.answer_list import AnswerList, headings


@dataclass(frozen=True)
class Opened:
    """An answer read whole, and its guide."""

    answer: Answer
    guide: Guide


class HistoryScreen(DeletingScreen):
    """The list of answers."""

    HELP = (
        "**/** searches every transcript and note: words match from their beginning, “quoted words” as a phrase. "
        "**space** picks two answers to compare with **v**; **x** and **d** take the picked ones too. Deleting moves "
        "to the trash: **U** brings back what went last, **T** shows what is there."
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self) -> None:
        super().__init__()
        self._guides: Mapping[str, Guide] = {}
        self._scenarios: list[tuple[str, str]] = []
        self._opened: str | None = None
        self._total = 0
        self._listed = True
        """There is an answer in the list, or it isn't known yet."""

    def compose_room(self) -> ComposeResult:
        yield Heading("History")
        search = Input(placeholder="words in any answer; “a phrase”; deplo finds deployed", id="search")
        search.display = False
        yield search
        yield Static(id="empty", classes="lead")
        yield Static(id="columns")
        yield AnswerList(id="answers")
        yield Static(id="named")

    def on_mount(self) -> None:
        self.query_one("#empty").display = False
        self.query_one(AnswerList).focus()

    def on_screen_resume(self) -> None:
        """An answer may have changed or gone; one that was deleted where it was read comes back with U all the same."""
        opened, self._opened = self._opened, None
        with suppress(RehearseError):  # gone for good meanwhile; or nothing can be read, as `look` says
            if opened and self.rehearse.equipment.store.get(opened).status is AnswerStatus.DISCARDED:
                self._forget(opened)
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Read the list again, off the UI thread."""
        studio, view, known = self.rehearse.studio, self.view, self._guides

        def read(_: Event) -> Listing:
            return view.look(studio.equipment.store, known or studio.equipment.library.readable())

        self.run_job("look", read)

    def _turn_to(self, view: View) -> None:
        self.view = view
        self.look()

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """Show the list, or open what was read."""
        if isinstance(done.result, Listing):
            self._show(done.result)
        elif isinstance(done.result, Opened):
            self._opened = done.result.answer.id
            self.rehearse.visit(to.Review(done.result.guide, done.result.answer))

    @on(JobFailed)
    def job_failed(self, failed: JobFailed) -> None:
        """Say what failed."""
        self.show_error(failed.error)

    def _show(self, listing: Listing) -> None:
        self._guides, self._scenarios, self._total = listing.guides, listing.scenarios, listing.total
        answers = self.query_one(AnswerList)
        answers.titles = {(g.id, s.id): s.title for g in listing.guides.values() for s in g.scenarios}
        answers.guides = {guide.id: guide.title for guide in listing.guides.values()}
        answers.kinds = listing.kinds
        answers.several_guides = len({guide_id for guide_id, _ in listing.scenarios}) > 1
        answers.now = listing.now
        answers.rows = listing.rows
        self._listed = bool(listing.rows)
        self.query_one("#empty", Static).update(Content(self.view.nothing))
        self.query_one("#empty").display = not self._listed
        for part in ("#columns", "#named"):
            self.query_one(part).display = self._listed
        hint = " · U brings one back, P empties it" if self.view.in_trash and self._listed else ""
        self.query_one(Heading).show(left=self.view.title + hint, right=self._state(len(listing.rows)))
        self.query_one("#columns", Static).update(
            Content.styled(headings(answers.size.width, several=answers.several_guides), "dim")
        )
        self._show_named()
        self.refresh_bindings()

    def _show_named(self) -> None:
        """What the answer under the cursor is an answer to, of which its row may have had no room for all."""
        answers = self.query_one(AnswerList)
        if current := answers.current:
            origin = "" if current.source is Source.MICROPHONE else f" ({current.source.value})"
            title = (f"{answers.title_of(current)}{origin}", "bold")
            self.query_one("#named", Static).update(Content.assemble(title, "\n", (answers.guide_of(current), "dim")))

    def _state(self, number: int) -> str:
        return self.view.state(number, self._total, self.query_one(AnswerList).titles)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        return offered(action, self.view, listed=self._listed)

    # -- narrowing -----------------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Type what to search for; results come while typing."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    @on(Input.Changed, "#search")
    def search_changed(self, event: Input.Changed) -> None:
        """Search again."""
        self._turn_to(self.view.searched(event.value))

    @on(AnswerList.Moved)
    def moved(self) -> None:
        """Name the answer; near the end of what a search brought so far: bring more."""
        self._show_named()
        answers = self.query_one(AnswerList)
        shown = len(answers.rows)
        if shown < self._total and answers.cursor >= shown - 1 and self.view.limit < self._total:
            self._turn_to(self.view.deeper())

    @on(Input.Submitted, "#search")
    def search_submitted(self) -> None:
        """To the results."""
        self.query_one(AnswerList).focus()

    def action_leave(self) -> None:
        """First out of the search and of the trash, then back."""
        search = self.query_one("#search", Input)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one(AnswerList).focus()
        elif self.view.in_trash:
            self.action_trash()
        else:
            self.dismiss()

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._turn_to(self.view.sorted_otherwise())

    def action_narrow(self) -> None:
        """All, then one scenario after the other of those that have answers."""
        self._turn_to(self.view.narrowed(self._guides, self._scenarios))

    def action_starred(self) -> None:
        """Starred only, or all."""
        self._turn_to(self.view.starred_or_all())

    def action_trash(self) -> None:
        """Between the answers and the trash."""
        self._turn_to(self.view.trash_or_answers())

    # -- one answer ----------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the answer under the cursor."""
        current, studio = self._current, self.rehearse.studio
        if current is None:
            return
        guide = self._guides.get(current.guide_id)
        if guide is None or not guide.has_scenario(current.scenario_id):
            what = "is gone" if guide is None else f"has no scenario “{current.scenario_id}” any more"
            self.notify(f"The guide “{current.guide_id}” {what}; the answer can still be exported.", markup=False)
            return

        def read(_: Event) -> Opened:
            return Opened(studio.equipment.store.get(current.id), guide)

        self.run_job("open", read)

    def action_pick(self) -> None:
        """Pick for comparing; a third pick replaces the first."""
        if current := self._current:
            picked = self.query_one(AnswerList).picked
            if current.id in picked:
                picked.remove(current.id)
            else:
                picked.append(current.id)
                del picked[:-2]
            self.query_one(AnswerList).refresh()
            self.query_one(AnswerList).action_move(1)

    def action_compare(self) -> None:
        """The two picked answers; with one picked, that and the one under the cursor."""
        picked = {one.id for one in self.query_one(AnswerList).chosen}
        if self._current and len(picked) < 2:
            picked.add(self._current.id)
        if len(picked) < 2:
            self.notify("Pick two answers with space first.")
            return
        self._compare(*sorted(picked))

    @work(group="keeping")
    async def _compare(self, first: str, second: str) -> None:
        async with self.keeping():
            left, right = [await asyncio.to_thread(self.rehearse.equipment.store.get, one) for one in (first, second)]
            if reason := hindrance(left, right, self._guides):
                self.notify(reason)
            elif self.is_current:
                self.rehearse.visit(to.Compare(self._guides[right.guide_id], right, left))

    def action_export(self) -> None:
        """This answer, or the picked ones."""
        if chosen := self.query_one(AnswerList).chosen:
            self.rehearse.visit(to.Export(tuple(sorted(one.id for one in chosen))))

    def action_progress(self) -> None:
        """How it goes over time."""
        current = self._current
        guide = self._guides.get(current.guide_id) if current else next(iter(self._guides.values()), None)
        if guide:
            self.rehearse.visit(to.Progress(guide))
