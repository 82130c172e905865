"""What follows a finished answer: in an exam first one's own guess, else the review at once."""

from typing import Any

from textual.screen import Screen

from rehearse.domain.answer import Answer, Mode
from rehearse.domain.guide import Guide


def screen_after(guide: Guide, answer: Answer) -> Screen[Any]:
    """The screen that shows a marked answer first."""
    if answer.mode is Mode.EXAM and answer.coverage is not None and answer.coverage.judged:
        from rehearse.ui.screens.guess import GuessScreen

        return GuessScreen(guide, answer)
    from rehearse.ui.screens.answer import AnswerScreen

    return AnswerScreen(guide, answer, fresh=True)
