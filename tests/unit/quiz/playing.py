"""Cards and somebody who plays them, for the tests of sessions."""

from datetime import datetime, timedelta

from rehearse.quiz.session import QuizSession
from tests.unit.quiz.support import NOW, card, right

CARDS = [card(name, section=section) for name in "abcdefgh" for section in ("goal", "steps")]
MINUTE = timedelta(minutes=1)


def play(quiz: QuizSession, answers: str, now: datetime = NOW) -> list[str]:
    """Answer: r right, w wrong, 0 don't know; the ids asked."""
    asked = []
    for number, what in enumerate(answers):
        question = quiz.next(now + number * MINUTE)
        assert question is not None
        asked.append(question.card.id)
        good = right(question)
        assert isinstance(good, int)
        response = good if what == "r" else (good + 1) % len(question.options) if what == "w" else None
        quiz.answer(response, now + number * MINUTE)
    return asked
