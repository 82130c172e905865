"""Starts the app, and ends it so that no decoder thread is left behind."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.cli.responsive import answer_keys_quickly
from rehearse.cli.terminal import keys_are_still_read, screen_kept_clean, told_to_end, want_terminal
from rehearse.cli.traces import name_traces_once
from rehearse.domain.kinds import Source
from rehearse.domain.shown import shown_line
from rehearse.errors import DeviceError, InputError, ModelError, SettingsError, StoreError
from rehearse.memory import keep_few_heaps
from rehearse.services.equipment import Equipment
from rehearse.services.studio import Studio
from rehearse.settings import Places, Settings, find_places, load_settings

if TYPE_CHECKING:
    from rehearse.ui.destinations import Destination


def open_studio(*, device: str | None = None, model: str | None = None, guide: str | None = None) -> tuple[Studio, str]:
    """The studio, and a notice if the settings couldn't be read (the defaults then hold).

    Args:
        device: microphone by name or part of it, for this run; never written into the settings.
        model: speech model by name or folder, likewise.
        guide: a guide's file, or the id of one of the user's, to be tried in this run.

    Raises:
        InputError: there is no such microphone, or no such model here.
        GuideError: the guide can't be used: every problem of it.
    """
    places = find_places()
    tried = _sound_guide(guide, places) if guide is not None else None
    notice = ""
    try:
        settings = load_settings(places.config)
    except SettingsError as error:
        settings, notice = Settings(), f"{error} Until then the defaults hold."
    notice = " ".join(filter(None, (notice, name_traces_once(places))))
    chosen = settings
    if device is not None:
        chosen = replace(chosen, device=_known_device(device))
    if model is not None:
        chosen = replace(chosen, model=_known_model(model, places))
    return Studio(Equipment(places, chosen, kept=settings, tried=tried)), notice


def studio_for_command(*, model: str | None = None) -> Studio:
    """What a command without a screen works with; settings that can't be read are said, and the defaults hold.

    Raises:
        InputError: as `open_studio`.
    """
    studio, notice = open_studio(model=model)
    if notice:
        print(f"rehearse: {shown_line(notice)}", file=sys.stderr)
    return studio


def _known_device(name: str) -> str:
    """The name of a microphone that is there; any name where sound doesn't work, for the app says why itself."""
    from rehearse.audio.devices import find_input, portaudio

    if not name.strip():
        raise InputError("--device wants a microphone's name", next_step="`rehearse doctor` shows the one in use.")
    try:
        portaudio()
    except DeviceError:
        return name
    try:
        find_input(name)
    except DeviceError as error:
        raise InputError(error.what, why=error.why, next_step=error.next_step) from error
    return name


def _sound_guide(name: str, places: Places) -> Path:
    """The file of a guide that passes the check."""
    from rehearse.guides.library import GuideLibrary

    library = GuideLibrary(places.guides)
    path = library.named(name)
    library.check(path)
    return path.absolute()


def _known_model(name: str, places: Places) -> str:
    """The name of a model that is here."""
    from rehearse.speech.models import find_model

    try:
        find_model(name, models=places.models, cache=places.cache)
    except ModelError as error:
        raise InputError(error.what, why=error.why, next_step=error.next_step) from error
    return name


def run_app(
    *,
    device: str | None = None,
    model: str | None = None,
    guide: str | None = None,
    first: "Callable[[Studio], Destination] | None" = None,
    instead: str = "rehearse score",
) -> int:
    """Run the app until it is left; the exit status.

    Args:
        device: as for `open_studio`.
        model: likewise.
        guide: likewise.
        first: shown over the home screen, or instead of it if it stands alone.
        instead: the command to name where there is no terminal.

    Raises:
        InputError: there is no terminal, or as for `open_studio`.
    """
    want_terminal(instead)
    answer_keys_quickly()
    keep_few_heaps()
    studio, notice = open_studio(device=device, model=model, guide=guide)
    from rehearse.ui.app import RehearseApp

    destination = first(studio) if first else None
    begun = datetime.now(UTC)
    with screen_kept_clean(studio.equipment.places.log):
        app = RehearseApp(studio, destination, notice=notice)
        try:
            with told_to_end(app.leave):
                app.run()
        finally:
            ended = studio.close() and not keys_are_still_read()
    if _was_cut_off(studio, begun):
        print("Your answer was cut off. Its recording is safe: u on the home screen transcribes it.", file=sys.stderr)
    status = app.return_code or 0
    if not ended:
        # A thread inside the decoder at interpreter exit crashes the process, one that reads keys keeps it alive. All
        # that was said is on disk by now.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def _was_cut_off(studio: Studio, begun: datetime) -> bool:
    """An answer begun since then was left before it was finished."""
    try:
        left = studio.equipment.store.cut_off()
    except StoreError:
        return False  # the app has said so
    return any(answer.created_at >= begun and answer.source is not Source.DEMO for answer in left)
