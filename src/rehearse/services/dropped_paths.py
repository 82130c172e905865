"""Paths as terminals hand them over when a file is dropped: quoted, escaped, or as a URL."""

import shlex
from pathlib import Path
from urllib.parse import unquote, urlparse

from rehearse.files import typed_path

SOUND_SUFFIXES = frozenset(
    {
        *(".wav", ".flac", ".aiff", ".aif", ".caf", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wma", ".amr"),
        *(".webm", ".mp4", ".mov", ".mkv", ".avi", ".3gp"),
    }
)
"""Files offered in the tree; a typed path is tried whatever its name."""


def dropped_path(text: str) -> Path:
    """The path in a dropped or typed line; never raises."""
    text = text.strip()
    if text.startswith("file://"):
        try:
            return Path(unquote(urlparse(text).path))
        except ValueError:
            return Path(text)
    plain = typed_path(text)
    try:
        if plain.exists():
            return plain
        parts = shlex.split(text)
    except (OSError, ValueError):
        return plain
    return typed_path(parts[0]) if len(parts) == 1 else plain
