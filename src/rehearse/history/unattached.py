"""Recordings and answers that don't find each other: sound without a row, rows without sound."""

from pathlib import Path
from sqlite3 import Connection

from rehearse.claims import is_claimed


def unattached(connection: Connection | None, recordings: Path) -> list[Path]:
    """The sound files in the folder that belong to no answer and that nobody works on, the oldest first.

    Args:
        connection: the store; None where there is none.
        recordings: the folder; may be missing.
    """
    known = set()
    if connection is not None:
        rows = connection.execute("SELECT recording FROM answers WHERE recording IS NOT NULL")
        known = {row["recording"] for row in rows}
    found = (sound for sound in sorted(recordings.glob("*.wav")) if sound.name not in known)
    return [sound for sound in found if sound.is_file() and not is_claimed(sound)]


def count_missing(connection: Connection, recordings: Path) -> int:
    """How many answers have a recording on record whose file is gone."""
    rows = connection.execute("SELECT recording FROM answers WHERE recording IS NOT NULL")
    return sum(not (recordings / row["recording"]).is_file() for row in rows)
