"""What a rehearsal says to the person who gives the answer."""

from rehearse.domain.languages import NAMES
from rehearse.domain.rehearsal import Plan
from rehearse.errors import RehearseError

LEVELS = {1: "beginner 1/3", 2: "intermediate 2/3", 3: "advanced 3/3"}


def spoken_question(plan: Plan) -> str:
    """What the interviewer says: what leads to the question, and the question."""
    return f"{plan.lead} {plan.question}".strip()


def shown_question(plan: Plan) -> str:
    """The same in writing."""
    return f"{plan.lead}\n“{plan.question}”".strip()


def where_words_appear(too_slow: str) -> str:
    """When one sees one's words; `too_slow`: the speech model, where it can't follow a speaker here."""
    if too_slow:
        return f"{too_slow} is too slow to follow you here; the text comes after the answer."
    return "Your words appear here, a moment after you pause."


def thinking_hint(*, is_open: bool, is_ready: bool, too_slow: str, by_voice: bool, is_over: bool) -> str:
    """What happens next while one thinks.

    Args:
        is_open: the microphone is.
        is_ready: the speech model is.
        too_slow: the speech model, where it can't follow a speaker here.
        by_voice: the answer begins with the voice.
        is_over: the time to think is.
    """
    if not is_open:
        return "Opening the microphone and the speech model …"
    if by_voice and is_over:
        return "Speak: your answer begins with your first word (or enter)."
    start = "When the time is up, just speak" if by_voice else "it starts by itself when the time is up"
    think = f"Think. enter starts your answer{'. ' if by_voice else '; '}{start}."
    if too_slow:
        return f"{think}  ({where_words_appear(too_slow)})"
    return think if is_ready else f"{think}  (The speech model is still loading; nothing you say is lost.)"


def finishing_words(*, is_saving: bool) -> str:
    """Why one can't leave just now."""
    waits = "it is saved once there is room" if is_saving else "the last words are being decoded"
    return f"Just a moment: {waits}."


def other_language(code: str) -> str:
    """Somebody answers in another language, of that ISO 639-1 code."""
    name = NAMES.get(code, "another language")
    return f"That sounded like {name}: only English is written down and marked."


def held_in_memory(error: RehearseError) -> str:
    """The answer can't be kept at the moment."""
    return f"{error.what}: {error.why}. All is held in memory; free some space and it is saved by itself."
