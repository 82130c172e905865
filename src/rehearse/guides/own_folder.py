"""The folder of one's own guides: new ones are written into it, and the schema for editors lies there."""

import json
from contextlib import suppress
from pathlib import Path

from rehearse.errors import InputError
from rehearse.guides.checks import is_id
from rehearse.guides.library import GuideLibrary, labelled_for
from rehearse.guides.schema import SCHEMA_FILE
from rehearse.private import write_private
from rehearse.reading import read_text

_BYTES = 1_000_000


def new_path(library: GuideLibrary, folder: Path, guide_id: str) -> Path:
    """Where a new guide is to be written; raises InputError if it can't have this id."""
    if not is_id(guide_id):
        raise InputError(
            f"“{guide_id}” isn't an id", next_step="Use lower-case letters, digits and hyphens: my-question."
        )
    path = folder / f"{guide_id}.yaml"
    if path.exists() or path.is_symlink() or guide_id in library.ids():
        raise InputError(f"There is a guide “{guide_id}” already", next_step="Choose another id.")
    if guide := labelled_for(path):
        raise InputError(
            f"{path.name} would be taken for the labelled answers of “{guide}”", next_step="Choose another id."
        )
    return path


def write_guide(path: Path, text: str) -> None:
    """Write a guide of one's own, with the schema beside it; raises InputError."""
    try:
        write_private(path, text)
        keep_schema(path.parent, begin=True)
    except OSError as error:
        raise InputError(
            f"Can't write {path}",
            why=error.strerror or str(error),
            next_step="See that the folder may be written to and has room, or choose another with REHEARSE_HOME.",
        ) from error


def keep_schema(folder: Path, *, begin: bool = False) -> None:
    """Put the schema of this version where an older one's lies, or, to `begin`, where there is none; raises OSError."""
    path = folder / SCHEMA_FILE
    text = schema_text()
    if path.exists() or path.is_symlink():
        with suppress(OSError, UnicodeDecodeError):
            if read_text(path, _BYTES) == text:
                return
    elif not begin:
        return
    write_private(path, text)


def schema_text() -> str:
    """The JSON schema as a file."""
    return json.dumps(GuideLibrary.schema(), ensure_ascii=False, indent=2) + "\n"
