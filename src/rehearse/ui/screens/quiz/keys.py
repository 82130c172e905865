"""The keys of the quiz, and when each of them is offered."""

from collections.abc import Mapping
from datetime import datetime

from textual.binding import Binding, BindingType

from rehearse.domain.cards import OrderCard, RecallCard
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.questions import Outcome
from rehearse.quiz.session import QuizSession

_INSTEAD = (
    Binding("d", "switch('due')", show=False, tooltip="What is due today, instead", id="quiz.due-instead"),
    Binding("b", "switch('blitz')", show=False, tooltip="A blitz of 60 seconds, instead", id="quiz.blitz-instead"),
    Binding("B", "switch('long-blitz')", show=False, tooltip="A blitz of 120 seconds, instead", id="quiz.long-instead"),
    Binding("m", "switch_aloud", show=False, tooltip="Every section aloud, 15 seconds each", id="quiz.aloud-instead"),
    Binding("s", "switch_section", show=False, tooltip="The cards of one section, instead", id="quiz.section-instead"),
)
"""The same keys while a card is shown; there the footer has no room for them."""

SETTLES = 1.0
"""Seconds after a blitz in which number keys do nothing."""

HELP = (
    "Number keys answer at once; **space** or **enter** goes on. Where something is to be put in order: **j** and "
    "**k** choose, **J** and **K** move, **enter** is done. Where something is to be typed: commas between, in "
    "any order, spelling is forgiven. **0** says you don't know. **?** after an answer shows the guide's own "
    "words. **u** takes an answer back (**ctrl+z** while typing). **d**, **b**, **B** and **s** begin something "
    "else: what is due, a blitz of one or two minutes, one section; **m** asks "
    "every section aloud, with the microphone. Leave when you like: every card is kept."
)
BLITZ_HELP = (
    "Number keys answer at once; what was right goes straight on. After a wrong answer **space** or **enter** goes "
    "on and **?** shows the guide's own words. **0** says you don't know. **u** takes an answer back while the "
    "clock runs. Leave when you like: every answer is kept, a score only of a blitz that went to its end."
)

KEYS: list[BindingType] = [
    *(Binding(str(n), f"digit({n})", show=False) for n in range(1, 10)),
    Binding("0", "reveal", "don't know", tooltip="Show the answer; the card comes again", id="quiz.reveal"),
    Binding("space", "more", "more", tooltip="Read on, there is more below", id="quiz.more"),
    Binding("space,enter", "go_on", "go on", key_display="space", tooltip="Go on to the next card", id="quiz.on"),
    Binding("enter", "place", "done", tooltip="The items lie in order now", id="quiz.place", priority=True),
    Binding("space", "lift", show=False, tooltip="Lift the item, so that it goes along; drop it", id="quiz.lift"),
    Binding("j,down", "choose(1)", "pick", key_display="j/k", tooltip="Next item", id="quiz.down", priority=True),
    Binding("k,up", "choose(-1)", "choose", show=False, tooltip="Item before", id="quiz.up", priority=True),
    Binding("J,shift+down", "carry(1)", "move", key_display="J/K", tooltip="Move the item down", id="quiz.carry"),
    Binding("K,shift+up", "carry(-1)", "move", show=False, tooltip="Move the item up", id="quiz.carry-up"),
    Binding("u,ctrl+z", "undo", "undo", key_display="u", tooltip="Take the last answer back", id="quiz.undo"),
    Binding("ctrl+z", "undo_typing", "undo", tooltip="Take the last answer back", id="quiz.undo-typing"),
    Binding("h", "grade(2)", "hard", tooltip="It was hard: ask me earlier", id="quiz.hard"),
    Binding("e", "grade(4)", "easy", tooltip="It was easy: ask me later", id="quiz.easy"),
    Binding("question_mark", "explain", "explain", key_display="?", tooltip="The guide's own words", id="quiz.why"),
    Binding("d", "play('due')", "due", tooltip="What is due today", id="quiz.due"),
    Binding("b", "play('blitz')", "blitz", tooltip="Blitz: 60 seconds", id="quiz.blitz"),
    Binding("B", "play('long-blitz')", "long", tooltip="Blitz: 120 seconds", id="quiz.long-blitz"),
    Binding("t", "type", show=False, tooltip="Number keys: type about a section, or speak", id="quiz.type-about"),
    Binding("s", "choose_section", "section", tooltip="The cards of one section", id="quiz.section"),
    Binding("m", "aloud", "aloud", tooltip="Every section aloud, 15 seconds each", id="quiz.aloud"),
    *_INSTEAD,
    Binding("escape,q,ctrl+g", "leave", "back", key_display="q", tooltip="Back; all is kept", id="quiz.leave"),
    Binding("escape,ctrl+g", "leave_typing", "back", key_display="esc", tooltip="Back; all is kept", id="quiz.stop"),
    Binding("question_mark", "help", "help", key_display="?", tooltip="What one does here, and all keys"),
    Binding("f1", "help_always", "help", key_display="F1", show=False),
]


def is_open(session: QuizSession | None, *, over: bool) -> bool:
    """A question waits for its answer; `over` says that the end is shown."""
    return bool(session and not over and session.current and session.verdict is None)


def offers(session: QuizSession | None, mode: QuizMode, *, over: bool, now: datetime) -> Mapping[str, bool]:
    """Which actions are possible now, by name; those that aren't named always are.

    Args:
        session: the cards; None while they are being laid out.
        mode: the one asked for last.
        over: the end of the session is shown.
        now: UTC.
    """
    waiting = is_open(session, over=over)
    card = session.current.card if session and session.current else None
    verdict = session.verdict if session and not over else None
    typing = waiting and isinstance(card, RecallCard)
    ordering = waiting and isinstance(card, OrderCard)
    undoable = bool(session and session.asked and not session.is_over(now))
    switchable = session is not None and not over and not typing and not mode.seconds
    right = verdict is not None and verdict.outcome is Outcome.RIGHT
    return {
        "reveal": waiting and not typing,
        "more": waiting and not typing and not ordering,
        "go_on": verdict is not None,
        "explain": verdict is not None,
        "help": verdict is None,
        "place": ordering,
        "lift": ordering,
        "choose": ordering,
        "carry": ordering,
        "grade": right and not mode.seconds,
        "play": over,
        "type": over,
        "choose_section": over,
        "aloud": over,
        "switch_aloud": switchable,
        "switch": switchable,
        "switch_section": switchable,
        "undo": undoable and not typing,
        "undo_typing": undoable and typing,
        "leave": not typing,
        "leave_typing": typing,
    }
