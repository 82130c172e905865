"""Numbers as people read them, and choices."""

from collections.abc import Sequence


def counted(number: int, noun: str, several: str = "") -> str:
    """`1 mistake`, `2 mistakes`, `no mistakes`; `several` is the plural where it isn't made with an s."""
    return f"{number or 'no'} {noun if number == 1 else several or f'{noun}s'}"


def as_sentence(said: str) -> str:
    """`Too little was said.` of `too little was said`."""
    return f"{said[0].upper()}{said[1:]}."


def either(names: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def last_answers(judged: int, *, unheard: int = 0, unjudged: int = 0, noun: str = "answer") -> str:
    """`your last answer`, `your last 5 answers`; `the last 5 answers in which it was heard` where they aren't simply
    the last ones.

    Args:
        judged: how many count, at least one.
        unheard: answers since the first of them that don't count because what is spoken of couldn't be heard.
        unjudged: the same because it wasn't judged.
        noun: what to call one; "" for nothing.
    """
    number = noun if judged == 1 else f"{judged} {noun}s" if noun else f"{judged}"
    if unheard or unjudged:
        return f"the last {number} in which it was {'judged' if unjudged else 'heard'}"
    return f"your last {number}"


def sureness(chance: float) -> str:
    """How sure a mark is, `16 %` for 0.16; 99 % at most, for no mark is certain, whatever rounding makes of it."""
    return percent(min(0.99, chance))


def percent(share: float) -> str:
    """`16 %` for 0.16."""
    return f"{100 * share:.0f} %"
