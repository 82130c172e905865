"""Looks at everything the app leans on, part by part, without starting it."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rehearse.domain.wording import counted
from rehearse.errors import RehearseError
from rehearse.offline import find_traces
from rehearse.private import exposed
from rehearse.settings import Places, Settings, load_settings

MOST_NAMED = 3
"""Paths that a finding names."""

State = Literal["fine", "note", "broken"]


@dataclass(frozen=True)
class Finding:
    """One part and how it is."""

    part: str
    state: State
    """`note`: works with less; `broken`: something the app promises doesn't work."""
    said: str
    mend: str = ""
    """What to do about it; "" where all is fine."""


def check_health(places: Places) -> list[Finding]:
    """All findings. A part that raises becomes a finding; nothing stops the examination."""
    looks: list[tuple[str, Callable[[Places], Finding]]] = [
        ("settings", _settings),
        ("data folder", _folder),
        ("answers", _store),
        ("PortAudio", _portaudio),
        ("microphone", _microphone),
        ("loudspeaker", _loudspeaker),
        ("speech model", _speech_model),
        ("embeddings", _embeddings),
        ("voice", _voice),
        ("guides", _guides),
        ("terminal", _terminal),
        ("telemetry", _telemetry),
    ]
    findings = []
    for part, look in looks:
        try:
            findings.append(look(places))
        except RehearseError as error:
            why = f": {error.why}" if error.why else ""
            findings.append(Finding(part, "broken", f"{error.what}{why}.", error.next_step))
    return findings


def _chosen(places: Places) -> Settings:
    try:
        return load_settings(places.config)
    except RehearseError:
        return Settings()


def _settings(places: Places) -> Finding:
    load_settings(places.config)
    said = f"read from {places.config}" if places.config.exists() else "all at their defaults"
    return Finding("settings", "fine", said)


def _folder(places: Places) -> Finding:
    places.create()
    for folder in (places.home, places.recordings, places.guides, places.models, places.cache):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            return Finding(
                "data folder",
                "broken",
                f"{folder} can't be written to: {error.strerror or error}.",
                "Change its rights or free some space, or choose another folder with REHEARSE_HOME.",
            )
    if open_to_others := exposed(places.home):
        said = f"{places.home} isn't yours alone: others have rights to {_named(open_to_others, places.home)}."
        # What lies in a folder that is closed is out of their reach all the same.
        state: State = "broken" if places.home in open_to_others else "note"
        return Finding("data folder", state, said, "Run `rehearse doctor --repair`: it takes those rights away.")
    free = shutil.disk_usage(places.home).free / 2**30
    if free < 0.5:
        return Finding("data folder", "note", f"{places.home}, {free:.1f} GiB free", "Free some disk space.")
    return Finding("data folder", "fine", f"{places.home}, {free:.0f} GiB free")


def _named(paths: Sequence[Path], home: Path) -> str:
    """The folder itself, and what lies in it by name, the first few where there are many."""
    inside = [str(path.relative_to(home)) for path in paths if path != home]
    more = len(inside) - MOST_NAMED
    names = ", ".join(inside[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    itself = ["the folder itself"] if home in paths else []
    return " and ".join([*itself, *([f"{counted(len(inside), 'path')} in it: {names}"] if inside else [])])


def _store(places: Places) -> Finding:
    from rehearse.history.answers import AnswerStore
    from rehearse.history.damage import find_damage

    if not places.database.exists():
        from rehearse.history.unattached import unattached

        strays = len(unattached(None, places.recordings))
        return _strays("none", strays) if strays else Finding("answers", "fine", "none yet")
    if wrong := find_damage(places.database, every_record=False):
        said = f"{places.database} is damaged inside: {wrong}."
        return Finding("answers", "broken", said, "Run `rehearse doctor --repair`: it recovers what can be read.")
    store = AnswerStore(places.database, places.recordings)
    kept, cut_off, missing = f"{store.count()} kept", len(store.cut_off()), store.count_missing()
    if cut_off:
        kept += f", {cut_off} cut off"
    if missing:
        kept += f", the sound of {missing} is gone"
    if strays := len(store.unattached()):
        return _strays(kept, strays)
    if cut_off:
        return Finding("answers", "note", kept, "u on the home screen transcribes them.")
    if missing:
        return Finding("answers", "note", kept, f"Words and marks stay; the files belong into {places.recordings}.")
    return Finding("answers", "fine", kept)


def _strays(kept: str, number: int) -> Finding:
    said = f"{kept}; {counted(number, 'recording')} without an answer"
    return Finding("answers", "broken", said, "Run `rehearse doctor --repair`: it brings them back.")


def _portaudio(_: Places) -> Finding:
    from rehearse.audio.devices import portaudio_version

    return Finding("PortAudio", "fine", portaudio_version())


def _microphone(places: Places) -> Finding:
    from rehearse.audio.devices import find_input, input_devices

    wanted = _chosen(places).device
    devices = input_devices()
    device = find_input(wanted)
    return Finding("microphone", "fine", f"{device.name} ({len(devices)} inputs)")


def _loudspeaker(_: Places) -> Finding:
    from rehearse.audio.devices import output_devices

    devices = output_devices()
    if not devices:
        return Finding("loudspeaker", "note", "none", "Replay then reads along silently.")
    return Finding("loudspeaker", "fine", f"{len(devices)} outputs")


def _speech_model(places: Places) -> Finding:
    from rehearse.speech.models import find_model

    name = _chosen(places).model
    model = find_model(name, models=places.models, cache=places.cache)
    return Finding("speech model", "fine", f"{name}, {model.checked}")


def _embeddings(places: Places) -> Finding:
    from rehearse.coverage.encoder import sentence_model

    sentence_model(places.cache).check()
    return Finding("embeddings", "fine", "all-MiniLM-L6-v2, SHA-256 as expected")


def _voice(places: Places) -> Finding:
    from rehearse.speech.voice import InterviewerVoice

    InterviewerVoice(cache=places.cache).check()
    return Finding("voice", "fine", "hibari, SHA-256 as expected")


def _guides(places: Places) -> Finding:
    from rehearse.guides.library import GuideLibrary

    library = GuideLibrary(places.guides)
    problems = []
    for guide_id in library.ids():
        try:
            library.load(guide_id)
        except RehearseError as error:
            problems.append(error)
    problems += library.refused()
    if problems:
        said = "; ".join(_first_line(problem) for problem in problems)
        return Finding(
            "guides", "broken", f"{said}.", "`rehearse guide check NAME` tells all of one; mend or remove it."
        )
    return Finding("guides", "fine", ", ".join(library.ids()))


def _telemetry(_: Places) -> Finding:
    traces = find_traces()
    if traces is None:
        return Finding("telemetry", "fine", "every library's is switched off, and none left traces")
    said = f"switched off; {traces} holds onnxruntime's device id and events, from before 0.1.1 or of another program"
    return Finding("telemetry", "note", said, "Delete them: rehearse doctor --forget-telemetry")


def _first_line(problem: RehearseError) -> str:
    first = problem.what.splitlines()[0]
    return f"{first}: {problem.why}" if problem.why else first


def _terminal(_: Places) -> Finding:
    if not sys.stdout.isatty():
        return Finding("terminal", "note", "standard output isn't a terminal", "Run it in one to see its size.")
    size = shutil.get_terminal_size()
    colour = (
        "no colour asked for" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM") or "256 colours or fewer"
    )
    said = f"{size.columns}x{size.lines}, {os.environ.get('TERM', 'TERM unset')}, {colour}"
    if size.columns < 80 or size.lines < 24:
        return Finding("terminal", "note", said, "The app wants 80x24 (the quiz 60x20); make the window larger.")
    return Finding("terminal", "fine", said)
