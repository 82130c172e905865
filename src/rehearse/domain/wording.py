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


def sureness(chance: float) -> str:
    """How sure a mark is, `16 %` for 0.16; 99 % at most, for no mark is certain, whatever rounding makes of it."""
    return percent(min(0.99, chance))


def percent(share: float) -> str:
    """`16 %` for 0.16."""
    return f"{100 * share:.0f} %"
