"""Changes of settings in their file, where several rehearses may write."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

from rehearse.claims import claim
from rehearse.errors import SettingsError
from rehearse.private import FILE, make_private_folder
from rehearse.settings import Places, Settings, load_settings, save_settings

_TRIES = 20
"""To have the file alone, a tenth of a second each: whoever has it for longer has been stopped or hangs."""


def write_changes(places: Places, known: Settings, changes: Mapping[str, Any]) -> Settings:
    """Write what was changed over what stands in the file by now; returns what stands there then.

    Args:
        places: the user's folders.
        known: what stood in the file when it could last be read; holds where it can't be any more.
        changes: settings by name.

    Raises:
        OSError: it can't be written.
    """
    with _alone(places):
        with suppress(SettingsError):  # what was changed meanwhile by another rehearse, or by hand, stays
            known = load_settings(places.config)
        known = replace(known, **changes)
        save_settings(known, places.config)
        return known


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Nobody else changes the file meanwhile, as far as that can be had: a change counts for more than its order.

    The file itself is replaced at every change, and so can't be what is locked.
    """
    lock = places.cache / "config.lock"
    held = None
    with suppress(OSError):
        make_private_folder(lock.parent)
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT, FILE))
        held = next(filter(None, (claim(lock) for _ in range(_TRIES))), None)
    try:
        yield
    finally:
        if held is not None:
            held.release()
