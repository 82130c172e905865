"""One turn of an interview: a rehearsal that goes back to the interview with its answer."""

from functools import cached_property
from typing import ClassVar

from textual.binding import Binding, BindingType

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import Phase
from rehearse.errors import RehearseError
from rehearse.services.draft import Draft
from rehearse.services.interview_turns import Turn
from rehearse.ui.screens.interview.lines import left_line
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.rehearse.typed import TypedScreen
from rehearse.ui.screens.room import Heading


class TurnScreen(RehearsalScreen):
    """A question of an interview, or one that follows an answer."""

    HELP = (
        "Think while the clock runs, **enter** starts your answer and ends it. The interview goes on by itself: there "
        "may be a question about what you said, or the next one. **q** before you answer stops here: nothing is lost, "
        "and you can skip the question, bring back the one you skipped last, or come back later. **x** discards the "
        "take; you are asked again."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q", "leave", "stop", key_display="q", tooltip="Stop here; nothing is lost", id="interview.stop"
        ),
    ]

    def __init__(self, guide: Guide, turn: Turn) -> None:
        assert turn.plan is not None
        super().__init__(guide, turn.plan)
        self._turn = turn
        self.given: Answer | None = None
        """The answer, once it is kept and marked."""
        self.trouble = ""
        """Why there can be none."""

    def on_mount(self) -> None:
        """Textual calls the base class's `on_mount` as well."""
        self.query_one(Heading).show(*heading(self._turn))
        self.prepare_to_say(*self._turn.next_said, soon=False)

    def cannot_open(self, error: RehearseError) -> None:
        """There is nothing to hear: the interview offers to type."""
        self.trouble = f"{error.what}. enter tries again, t lets you type your answers."
        self._enter(Phase.DONE)
        self.dismiss()

    def show_answer(self, answer: Answer) -> None:
        """The answer is kept and marked: back to the interview."""
        self._enter(Phase.DONE)
        self.given = answer if answer.coverage is not None else None
        self.dismiss()


class TypedTurnScreen(TypedScreen):
    """The same, typed: where there is no microphone, or nobody may be heard."""

    def __init__(self, guide: Guide, turn: Turn) -> None:
        assert turn.plan is not None
        super().__init__(guide, turn.plan)
        self._turn = turn
        self.given: Answer | None = None
        """The answer, once it is kept and marked."""
        self.trouble = ""
        """Why there can be none."""

    @cached_property
    def draft(self) -> Draft:
        """Kept for this question alone."""
        return self.rehearse.equipment.draft(f"{self.plan.series_id} {self.plan.question}")

    def on_mount(self) -> None:
        """Textual calls the base class's `on_mount` as well."""
        self.query_one(Heading).show(*heading(self._turn))

    def show_answer(self, answer: Answer) -> None:
        """Back to the interview with it."""
        self.given = answer
        self.dismiss()


def heading(turn: Turn) -> tuple[str, str]:
    """What is asked, and how far the interview is."""
    interview = turn.kept.interview
    assert turn.plan is not None
    asked = "A question about your answer" if turn.is_follow_up else turn.plan.scenario.title
    return asked, f"question {turn.index + 1} of {len(interview.questions)} · {left_line(interview)}"
