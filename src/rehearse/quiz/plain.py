"""The quiz in plain lines, for screen readers and pipes: same cards, same planning, no drawing."""

from collections.abc import Callable
from datetime import datetime

from rehearse.domain.cards import CardKind, OrderCard, Rating, RecallCard
from rehearse.quiz.card_parts import ARROW, GAP, shortened
from rehearse.quiz.questions import Outcome, Question, Response, Verdict
from rehearse.quiz.session import QuizSession
from rehearse.quiz.summary import Asked, Summary

Say = Callable[[str], object]
Listen = Callable[[], str | None]
"""The next line typed, None at the end of the input."""

HINT = (
    "Answer with a number; 0 or an empty line: don't know, ?: the guide's own words on the card before, u: undo, "
    "h or e: it was hard or easy, q: quit."
)
LONGEST_MISSED = 90
"""Characters of a missed statement; one has just read all of it."""
MOST_REFUSED = 10
"""Lines that are no answer to one question, after which it counts as not known: a pipe would go on for ever."""
SAID = {Outcome.RIGHT: "Right.", Outcome.ALMOST: "Almost.", Outcome.WRONG: "Not quite."}


def run_plain(session: QuizSession, *, say: Say, listen: Listen, now: Callable[[], datetime]) -> None:
    """Ask until nothing is left, the time is up, the input ends or `q` comes; then say how it went."""
    session.start(now())
    say(HINT)
    question, number, fresh, refused = session.next(now()), 1, True, 0
    while question is not None:
        if fresh:
            refused = 0
            _ask(question, number, say)
        fresh = False
        line = listen()
        if line is None or line.strip() == "q":
            break
        if line.strip() == "u":
            undone = session.undo(now())
            say("Taken back." if undone else "There is nothing to take back.")
            question, number, fresh = undone or question, number - bool(undone), bool(undone)
            continue
        if _commanded(session, line.strip(), number - 1, say, now):
            continue
        try:
            response = _response(question, line.strip())
        except ValueError as error:
            refused += 1
            if refused < MOST_REFUSED:
                say(str(error))
                continue
            response = None
        verdict = session.answer(response, now())
        if verdict is None:
            break
        _tell(question, verdict, say)
        question, number, fresh = session.next(now()), number + 1, True
    say("")
    for line in summary_lines(session.summary(now()), blitz=bool(session.mode.seconds)):
        say(line)


def _ask(question: Question, number: int, say: Say) -> None:
    card = question.card
    say("")
    say(f"Question {number}{', new' if question.new else ''}. {card.question}")
    if card.statement:
        say(spoken(card.statement))
    for place, option in enumerate(question.options, 1):
        say(f"{place}. {option}")
    if isinstance(card, OrderCard):
        say("Type the numbers in the right order, with spaces between.")
    elif isinstance(card, RecallCard):
        say("Type your answer.")


def _commanded(session: QuizSession, line: str, before: int, say: Say, now: Callable[[], datetime]) -> bool:
    """Commands about the question `before` this one: this one's own words would give its answer away."""
    if line not in ("?", "h", "e"):
        return False
    if not session.asked:
        say("Answer first.")
    elif line == "?":
        say(f"On question {before}: {spoken(session.asked[-1].card.explanation)}")
    else:
        graded = session.grade(Rating.HARD if line == "h" else Rating.EASY, now())
        say("Noted." if graded else "That can't be changed.")
    return True


def _response(question: Question, line: str) -> Response:
    """What was typed as an answer; raises ValueError with a sentence."""
    card = question.card
    if line in ("0", ""):
        return None
    if isinstance(card, RecallCard):
        return line
    count = len(question.options)
    typed = line.replace(",", " ").split()
    if not all(part.isdecimal() and 1 <= int(part) <= count for part in typed):
        raise ValueError(f"Type a number from 1 to {count}.")
    numbers = [int(part) for part in typed]
    if isinstance(card, OrderCard):
        if sorted(numbers) != list(range(1, count + 1)):
            raise ValueError(f"Type each number from 1 to {count} once.")
        return tuple(question.options[number - 1] for number in numbers)
    if len(numbers) != 1:
        raise ValueError("Type one number.")
    return numbers[0] - 1


def _tell(question: Question, verdict: Verdict, say: Say) -> None:
    card, recall = question.card, verdict.recall
    right = verdict.outcome is Outcome.RIGHT
    said = SAID[verdict.outcome] if verdict.given else "Here it is."
    if recall is not None and len(recall.recalled) > 0 and not right:
        said += f" Missing: {', '.join(recall.missed)}."
    elif not right and card.right not in card.why:
        said += f" The answer is: {_sentence(card.right)}"
    whole = isinstance(card, RecallCard) and len(card.expected) > 1
    # A list that was right is told in the guide's spelling; of one that wasn't, what is missing has just been said.
    say(said if whole and not right else f"{said} {_sentence(card.why)}")


def spoken(text: str) -> str:
    """What a screen reader can say of a card's text."""
    return text.replace(ARROW, ", then ").replace(GAP, "blank")


def _sentence(text: str) -> str:
    return spoken(text) if text.endswith((".", "!", "?", ".”", "?”", "!”", "…")) else f"{spoken(text)}."


def _missed(one: Asked) -> str:
    """What was asked and the right answer, in sentences."""
    card = one.card
    asked = _place(card.statement) if card.kind is CardKind.GAP else card.statement or card.question
    return f"Missed: {_sentence(shortened(asked, LONGEST_MISSED))} The answer is: {_sentence(card.right)}"


def _place(row: str) -> str:
    """Where in a row of parts the gap is."""
    parts = row.split(ARROW)
    at = parts.index(GAP)
    if at == 0:
        return f"the part before {parts[1]}"
    return (
        f"the part after {parts[at - 1]}"
        if at == len(parts) - 1
        else f"the part between {parts[at - 1]} and {parts[at + 1]}"
    )


def summary_lines(summary: Summary, *, blitz: bool) -> list[str]:
    """How it went, a sentence a line."""
    lines = [f"{summary.right} of {summary.asked} right." if summary.asked else "Nothing was answered."]
    if blitz and summary.beaten:
        lines.append("Personal best.")
    elif blitz and summary.best is not None:
        lines.append(f"Your personal best is {summary.best}.")
    if summary.streak:
        lines.append(f"Streak: {summary.streak} {'day' if summary.streak == 1 else 'days'} in a row.")
    lines += [line for line in (summary.ahead, summary.outlook) if line]
    for one in summary.missed:
        lines.append(_missed(one))
    weak = [one for one in summary.sections if one.seen and not one.remembered]
    if weak:
        lines.append(f"Weakest first: {', '.join(one.title for one in weak)}.")
    return lines
