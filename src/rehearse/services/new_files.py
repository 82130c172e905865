"""Files for people, written where they say: whole or not at all, for their owner alone, and never over another."""

import errno
from pathlib import Path

from rehearse.errors import InputError
from rehearse.files import replacing
from rehearse.private import make_private_folder


def write_new(path: Path, text: str, *, make_folder: bool = False) -> None:
    """Write a text as UTF-8; a lone surrogate becomes a question mark.

    Args:
        path: where to.
        text: what is written.
        make_folder: make the folder if need be, for its owner alone too.

    Raises:
        InputError: a file of that name is there, or it can't be written.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder", next_step="Name a file in it.")
    if path.exists():
        raise InputError(f"There is a file {path} already", next_step="Choose another name.")
    try:
        if make_folder:
            make_private_folder(path.parent)
        with replacing(path) as file:
            file.write(text.encode(errors="replace"))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise InputError(
            f"Can't write {path}",
            why="the disk is full" if full else error.strerror or str(error),
            next_step="Free some space, or choose another folder." if full else "Choose another folder.",
        ) from error
