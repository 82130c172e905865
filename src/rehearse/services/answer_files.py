"""Files that hold an answer: texts are read here, and of each file it is known whether it was marked before."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rehearse.errors import InputError, StoreError
from rehearse.reading import read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rehearse.domain.rehearsal import Plan
    from rehearse.history.database import Database

_TEXT_SUFFIXES = (".txt", ".md")


def is_text(name: str) -> bool:
    """By its name the file is a text; any other is taken for sound."""
    return name.lower().endswith(_TEXT_SUFFIXES)


def read_answer(path: Path) -> str:
    """A text file's text; raises InputError."""
    try:
        return read_text(path)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}", next_step="Check the path.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} isn't UTF-8 text", next_step="Save it as UTF-8, or give a sound file.") from None
    except OSError as error:
        raise InputError(
            f"Can't read {path}", why=error.strerror or str(error), next_step="Name a text or sound file."
        ) from error


def digest_of(
    path: Path, plan: Plan, database: Callable[[], Database], remark: Callable[[str], object] | None = None
) -> str:
    """The digest of a file, "" where it can't be told: a pipe could be read but once.

    Args:
        path: sound or text.
        plan: what it answers.
        database: where answers are kept; asked only if somebody is to be told.
        remark: told if the same was marked for this question before, whatever the file was called.
    """
    from rehearse.domain.moments import local_text
    from rehearse.history.same_file import last_marked
    from rehearse.weights import sha256

    try:
        digest = sha256(path) if path.is_file() else ""
    except OSError:
        digest = ""
    if not digest or remark is None:
        return digest
    with suppress(StoreError):  # then whoever keeps the answer says so
        earlier = last_marked(database(), plan.guide_id, plan.scenario.id, digest)
        if earlier is not None:
            when = local_text(earlier)
            remark(f"{path.name} was marked for this question before ({when}); it is kept again, but counts once.")
    return digest
