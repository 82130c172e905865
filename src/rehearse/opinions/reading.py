"""What a friend's browser saved, read back: bounded, checked, and anything wrong said in one sentence."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Len, MaxLen

from rehearse.domain.opinions import UNNAMED, Agreement, Label, Opinion
from rehearse.errors import InputError
from rehearse.opinions.saved import FORMAT, MOST_BYTES, MOST_COMMENT, MOST_LABELS, MOST_NAME, MOST_WORDS, VERSION
from rehearse.reading import read_text

_NEXT = "Ask your friend to save the answers on the page again and to send the file as it is."


@dataclass(frozen=True)
class _Mark:
    __pydantic_config__: ClassVar = {"extra": "forbid"}

    mark: Annotated[str, Len(1, 40)]
    state: Annotated[str, Len(1, 20)]
    agree: Agreement
    quote: Annotated[str, MaxLen(MOST_WORDS)] = ""
    comment: Annotated[str, MaxLen(MOST_COMMENT)] = ""


@dataclass(frozen=True)
class _Saved:
    """The schema; pydantic checks against it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    format: str
    version: Literal[1]
    answer: Annotated[str, Len(1, 60)]
    labels: Annotated[tuple[_Mark, ...], Len(1, MOST_LABELS)]
    friend: Annotated[str, MaxLen(MOST_NAME)] = ""
    comment: Annotated[str, MaxLen(MOST_COMMENT)] = ""


@dataclass(frozen=True)
class Returned:
    """What came back."""

    answer_id: str
    opinion: Opinion


def read_opinion(path: Path) -> Returned:
    """A friend's file.

    Raises:
        InputError: it is missing, too large, or not what the page saves.
    """
    try:
        text = read_text(path, MOST_BYTES)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}", next_step="Check the path.") from None
    except UnicodeDecodeError:
        raise _unfit(path, "it isn't UTF-8 text") from None
    except (OSError, ValueError) as error:
        raise InputError(
            f"Can't read {path}",
            why=getattr(error, "strerror", None) or str(error),
            next_step="Give the .json file that your friend saved.",
        ) from error
    return parse_opinion(text, path)


def parse_opinion(text: str, path: Path) -> Returned:
    """The text of a friend's file; raises InputError likewise, naming `path`."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise _unfit(path, "it isn't JSON") from None
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise _unfit(path, "it isn't what the page of a second opinion saves")
    if isinstance(plain.get("version"), int) and plain["version"] > VERSION:
        raise InputError(
            f"{path.name} can't be read", why="its page was written by a newer rehearse", next_step="Update rehearse."
        )
    from pydantic import TypeAdapter, ValidationError

    try:
        saved = TypeAdapter(_Saved).validate_python(plain)
    except ValidationError as error:
        raise _unfit(path, _first_problem(error)) from None
    labels = tuple(Label(one.mark, one.state, one.agree, _line(one.quote), _line(one.comment)) for one in saved.labels)
    if len({label.mark_id for label in labels}) < len(labels):
        raise _unfit(path, "it answers a question twice")
    return Returned(saved.answer, Opinion(_line(saved.friend) or UNNAMED, labels, _line(saved.comment)))


def _first_problem(error: Any) -> str:
    """`“labels 3, agree” should be 'yes', 'no' or 'can't tell'`, of pydantic's error."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ""
    for part in first["loc"]:
        where += f" {part + 1}" if isinstance(part, int) else f", {part}"
    message = first["msg"]
    return f"in “{where.removeprefix(', ')[:80]}”, {message[0].lower()}{message[1:]}"


def _line(text: str) -> str:
    """On one line: it stands beside a mark."""
    return " ".join(text.split())


def _unfit(path: Path, why: str) -> InputError:
    return InputError(f"{path.name} can't be taken as a second opinion", why=why, next_step=_NEXT)
