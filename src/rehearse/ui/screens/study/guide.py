"""A guide to be read: contents at the left, one chapter at the right, sample answers that can be heard."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static

from rehearse.domain.rehearsal import section_drill
from rehearse.domain.transcript import Transcript
from rehearse.guides.chapters import Chapter, chapters, found_in
from rehearse.quiz.modes import QuizMode
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone
from rehearse.ui.screens.room import Heading
from rehearse.ui.screens.study.contents import Contents
from rehearse.ui.screens.study.drawing import page_rows, sample_highlights
from rehearse.ui.screens.study.keys import KEYS, offered
from rehearse.ui.screens.study.voice import Spoken, VoicedScreen
from rehearse.ui.widgets.hanging import HangingRows
from rehearse.ui.widgets.player_bar import PlayerBar
from rehearse.ui.widgets.transcript_view import TranscriptView

if TYPE_CHECKING:
    from threading import Event

    from rehearse.domain.guide import Guide, Scenario
    from rehearse.domain.rehearsal import Plan
    from rehearse.services.section_progress import Looked

SIDE_BY_SIDE = 76
"""Columns from which contents and chapter stand beside each other."""


class StudyScreen(VoicedScreen):
    """One chapter at a time."""

    HELP = (
        "Read what is really asked, how to build the answer, what a good one sounds like and what ruins it. **←** and "
        "**→** turn the page, the list at the left jumps, **/** searches. Sample answers are coloured by section: "
        "**v** reads one aloud, with the words lit. **d** lets you answer aloud what the page is about, **t** by "
        "typing, **k** asks its quiz cards."
    )
    MIN_SIZE = (60, 20)
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, guide: Guide, chapter_id: str = "question") -> None:
        super().__init__()
        self.guide = guide
        self._pages = chapters(guide)
        self.chapter: Chapter = next((page for page in self._pages if page.id == chapter_id), self._pages[0])
        self._searched = ""
        self._came_from: Chapter | None = None
        """What was read before a search that isn't over."""
        self._progress: dict[str, str] = {}
        self._single = False

    def compose_room(self) -> ComposeResult:
        yield Heading(self.guide.title)
        with Horizontal(id="study"):
            with Vertical(id="side"):
                yield Input(placeholder="words in this guide", id="search")
                yield Contents()
            with Vertical(id="page"):
                with VerticalScroll(id="prose", can_focus=False):
                    yield HangingRows(name="chapter")
                yield TranscriptView(live=False, id="sample")
                yield Static(id="voice")
                yield PlayerBar(0.0, available=True, id="player")

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self.query_one(TranscriptView).can_focus = False
        self._fill()
        self.query_one("#contents").focus()
        self._look()
        self.watch_saves()

    def on_resize(self, event: events.Resize) -> None:
        """Side by side, or one at a time."""
        self._single = event.size.width < SIDE_BY_SIDE
        self.set_class(self._single, "-single")
        self.remove_class("-contents")
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        """A drill or the quiz may have changed how one stands, and an editor the guide."""
        if self.is_mounted:
            self._look()

    def guides_saved(self) -> None:
        """Show the guide anew; say so where the save has broken it."""
        self._look()

    def _look(self) -> None:
        equipment, guide = self.rehearse.equipment, self.guide

        def look(_: Event) -> Looked:
            from rehearse.services.section_progress import look_at

            return look_at(equipment, guide, datetime.now(UTC))

        self.run_job("section_progress", look)

    # -- contents --------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """The contents, or what of them holds the words that are searched for."""
        found = found_in(self._pages, self.guide, self._searched)
        here = self.chapter if self.chapter in found else next(iter(found), None)
        self.query_one(Contents).list_chapters(found, here)
        if here is not None:
            self._show(here)

    @on(OptionList.OptionHighlighted, "#contents")
    def highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The chapter under the cursor is the one that is read."""
        page = next((one for one in self._pages if one.id == event.option_id), None)
        if page is not None and page is not self.chapter:
            self._show(page)

    @on(OptionList.OptionSelected, "#contents")
    def selected(self) -> None:
        """Back from the contents to the page, where only one of them is seen."""
        self.remove_class("-contents")

    def _show(self, page: Chapter) -> None:
        if page.id != self.chapter.id:
            self.replay.pause()
        self.chapter = page
        scenario = self.voiced_scenario
        self._draw()
        self.query_one("#prose", VerticalScroll).scroll_home(animate=False)
        view = self.query_one(TranscriptView)
        view.display = scenario is not None
        self.query_one("#page").set_class(scenario is not None, "-sample")
        if scenario is not None:
            view.transcript = Transcript.typed(scenario.sample_text)
            view.highlights = sample_highlights(scenario, self.guide)
            view.heard_word = None
            view.scroll_home(animate=False)
        self.say("")
        self.show_player()
        number = self._pages.index(page) + 1
        self.query_one(Heading).show(right=f"{number}/{len(self._pages)}")
        self.refresh_bindings()

    def _draw(self) -> None:
        kind, _, part = self.chapter.id.partition(":")
        section_progress = self._progress.get(part, "") if kind == "section" else ""
        self.query_one(HangingRows).show(page_rows(self.chapter, self.guide, section_progress, self._searched))

    @property
    def voiced_scenario(self) -> Scenario | None:
        """Whose sample answer this page shows."""
        kind, _, part = self.chapter.id.partition(":")
        return self.guide.scenario(part) if kind == "scenario" else None

    # -- keys ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what this page allows."""
        return offered(action, self.chapter, single=self._single)

    def action_turn(self, by: int) -> None:
        """Another chapter, of those that are listed."""
        self.query_one(Contents).turn(by)

    def action_contents(self) -> None:
        """Contents instead of the page, and back."""
        self.toggle_class("-contents")
        self.query_one("#contents").focus()

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        target = self.query_one(TranscriptView) if self.voiced_scenario else self.query_one("#prose")
        target.scroll_relative(y=by * max(1, target.size.height - 2), animate=False)

    def action_search(self) -> None:
        """Type what is looked for."""
        search = self.query_one("#search", Input)
        self._came_from = self.chapter
        search.display = True
        self.add_class("-contents")
        search.focus()

    @on(Input.Changed, "#search")
    def searching(self, event: Input.Changed) -> None:
        """List the chapters that hold it."""
        self._searched = event.value
        self._fill()
        self._draw()

    @on(Input.Submitted, "#search")
    def searched(self) -> None:
        """On to what was found."""
        self._came_from = None
        self.query_one("#contents").focus()
        self.remove_class("-contents")

    def action_leave(self) -> None:
        """First out of the search, then back."""
        search = self.query_one("#search", Input)
        if search.display:
            if self._came_from is not None:  # nothing was taken: back to what was read
                self.chapter = self._came_from
            self._searched = search.value = ""
            search.display = False
            self._fill()
            self.remove_class("-contents")
            self.query_one("#contents").focus()
        elif self.has_class("-contents"):
            self.remove_class("-contents")
        else:
            self.dismiss()

    def _plan(self) -> Plan:
        """What the page is about: its section, its scenario, or the first scenario."""
        studio = self.rehearse.studio
        kind, _, part = self.chapter.id.partition(":")
        if kind == "section":
            return section_drill(self.guide, part, studio.equipment.settings.mode)
        return studio.plan(self.guide, self.voiced_scenario or self.guide.scenarios[0])

    def action_drill(self) -> None:
        """Answer aloud what the page is about, a section in rounds."""
        self.replay.pause()
        kind, _, part = self.chapter.id.partition(":")
        if kind == "section":
            self.rehearse.visit(to.SectionDrill(self.guide, part))
        else:
            self.rehearse.visit(to.Rehearse(self.guide, self._plan()))

    def action_type(self) -> None:
        """Answer it typed."""
        self.replay.pause()
        self.rehearse.visit(to.TypeAnswer(self.guide, self._plan()))

    def action_quiz(self) -> None:
        """The quiz, about this section only where it is one."""
        self.replay.pause()
        kind, _, part = self.chapter.id.partition(":")
        if kind == "section":
            self.rehearse.visit(to.Quiz(self.guide.id, QuizMode.SECTION, part))
        else:
            self.rehearse.visit(to.Quiz(self.guide.id))

    @on(JobDone)
    def job_done(self, done: JobDone) -> None:
        """How one stands is known, or the voice is ready."""
        if isinstance(done.result, Spoken):
            self.take_voice(done.result)
        elif done.job == "section_progress":
            looked = cast("Looked", done.result)
            self._progress = looked.progress_by_section
            if looked.guide != self.guide:
                self._take_edited(looked.guide)
            if looked.trouble:
                self.notify(looked.trouble, severity="warning", markup=False)
            self._draw()

    def _take_edited(self, guide: Guide) -> None:
        """The same page of the guide as it was saved meanwhile, or the first where that page has gone."""
        self.forget_voice()
        self.guide, self._pages = guide, chapters(guide)
        self.chapter = next((page for page in self._pages if page.id == self.chapter.id), self._pages[0])
        self.query_one(Heading).show(left=guide.title)
        self._fill()
