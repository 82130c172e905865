"""An answer that belongs to a drill, spoken or typed; when it is kept, the drill goes on."""

from dataclasses import replace
from functools import cached_property

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from rehearse.domain.answer import Answer
from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import Phase, Plan, clock_text
from rehearse.live.events import CoverageChanged, LiveEvent
from rehearse.services.draft import Draft
from rehearse.ui.destinations import DrillRound
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.room import Heading
from rehearse.ui.widgets.live_answer import LiveAnswer


def narrowed(guide: Guide, section_id: str | None) -> Guide:
    """The guide as if it had that section alone; whole for None."""
    if section_id is None:
        return guide
    return replace(guide, sections=(guide.section(section_id),), mistakes=())


class OneSectionAnswer(LiveAnswer):
    """An answer of which one section alone is judged."""

    def __init__(self, guide: Guide, seconds: float) -> None:
        """`guide` is narrowed to the section."""
        super().__init__(guide, seconds)
        self._wanted = {section.id for section in guide.sections}

    def show_event(self, event: LiveEvent) -> None:
        """Draw one event; marks of other sections are nothing to it."""
        if isinstance(event, CoverageChanged):
            event = replace(event, coverage=self._only(event.coverage))
        super().show_event(event)

    def _only(self, coverage: Coverage) -> Coverage:
        wanted = tuple(mark for mark in coverage.sections if mark.section_id in self._wanted)
        return replace(coverage, sections=wanted, mistakes=())


class DrillRoundScreen(RehearsalScreen):
    """A spoken answer of a drill."""

    HELP = (
        "One answer of a drill. Think while the clock runs; **enter** starts your answer, **enter** ends it, **p** "
        "pauses, **x** discards the take (it can be brought back). The drill goes on when it is marked. When the time "
        "is up you may end your sentence, no more."
    )

    def __init__(self, guide: Guide, plan: Plan, title: str, place: str) -> None:
        """`title` and `place` stand in the heading: which drill, which round."""
        super().__init__(narrowed(guide, plan.follow_up_section), plan)
        self._whole = guide
        self._title, self._place = title, place

    def on_mount(self) -> None:
        """Textual calls the base class's `on_mount` as well, which opens the microphone."""
        self.query_one(Heading).show(left=self._title, right=f"{self._place} · {clock_text(self.plan.clock.answer)}")

    def live_answer(self) -> LiveAnswer:
        """With the panel's one row where one section is asked for."""
        kind = LiveAnswer if self.plan.follow_up_section is None else OneSectionAnswer
        return kind(self.guide, self.plan.clock.answer)

    def typed_instead(self) -> DrillRound:
        """The same round, typed."""
        return DrillRound(self._whole, self.plan, self._title, self._place, typed=True)

    def show_answer(self, answer: Answer) -> None:
        """Back to the drill, which shows it."""
        del answer
        self._enter(Phase.DONE)
        self.dismiss()


class TypedRoundScreen(TypedScreen):
    """A typed answer of a drill."""

    HELP = (
        "Type what you would say. **ctrl+s** marks it, and the drill goes on. What you have typed is kept until then. "
        "The line below says how long it would take to say, against the time there is."
    )

    def __init__(self, guide: Guide, plan: Plan, title: str, place: str) -> None:
        """`title` and `place` stand in the heading: which drill, which round."""
        super().__init__(guide, plan)
        self._title, self._place = title, place

    @cached_property
    def draft(self) -> Draft:
        """Kept for this question alone."""
        return self.rehearse.equipment.draft(f"{self._title} {self._place} {self.plan.question}")

    def compose_room(self) -> ComposeResult:
        yield Heading(self._title, f"{self._place} · typed")
        yield Static(Content(f"“{self.plan.question}”"), id="question")
        yield TextArea(self.draft.read(), id="text", soft_wrap=True, show_line_numbers=False)
        yield Static(id="count")

    def spoken_length(self, words: int) -> str:
        """Against the time there is."""
        said, time = super().spoken_length(words), clock_text(self.plan.clock.answer)
        return f"{said}, of {time}" if " s " in said else f"{said}; {time} to say it in"

    def show_answer(self, answer: Answer) -> None:
        """Back to the drill, which shows it."""
        del answer
        self.dismiss()
