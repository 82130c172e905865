"""One turn of an interview: a rehearsal that goes back to the interview with its answer."""

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide
from rehearse.domain.rehearsal import Phase
from rehearse.services.interviews import Turn
from rehearse.ui.screens.interview.lines import left_line
from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen
from rehearse.ui.screens.room import Heading


class TurnScreen(RehearsalScreen):
    """A question of an interview, or one that follows an answer."""

    HELP = (
        "Think while the clock runs, **enter** starts your answer and ends it. The interview goes on by itself: there "
        "may be a question about what you said, or the next one. **q** before you answer stops here: nothing is lost, "
        "and you can skip the question or come back later. **x** discards the take; you are asked again."
    )

    def __init__(self, guide: Guide, turn: Turn) -> None:
        assert turn.plan is not None
        super().__init__(guide, turn.plan)
        self._turn = turn
        self.given: Answer | None = None
        """The answer, once it is kept and marked."""

    def on_mount(self) -> None:
        """Textual calls the base class's `on_mount` as well."""
        interview = self._turn.kept.interview
        number, of = self._turn.index + 1, len(interview.questions)
        asked = "A question about your answer" if self._turn.is_follow_up else self.plan.scenario.title
        self.query_one(Heading).show(asked, f"question {number} of {of} · {left_line(interview)}")

    def show_answer(self, answer: Answer) -> None:
        """The answer is kept and marked: back to the interview."""
        self._enter(Phase.DONE)
        self.given = answer if answer.coverage is not None else None
        self.dismiss()
