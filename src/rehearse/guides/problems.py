"""A guide's problems as one error: a line each, as many as one wants to read."""

from collections.abc import Sequence

from rehearse.domain.shown import UNSAFE
from rehearse.domain.wording import counted
from rehearse.errors import GuideError

MOST_PROBLEMS = 40
"""Lines told of one file; who has mended these asks again."""

LONGEST_LINE = 400
"""Characters of a problem: a name or a value in it may have any length."""

Problem = tuple[int, str]
"""Its line, and what it is and what to write instead."""


def guide_error(problems: Sequence[Problem], name: str, *, more: int = 0) -> GuideError:
    """One line a problem, in the order of the file.

    Args:
        problems: all of them, or the first `MOST_PROBLEMS`.
        name: how they call the file.
        more: how many there are besides.
    """
    ordered = sorted(problems, key=lambda problem: problem[0])
    lines = [_shortened(" ".join(f"{name}:{line}: {what}".split())) for line, what in ordered[:MOST_PROBLEMS]]
    more += len(ordered) - len(lines)
    if more:
        lines.append(f"{name}: and {counted(more, 'more problem')}")
    return GuideError("\n".join(lines))


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def raise_any(problems: Sequence[Problem], name: str) -> None:
    """Raise GuideError if there are any."""
    if problems:
        raise guide_error(problems, name)


def unsafe_in(value: str) -> str:
    """What is wrong with a text that holds a character that is never shown, or ""."""
    found = UNSAFE.search(value)
    return f"the character U+{ord(found[0]):04X} isn't text, delete it" if found else ""
