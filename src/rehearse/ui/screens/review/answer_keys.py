"""The keys of an answer's review, what is said of them, and when each of them is offered."""

from collections.abc import Callable

from textual.binding import Binding, BindingType

from rehearse.domain.answer import Answer
from rehearse.domain.guide import Section
from rehearse.ui.screens.room import COMMON_KEYS

# Those in the footer fit into 80 columns together, beside the panel's; what is said of a correction names `u`.
KEYS: list[BindingType] = [
    Binding("r", "again", "again", tooltip="Rehearse this scenario again", id="answer.again"),
    Binding("f", "follow_up", "ask", tooltip="Answer the interviewer's follow-up question", id="answer.follow-up"),
    Binding("s", "drill_section", "drill", tooltip="Drill this section in three rounds", id="answer.drill", show=False),
    Binding("l", "ladder", "ladder", tooltip="The same question in less and less time", id="answer.ladder", show=False),
    Binding("a", "said_anew", "anew", tooltip="The same answer in other words", id="answer.anew", show=False),
    Binding(
        "t",
        "follow_up(True)",
        "type",
        tooltip="Answer the follow-up question by typing",
        id="answer.type-follow-up",
        show=False,
    ),
    Binding(
        "N", "next", "next", show=False, tooltip="Rehearse what comes next, over all your answers", id="answer.next"
    ),
    Binding("m", "more", "more", tooltip="All of the advice, or its beginning", id="answer.more", show=False),
    Binding("space", "toggle_play", "play", tooltip="Play and pause the recording", id="answer.play", show=False),
    Binding(
        "comma", "jump(-5)", "5 s back", show=False, key_display=",", tooltip="Five seconds back", id="answer.back"
    ),
    Binding("full_stop", "jump(5)", "5 s on", show=False, key_display=".", tooltip="Five seconds on", id="answer.on"),
    Binding("minus", "speed(-1)", "slower", show=False, key_display="-", tooltip="Slower replay", id="answer.slower"),
    Binding(
        "plus,equals_sign",
        "speed(1)",
        "faster",
        show=False,
        key_display="+",
        tooltip="Faster replay",
        id="answer.faster",
    ),
    Binding("c", "correct", "correct", tooltip="Put your word over this mark", id="answer.correct"),
    Binding("u", "undo", "undo", tooltip="Take the last correction back", id="answer.undo", show=False),
    Binding("i", "excuse", "no filler", tooltip="This word is no filler", id="answer.excuse", show=False),
    Binding("n", "note", "note", tooltip="Write a note", id="answer.note", show=False),
    Binding("asterisk", "star", "star", key_display="*", tooltip="Star this answer", id="answer.star", show=False),
    Binding(
        "v",
        "compare",
        "compare",
        tooltip="Compare with an earlier attempt or the sample answer",
        id="answer.compare",
    ),
    Binding("g", "guide", "guide", tooltip="The guide's page about this mark, or the sample answer", id="answer.guide"),
    Binding("d", "delivery", "delivery", tooltip="Pace, fillers, pauses, hesitations", id="answer.delivery"),
    Binding("d", "no_delivery", show=False),
    Binding(
        "o",
        "second_opinion",
        "ask a friend",
        tooltip="Ask a friend about the marks, or read what one has sent back",
        id="answer.second-opinion",
        show=False,
    ),
    Binding("x", "export", "export", tooltip="Export this answer", id="answer.export", show=False),
    Binding(
        "delete",
        "delete",
        "delete",
        key_display="del",
        tooltip="Delete this answer; can be undone",
        id="answer.delete",
        show=False,
    ),
    *COMMON_KEYS,
]


def help_text(*, audible: bool) -> str:
    """What the screen is for; keys that play are told of where there is a recording."""
    keys = "**enter** on a mark plays its moment, **w** says" if audible else "**enter** or **w** on a mark says"
    word = "**enter** plays from the word under the cursor, " if audible else ""
    return (
        f"The panel shows what came up, with the words that earned it. {keys} why it was given, **c** puts your own "
        f"word over it. **tab** goes to the transcript: {word}**i** excuses a word that is no filler. **o** asks a "
        "friend what to think of marks. **f** answers what the interviewer asks next, **t** types that answer; **u** "
        "takes a correction back. Drills: **s** the section under the cursor, **l** the question in less time, **a** "
        "the same in other words."
    )


def offered(action: str, answer: Answer, follow_up: Callable[[], Section | None], *, audible: bool) -> bool:
    """Whether an action is possible with this answer; `follow_up` is asked for what the interviewer would ask about."""
    judged = answer.coverage is not None and answer.coverage.judged
    if action == "follow_up":
        return follow_up() is not None
    return {
        "undo": bool(answer.corrections),
        "delivery": answer.delivery is not None,
        "no_delivery": answer.delivery is None,
        "said_anew": judged and not answer.follow_up_of,
        "second_opinion": judged,
        "drill_section": judged,
        **dict.fromkeys(("toggle_play", "jump", "speed"), audible),
    }.get(action, True)
