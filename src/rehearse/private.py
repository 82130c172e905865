"""Files and folders for their owner alone, whatever the umask; written whole or not at all."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from rehearse.files import replace_text

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone; raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=FOLDER, exist_ok=True)
    if not folder.is_dir():
        folder.mkdir(mode=FOLDER)  # says what stands in the way


def write_private(path: Path, text: str) -> None:
    """Write a text file of the owner's whole, its folder included; two programs at once don't mix.

    Raises OSError: it can't be written; what was there before stays.
    """
    make_private_folder(path.parent)
    replace_text(path, text)


def exposed(home: Path) -> list[Path]:
    """What others may read or change under a folder, itself first; links aren't followed. Nothing on Windows."""
    if os.name == "nt" or not home.is_dir():
        return []
    return [path for path in (home, *sorted(home.rglob("*"))) if _is_exposed(path, follow=path == home)]


def _is_exposed(path: Path, *, follow: bool) -> bool:
    try:
        mode = path.stat(follow_symlinks=follow).st_mode
    except OSError:
        return False
    return not stat.S_ISLNK(mode) and bool(mode & _OTHERS)


def protect(home: Path) -> int:
    """Take others' rights away from everything under a folder; returns of how many files and folders."""
    done = 0
    for path in exposed(home):
        with suppress(OSError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
            done += 1
    return done
