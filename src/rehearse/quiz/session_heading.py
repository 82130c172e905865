"""Where a session stands, in the few words of a heading."""

from datetime import datetime

from rehearse.domain.rehearsal import clock_text
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.session import QuizSession

TITLES = {
    QuizMode.DUE: "Quiz · due today",
    QuizMode.BLITZ: "Quiz · blitz",
    QuizMode.LONG_BLITZ: "Quiz · long blitz",
    QuizMode.SECTION: "Quiz · one section",
    QuizMode.SPOKEN: "Quiz · aloud",
}


def session_title(mode: QuizMode, *, section: str = "", guide: str = "") -> str:
    """The mode or the section asked, and whose card it is where that has to be said."""
    asked = f"Quiz · {section}" if mode is QuizMode.SECTION and section else TITLES[mode]
    return f"{asked} · {guide}" if guide else asked


def session_place(session: QuizSession, now: datetime) -> str:
    """`3 right · 0:41 left` in a blitz, else `12 to come · 1:05`."""
    seconds = session.seconds_left(now)
    if seconds is not None:
        return f"{session.score} right · {clock_text(seconds + 0.99)} left"
    left = session.left(now)
    clock = clock_text((now - session.started_at).total_seconds())
    return f"{'last card' if not left else f'{left} to come'} · {clock}"
