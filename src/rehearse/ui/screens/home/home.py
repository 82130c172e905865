"""Home: pick a scenario and a way to answer; last results, what is due, what to do when there is nothing yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from rehearse.domain.kinds import Mode
from rehearse.domain.wording import counted
from rehearse.errors import RehearseError
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.discarded import IN_THE_TRASH
from rehearse.ui.drills import drill_for
from rehearse.ui.screens.home.guide_list import GuideList
from rehearse.ui.screens.home.keys import KEYS, SearchLine
from rehearse.ui.screens.home.lines import about_text, news_lines, today_line
from rehearse.ui.screens.home.listing import Choice, GuideRow, NextRow, is_unprepared
from rehearse.ui.screens.room import Heading, RoomScreen
from rehearse.ui.widgets.unbroken_text import UnbrokenText

if TYPE_CHECKING:
    from rehearse.domain.answer import Answer
    from rehearse.domain.guide import Guide
    from rehearse.services.overview import Overview


class HomeScreen(RoomScreen[None]):
    """The first screen."""

    HELP = (
        "Pick a scenario and press **enter**: you hear or read the question, think against a clock, answer aloud, "
        "and watch the coverage panel fill. **→** and **←** unfold and fold a guide, **/** finds one by words, **g** "
        "reads it. No microphone? **d** shows a whole rehearsal with a synthesised candidate, **f** marks a sound "
        "file, **t** marks a typed answer. **l** asks the question in less and less time."
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, notice: str = "") -> None:
        super().__init__()
        self._notice = notice
        self._overview: Overview | None = None
        self._prepared: Guide | None = None

    def compose_room(self) -> ComposeResult:
        yield Heading("rehearse", "practise interview answers aloud")
        yield SearchLine(placeholder="words of a title or a question", id="search")
        yield GuideList()
        yield Static(id="about")
        yield Static(id="news")
        yield UnbrokenText(id="today")

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self._list.focus()
        self.query_one("#about", Static).update(Content.styled("Opening the guides …", "dim"))
        self.watch_saves()

    def on_screen_resume(self) -> None:
        """Everything may have changed while another screen was up."""
        self.call_after_refresh(self.refresh_overview)

    def refresh_overview(self) -> None:
        """Read guides and answers again, off the UI thread; not while another screen, opened first, lies above."""
        if not self.is_current:
            return
        studio, now = self.rehearse.studio, datetime.now(UTC)
        self.run_job("overview", lambda _: studio.overview(now))

    def guides_saved(self) -> None:
        """Show a guide anew."""
        self.refresh_overview()

    @on(JobDone)
    def show_overview(self, done: JobDone) -> None:
        """Fill the list."""
        if done.job == "tidy":
            self.notify(f"{counted(cast('int', done.result), 'recording')} deleted.")
            self.refresh_overview()
        if done.job == "prepare" and done.result:
            self.notify(f"{done.result} The settings can change that.")
        if done.job == "overview":
            self._overview = cast("Overview", done.result)
            self._list.show(self._overview)
            self._show_news(self._overview)
            self.refresh_bindings()
            self._prepare()

    @on(JobFailed)
    def show_failure(self, failed: JobFailed) -> None:
        """The guides or the store can't be read."""
        if failed.job == "prepare":
            return  # whoever needs it is told then
        self.query_one("#about", Static).update("")
        self.show_error(failed.error)

    def _prepare(self) -> None:
        """While one still chooses, make ready what the first rehearsal with a guide would have to wait for."""
        choice, equipment = self._choice, self.rehearse.equipment
        if choice is None or not is_unprepared(choice, self._prepared):
            return
        self._prepared = choice.guide

        def prepare(_: Event) -> str:
            equipment.prepare(choice.guide)
            return equipment.choose_model()

        self.run_job("prepare", prepare)

    @property
    def _list(self) -> GuideList:
        return self.query_one(GuideList)

    @property
    def _choice(self) -> Choice | None:
        return self._list.choice

    @on(OptionList.OptionHighlighted)
    def show_choice(self) -> None:
        """Question and times of what is under the cursor."""
        if choice := self._choice:
            about = about_text(self._list.row, choice, self.rehearse.equipment.settings)
            self.query_one("#about", Static).update(about)
            self.prepare_to_say(choice.scenario.question, *(one.follow_up for one in choice.guide.sections))

    def _show_news(self, overview: Overview) -> None:
        settings = self.rehearse.equipment.settings
        news = news_lines(overview, settings, self._notice)
        self.query_one("#news", Static).update(Content("\n".join(news)))
        self.query_one("#news").display = bool(news)
        self.set_class(bool(news), "-news")  # the list leaves them room
        self.query_one("#today", UnbrokenText).update(Content(today_line(overview, settings)))
        self.query_one(Heading).show(right=f"{settings.mode.value} · {overview.models}")

    @on(OptionList.OptionSelected)
    def start_clicked(self) -> None:
        """A click on a scenario starts it, one on a guide unfolds it."""
        self.action_start()

    def action_unfold(self, unfold: bool) -> None:
        """List the scenarios of the guide under the cursor, or don't."""
        self._list.fold(unfold=unfold)

    def action_search(self) -> None:
        """Find a guide by words."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    @on(Input.Changed, "#search")
    def searching(self, event: Input.Changed) -> None:
        """List the guides that hold the words."""
        self._list.search(event.value)

    @on(Input.Submitted, "#search")
    def searched(self) -> None:
        """On to what was found."""
        self._list.focus()

    def action_start(self) -> None:
        """Rehearse the chosen scenario; the very first time, offer the microphone check. On a guide, unfold it."""
        row, choice, studio = self._list.row, self._choice, self.rehearse.studio
        if isinstance(row, GuideRow):
            self.action_unfold(not row.unfolded)
            return
        if choice is None:
            return

        def begin() -> None:  # as the settings are by then: the check may lead to them
            if isinstance(row, NextRow):
                self.rehearse.visit(drill_for(row.drill, studio))
            else:
                self.rehearse.visit(to.Rehearse(choice.guide, studio.plan(choice.guide, choice.scenario)))

        if studio.equipment.settings.checked_microphone:
            begin()
        else:
            self.rehearse.visit(to.CheckMicrophone(first_time=True), lambda go: begin() if go else None)

    def action_toggle_mode(self) -> None:
        """Coached or exam."""
        mode = Mode.EXAM if self.rehearse.equipment.settings.mode is Mode.COACHED else Mode.COACHED
        self.rehearse.change_settings(mode=mode)
        if self._overview:
            self._show_news(self._overview)
        self.show_choice()
        what = "the panel is lit while you speak" if mode is Mode.COACHED else "guess first, then the panel"
        self.notify(f"{mode.value.capitalize()}: {what}.")

    def action_demo(self) -> None:
        """A whole rehearsal by a synthesised candidate."""
        if choice := self._choice:
            self.rehearse.visit(to.Demo(choice.guide, choice.scenario))

    def action_file(self) -> None:
        """Mark a sound file."""
        if choice := self._choice:
            self.rehearse.visit(to.ChooseFile(choice.guide, choice.scenario))

    def action_type(self) -> None:
        """Mark a typed answer."""
        if choice := self._choice:
            self.rehearse.visit(to.TypeAnswer(choice.guide, self.rehearse.studio.plan(choice.guide, choice.scenario)))

    def action_ladder(self) -> None:
        """The question in less and less time."""
        if choice := self._choice:
            self.rehearse.visit(to.Ladder(choice.guide, choice.scenario))

    def action_interview(self) -> None:
        """Several questions in a row."""
        self.rehearse.visit(to.PlanInterview())

    def action_quiz(self) -> None:
        """The quick quiz."""
        self.rehearse.visit(to.Quiz(self._choice.guide.id if self._choice else None))

    def action_study(self) -> None:
        """Read the guide."""
        if choice := self._choice:
            self.rehearse.visit(to.Study(choice.guide, self._list.chapter_id))

    def action_history(self) -> None:
        """Past answers."""
        self.rehearse.visit(to.History())

    def action_progress(self) -> None:
        """How it goes over time."""
        if choice := self._choice:
            self.rehearse.visit(to.Progress(choice.guide))

    def action_microphone(self) -> None:
        """Check the microphone."""
        self.rehearse.visit(to.CheckMicrophone())

    def action_settings(self) -> None:
        """Settings."""
        self.rehearse.visit(to.ChangeSettings(), lambda _: self.refresh_overview())

    def action_unfinished(self) -> None:
        """Transcribe the recording that was cut off."""
        if self._overview and self._overview.unfinished:
            self._recover(self._overview.unfinished[0])

    def _recover(self, answer: Answer) -> None:
        if self._overview is None:
            return
        guide = next((g for g in self._overview.guides if g.id == answer.guide_id), None)
        if guide is None or not guide.has_scenario(answer.scenario_id):
            self._ask_whose(answer)
        else:
            self.rehearse.visit(to.Recover(guide, answer))

    def _ask_whose(self, answer: Answer) -> None:
        """Nothing tells which question a recording answers: offer the one under the cursor."""
        choice = self._choice
        if choice is None:
            self.notify("Move to the scenario that the recording answers, then press u again.")
            return
        from rehearse.ui.screens.dialogs import ConfirmDialog

        def attribute(yes: bool | None) -> None:
            if yes:
                scenario = choice.scenario
                whose = replace(answer, guide_id=choice.guide.id, scenario_id=scenario.id, question=scenario.question)
                self.rehearse.visit(to.Recover(choice.guide, whose))
            else:
                self.notify("Move to the scenario that it answers, then press u again.")

        self.app.push_screen(
            ConfirmDialog(
                f"Is the recording an answer to “{choice.scenario.title}”?",
                "Nothing else tells which question it answers. n lets you choose another scenario first.",
            ),
            attribute,
        )

    def take_discarded(self, answer_id: str) -> None:
        """A take was just discarded: say how it comes back."""
        self.rehearse.discarded.add(answer_id)
        self.refresh_bindings()
        self.notify(IN_THE_TRASH)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now; while words are typed, enter is the field's."""
        if action == "start":
            return not any(field.has_focus for field in self.query("#search"))
        if action == "restore":
            return bool(self.rehearse.discarded)
        if action == "unfinished":
            return bool(self._overview and self._overview.unfinished)
        return True

    def action_restore(self) -> None:
        """Bring the take back that was discarded last, and mark it."""
        try:
            answer = self.rehearse.discarded.bring_back(self.rehearse.equipment.store)
        except RehearseError as error:  # another rehearse deleted it for good meanwhile, or holds the store
            self.show_error(error)
        else:
            self._recover(answer)

    def action_tidy(self) -> None:
        """Delete the recordings that the settings don't keep any longer, once that is confirmed."""
        number = self._overview.stale_recordings if self._overview else 0
        if not number:
            self.notify("There is no recording to delete by your settings.")
            return
        from rehearse.ui.screens.dialogs import ConfirmDialog

        studio = self.rehearse.studio

        def tidy(yes: bool | None) -> None:
            if yes:
                self.run_job(
                    "tidy",
                    lambda _: studio.equipment.store.remove_audio(
                        studio.equipment.settings.keep_audio, datetime.now(UTC)
                    ),
                )

        self.app.push_screen(
            ConfirmDialog(
                f"Delete {counted(number, 'recording')}?",
                "Words and marks stay. This can't be undone. `rehearse history audio` lists them.",
            ),
            tidy,
        )

    def action_escape(self) -> None:
        """Out of the search; there is nowhere else to go back to."""
        search = self.query_one("#search", Input)
        search.value, search.display = "", False
        self._list.focus()

    def action_quit_app(self) -> None:
        """Quit."""
        self.rehearse.leave_by_key()
