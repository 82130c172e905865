"""A guide's problems as one error: a line each, as many as one wants to read."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rehearse.domain.shown import UNSAFE
from rehearse.domain.wording import counted
from rehearse.errors import GuideError

MOST_PROBLEMS = 40
"""Lines told of one file; who has mended these asks again."""

LONGEST_LINE = 400
"""Characters of a problem: a name or a value in it may have any length."""


class Problem(NamedTuple):
    """Where something stands, and what it is and what to write instead."""

    line: int
    column: int
    """Both from 1; columns count characters."""
    what: str

    def said(self, name: str) -> str:
        """One line; `name` is how it calls the file."""
        return _shortened(" ".join(f"{name}:{self.line}:{self.column}: {self.what}".split()))


def guide_error(problems: Sequence[Problem], name: str, *, more: int = 0) -> GuideError:
    """One line a problem, in the order of the file.

    Args:
        problems: all of them, or the first `MOST_PROBLEMS`.
        name: how they call the file.
        more: how many there are besides.
    """
    return GuideError("\n".join(told(problems, name, more=more)))


def told(problems: Sequence[Problem], name: str, *, more: int = 0, kind: str = "more problem") -> Iterator[str]:
    """The lines of `guide_error`; `kind` is what those are called that aren't told."""
    ordered = sorted(problems, key=lambda problem: problem[:2])
    yield from (problem.said(name) for problem in ordered[:MOST_PROBLEMS])
    more += len(ordered[MOST_PROBLEMS:])
    if more:
        yield f"{name}: and {counted(more, kind)}"


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def one_problem(name: str, what: str, line: int = 1, column: int = 1) -> GuideError:
    """What keeps a file from being read any further."""
    return GuideError(Problem(line, column, what).said(name))


def raise_any(problems: Sequence[Problem], name: str) -> None:
    """Raise GuideError if there are any."""
    if problems:
        raise guide_error(problems, name)


def unsafe_in(value: str) -> str:
    """What is wrong with a text that holds a character that is never shown, or ""."""
    found = UNSAFE.search(value)
    return f"the character U+{ord(found[0]):04X} isn't text, delete it" if found else ""
