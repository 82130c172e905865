"""What of an answer isn't in its recording, or not in its words, in a sentence each."""

from rehearse.domain.answer import LEAST_AWAY, MICROPHONE_AWAY, OVERFLOWS, SOUND_LOST, Answer
from rehearse.domain.languages import other_language_line


def microphone_away(answer: Answer) -> float:
    """Seconds in which the microphone brought nothing; 0 where they aren't worth a word."""
    away = float(answer.settings.get(MICROPHONE_AWAY) or 0)
    return away if away >= LEAST_AWAY else 0.0


def missing_line(answer: Answer) -> str:
    """What of an answer isn't in its recording, or not in its words; empty where all of it is."""
    away, lost = microphone_away(answer), float(answer.settings.get(SOUND_LOST) or 0)
    said = []
    if away:
        said.append(f"The microphone was away for {max(1, round(away))} s: what was said then wasn't heard.")
    if lost:
        said.append(f"{lost:.1f} s of sound were lost: the machine was too busy.")
    elif answer.settings.get(OVERFLOWS):
        said.append("Some sound was lost: the machine was too busy. A word may be missing.")
    if foreign := other_language_line(answer.transcript):
        said.append(foreign)
    return " ".join(said)
