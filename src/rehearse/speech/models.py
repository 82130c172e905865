"""Speech models: which there are, which are here, how fast they are on this machine. Nothing goes online unasked."""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from rehearse.domain.guide import Guide, Scenario
from rehearse.errors import InputError, ModelError
from rehearse.files import typed_path
from rehearse.reading import read_text
from rehearse.speech.biasing import terms_for
from rehearse.speech.download import COMPLETE, HUB, Progress, download_model
from rehearse.speech.model_speeds import keeps_up, measured_speeds, said_speed
from rehearse.speech.priority import LAST, NICENESS
from rehearse.speech.shipped import BASE, SHIPPED, TINY, NotHereError, shipped_folder
from rehearse.speech.transcriber import Transcriber
from rehearse.speech.two_models import TwoModels
from rehearse.speech.whisper import Whisper
from rehearse.speech.whisper_transcriber import WhisperTranscriber
from rehearse.weights import check_weights, sha256

AUTO = "auto"
"""The best shipped model that this machine is quick enough for."""

QUICK_ENOUGH = 0.35
"""Real-time factor up to which `base` can follow a speaker beside `tiny.en`: closed segments, and passages again."""

_LOADED: WeakValueDictionary[tuple[Path, int, int], Whisper] = WeakValueDictionary()
"""The models in memory: some have gigabytes, so each is there once, and no longer than a transcriber uses it."""
_LOADING = threading.Lock()


@dataclass(frozen=True)
class KnownModel:
    """A model that can be chosen by name."""

    name: str
    repo: str
    """On the hub."""
    megabytes: int
    """On the disk; to download unless it comes with the program."""
    about: str


KNOWN: tuple[KnownModel, ...] = (
    KnownModel(TINY, "Systran/faster-whisper-tiny.en", 75, "English; comes with the program"),
    KnownModel(BASE, "Systran/faster-whisper-base", 145, "better with an accent; comes with the program"),
    KnownModel("base.en", "Systran/faster-whisper-base.en", 145, "English; half the errors on names"),
    KnownModel("small.en", "Systran/faster-whisper-small.en", 484, "English; needs a fast machine to keep up"),
    KnownModel("distil-small.en", "Systran/faster-distil-whisper-small.en", 335, "English; faster than small.en"),
    KnownModel("medium.en", "Systran/faster-whisper-medium.en", 1530, "English; decodes after the answer"),
    KnownModel("distil-large-v3", "Systran/faster-distil-whisper-large-v3", 1510, "decodes after the answer"),
    KnownModel("large-v3-turbo", "mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1620, "decodes after the answer"),
)


@dataclass(frozen=True)
class ListedModel:
    """A line of `rehearse model list`."""

    name: str
    about: str
    megabytes: int
    folder: Path | None
    """Where it lies; None if it isn't here yet."""
    real_time_factor: float | None
    """Decoding time by audio time on this machine; None if not measured."""
    speed: str
    """The same in words."""

    @property
    def installed(self) -> bool:
        """It is here and complete."""
        return self.folder is not None

    @property
    def keeps_up(self) -> bool | None:
        """It can be used while speaking; None if not measured."""
        return None if self.real_time_factor is None else keeps_up(self.real_time_factor)


@dataclass(frozen=True)
class FoundModel:
    """A model that is here."""

    name: str
    folder: Path
    checked: str
    """What was made sure of, in words."""


def list_models(models: Path, *, cache: Path | None = None) -> tuple[ListedModel, ...]:
    """All models known by name, the shipped ones first.

    Args:
        models: folder of downloaded models.
        cache: folder that remembers checked weights and measured speeds.
    """
    speeds = measured_speeds(cache)
    return tuple(_listed(known, models, cache, speeds) for known in KNOWN)


def find_model(name: str, *, models: Path, cache: Path | None) -> FoundModel:
    """Where a model's files are, made sure of.

    Args:
        name: a known name, `AUTO`, or the path of a folder with a Whisper model in CTranslate2's format.
        models: folder of downloaded models.
        cache: folder that remembers what was checked.

    Raises:
        InputError: neither a known name nor a folder.
        ModelError: not downloaded, incomplete, or altered.
    """
    if name == AUTO:
        name = chosen_model(name, live=False, models=models, cache=cache)
    if name in SHIPPED:
        return FoundModel(name, shipped_folder(name, models=models, cache=cache), "SHA-256 as expected")
    if any(known.name == name for known in KNOWN):
        return FoundModel(name, _downloaded(name, models, cache), "SHA-256 as downloaded")
    folder = typed_path(name)
    if not folder.is_dir():
        raise InputError(
            f"There is no speech model “{name}”", next_step=f"Choose {_names()}, or give a model's folder."
        )
    if not (folder / "model.bin").is_file():
        raise ModelError(
            f"{folder} holds no speech model",
            why="model.bin is missing",
            next_step="Give the folder of a Whisper model in CTranslate2's format.",
        )
    return FoundModel(name, folder, "your own folder, not checked")


def download(
    name: str,
    *,
    models: Path,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
    hub: str = HUB,
) -> Path:
    """Fetch a model by name and return its folder. Nothing else in the program goes online.

    Args:
        name: a known name.
        models: folder of downloaded models.
        progress: called with bytes done and bytes in all.
        cancelled: set to give up; the next attempt goes on where this one ended.
        hub: address, for a mirror.

    Raises:
        InputError: no such name.
        ModelError: no connection, or damaged files.
        Cancelled: given up.
    """
    for known in KNOWN:
        if known.name == name:
            if name not in SHIPPED:
                download_model(known.repo, models / name, progress=progress, cancelled=cancelled, hub=hub)
            return find_model(name, models=models, cache=None).folder
    raise InputError(f"There is no speech model “{name}” to fetch", next_step=f"Choose {_names()}.")


def load_transcriber(
    name: str,
    *,
    models: Path,
    cache: Path | None,
    guide: Guide | None = None,
    scenario: Scenario | None = None,
    threads: int = 0,
) -> WhisperTranscriber:
    """Load a model, listening for the terms of a guide. Transcribers of the same model share its weights.

    Args:
        name: as for `find_model`.
        models: folder of downloaded models.
        cache: folder that remembers what was checked.
        guide: whose terms bias recognition; None for no bias.
        scenario: whose terms come first.
        threads: of the recogniser; 0 for half the cores, four at most. On two cores, two threads wait for each other
            more than they help, and the app gets neither core.

    Raises:
        InputError, ModelError: as for `find_model`, or it doesn't load.
    """
    found = find_model(name, models=models, cache=cache)
    # What hears an answer once more gives way to what follows the speaker. It does so wherever it is used: loaded with
    # another priority as well, its weights would be there twice.
    niceness = LAST if found.name == BASE else NICENESS
    whisper = _whisper(found.folder, threads or max(1, min(4, (os.cpu_count() or 1) // 2)), niceness)
    return WhisperTranscriber(whisper, name=found.name, terms=terms_for(guide, scenario) if guide else ())


def chosen_model(name: str, *, live: bool, models: Path, cache: Path | None) -> str:
    """Which model a name stands for.

    Args:
        name: `AUTO`, or what `find_model` takes, which stands for itself.
        live: it is to follow a speaker; a file can wait.
        models: folder of downloaded models.
        cache: folder that remembers measured speeds; `base` not being among them is taken for quick enough.

    Raises:
        ModelError: the weights of `base` were altered.
    """
    if name != AUTO:
        return name
    if live and measured_speeds(cache).get(BASE, 0.0) > QUICK_ENOUGH:
        return TINY
    try:
        shipped_folder(BASE, models=models, cache=cache)
    except NotHereError:
        return TINY
    return BASE


def load_live_transcriber(
    name: str,
    *,
    models: Path,
    cache: Path | None,
    guide: Guide | None = None,
    scenario: Scenario | None = None,
) -> Transcriber:
    """What follows a speaker: a model of that name; for `AUTO` two models where the machine is quick enough.

    Args and errors as for `load_transcriber`.
    """
    chosen = chosen_model(name, live=True, models=models, cache=cache)
    if name != AUTO or chosen == TINY:
        return load_transcriber(chosen, models=models, cache=cache, guide=guide, scenario=scenario)
    return TwoModels(
        load_transcriber(chosen, models=models, cache=cache, guide=guide, scenario=scenario),
        load_transcriber(TINY, models=models, cache=cache, guide=guide, scenario=scenario),
    )


def _whisper(folder: Path, threads: int, niceness: int) -> Whisper:
    with _LOADING:
        whisper = _LOADED.get((folder, threads, niceness))
        if whisper is None:
            whisper = _LOADED[folder, threads, niceness] = Whisper(folder, threads=threads, niceness=niceness)
        return whisper


def _names() -> str:
    return "one of " + ", ".join(known.name for known in KNOWN)


def _listed(known: KnownModel, models: Path, cache: Path | None, speeds: Mapping[str, float]) -> ListedModel:
    try:
        folder: Path | None = find_model(known.name, models=models, cache=cache).folder
    except ModelError:
        folder = None
    factor = speeds.get(known.name)
    return ListedModel(known.name, known.about, known.megabytes, folder, factor, said_speed(factor))


def _downloaded(name: str, models: Path, cache: Path | None) -> Path:
    folder = models / name
    try:
        manifest: dict[str, Any] = json.loads(read_text(folder / COMPLETE))
    except (OSError, ValueError):
        raise ModelError(
            f"The model {name} isn't here yet",
            next_step=f"Fetch it with: rehearse model download {name}",
        ) from None
    for file, (size, digest) in manifest.items():
        path = folder / file
        large = size > 1_000_000
        if not path.is_file() or path.stat().st_size != size or (not large and sha256(path) != digest):
            raise ModelError(
                f"The model {name} is incomplete or was altered",
                why=str(path),
                next_step=f"Delete {folder} and run: rehearse model download {name}",
            )
        if large:
            check_weights(path, digest, cache, again=f"rehearse model download {name}")
    return folder
