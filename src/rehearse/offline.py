"""Switches off what our dependencies would send or look up by themselves. Importing anything of `rehearse` does it.

Read from their sources, for the versions that `pyproject.toml` admits:

- onnxruntime (1.32 on Linux, its own telemetry client inside): `import onnxruntime` alone asks the name server for
  `mobile.events.data.microsoft.com`, sends events, and keeps a device id and a queue of events in the cache folder.
  Only `ORT_DISABLE_TELEMETRY`, read as the library is loaded, stops both; `disable_telemetry_events()` is too late.
- huggingface_hub (imported by faster-whisper): looks up models, its own newest version, and sends usage events.
- tokenizers, CTranslate2, PyAV, sounddevice, Textual, fsrs, hibari, pydantic: nothing that sends unasked. FFmpeg inside
  PyAV opens what it is given, so only local files are given to it.

`rehearse.speech.download` goes online when it is asked for a model; it uses nothing that is switched off here.
"""

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}
"""Environment variables that the libraries read when they are loaded."""


def switch_off(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set every switch, also over another value of the user's: the promise holds whatever the shell exports."""
    environment.update(SWITCHES)


def find_traces(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder in which onnxruntime kept its device id and events before its telemetry was switched off.

    None where there is none. Other programs that use onnxruntime keep theirs in the same place.
    """
    home = environment.get("HOME")
    cache = environment.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else None)
    if not cache:
        return None
    folder = Path(cache) / "Microsoft" / "DeveloperTools" / ".onnxruntime"
    return folder if folder.is_dir() and not folder.is_symlink() else None


def remove_traces(folder: Path) -> list[Path]:
    """Delete what `find_traces` found, and the folders above it that are empty then; says which files went.

    Raises:
        OSError: it can't be deleted.
    """
    import shutil

    files = sorted(path for path in folder.rglob("*") if not path.is_dir())
    shutil.rmtree(folder)
    for above in (folder.parent, folder.parent.parent):
        if any(above.iterdir()):
            break
        above.rmdir()
    return files
