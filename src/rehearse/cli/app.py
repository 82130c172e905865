"""Starts the app, and ends it so that no decoder thread is left behind."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rehearse.errors import SettingsError
from rehearse.live.studio import Studio
from rehearse.settings import Settings, find_places, load_settings

if TYPE_CHECKING:
    from textual.screen import Screen


def open_studio(*, device: str | None = None, model: str | None = None) -> tuple[Studio, str]:
    """The studio, and a notice if the settings couldn't be read (the defaults then hold)."""
    places = find_places()
    notice = ""
    try:
        settings = load_settings(places.config)
    except SettingsError as error:
        settings, notice = Settings(), str(error)
    if device is not None:
        settings = replace(settings, device=device)
    if model is not None:
        settings = replace(settings, model=model)
    return Studio(places, settings), notice


def run_app(
    *,
    device: str | None = None,
    model: str | None = None,
    first_screen: "Callable[[Studio], Callable[[], Screen[Any]]] | None" = None,
) -> int:
    """Run the app until it is left; the exit status."""
    studio, notice = open_studio(device=device, model=model)
    from rehearse.ui.app import RehearseApp

    app = RehearseApp(studio, first_screen(studio) if first_screen else None, notice=notice)
    try:
        app.run()
    finally:
        ended = studio.close()
    status = app.return_code or 0
    if not ended:
        # A thread inside the decoder at interpreter exit crashes the process; everything is on disk by now.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status
