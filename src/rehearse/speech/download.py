"""Fetching a speech model: only when asked, resumable, every file's hash checked. The only code that goes online."""

import json
import threading
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from rehearse.errors import Cancelled, ModelError
from rehearse.private import FILE, make_private_folder, write_private
from rehearse.weights import sha256

HUB = "https://huggingface.co"

WANTED = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.json", "vocabulary.txt")
"""Files of a Whisper model in CTranslate2's format; not every model has all."""

_BLOCK = 1 << 18
_PATIENCE = 30.0
"""Seconds without a byte after which the connection is given up."""

Progress = Callable[[int, int], object]
"""Called with bytes done and bytes in all."""


@dataclass(frozen=True)
class RemoteFile:
    """A file of a model as the hub lists it."""

    name: str
    size: int
    sha256: str | None
    """Only large files have one; small ones are checked by size."""


@dataclass(frozen=True)
class _Told:
    """Whom to tell how far a file is, and who may call it off."""

    progress: Progress | None
    before: int
    """Bytes of the files that came before."""
    total: int
    cancelled: threading.Event

    def __call__(self, done: int) -> None:
        if self.cancelled.is_set():
            raise Cancelled("The download was stopped", next_step="Run it again to go on where it broke off.")
        if self.progress:
            self.progress(self.before + done, self.total)


def download_model(
    repo: str,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
    hub: str = HUB,
) -> None:
    """Fetch a model into `folder`, going on where an earlier attempt broke off.

    Args:
        repo: `owner/name` on the hub.
        folder: made if needed; complete once `COMPLETE` is in it.
        progress: told after every block.
        cancelled: set to give up; what has arrived is kept for the next attempt.
        hub: address, for a mirror.

    Raises:
        ModelError: no connection, no room, or what comes isn't what the hub says it is.
        Cancelled: given up.
    """
    files = _list_files(repo, hub)
    total = sum(file.size for file in files)
    done = 0
    try:
        make_private_folder(folder)
        for file in files:
            told = _Told(progress, done, total, cancelled or threading.Event())
            _fetch(f"{hub}/{repo}/resolve/main/{file.name}", file, folder / file.name, told)
            done += file.size
        manifest = {file.name: [file.size, sha256(folder / file.name)] for file in files}
        write_private(folder / COMPLETE, json.dumps(manifest))
    except BrokenPipeError:  # whoever is told of the progress has gone
        raise
    except OSError as error:  # the connection's are told where they arise
        raise ModelError(
            f"The model can't be written to {folder}",
            why=error.strerror or str(error),
            next_step=f"It needs {max(1, round(total / 1e6))} MB there. Run the same command again once there is room; "
            "it goes on where it broke off.",
        ) from error


COMPLETE = "complete.json"
"""Written last: names, sizes and hashes of the files."""


def _list_files(repo: str, hub: str) -> list[RemoteFile]:
    address = f"{hub}/api/models/{repo}/tree/main"
    with _open(address, {}) as answer:
        content = b"".join(iter(lambda: _read(answer), b""))
        if answer.length:
            raise _offline(address, ConnectionError(f"the connection ended {answer.length} bytes early"))
    try:
        files = [
            RemoteFile(entry["path"], int(entry["size"]), (entry.get("lfs") or {}).get("oid"))
            for entry in json.loads(content)
            if entry.get("path") in WANTED
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(
            "The model can't be fetched",
            why=f"{address} answered with something else than a list of files, as a network does that wants you to log "
            "in first",
            next_step="Open any page in a browser, log in if it asks you to, and run the same command again.",
        ) from error
    if not any(file.name == "model.bin" for file in files):
        raise ModelError(f"{repo} isn't a speech model we can use", why="it has no model.bin in CTranslate2's format")
    return sorted(files, key=lambda file: file.size)


def _fetch(address: str, file: RemoteFile, target: Path, told: _Told) -> None:
    if target.exists() and _is_right(target, file):
        told(file.size)
        return
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.exists() else 0
    if have > file.size:
        part.unlink()
        have = 0
    if have < file.size:
        _append(address, part, have, file.size, told)
    if not _is_right(part, file):
        part.unlink()
        raise ModelError(
            f"{file.name} arrived damaged",
            why="its size or SHA-256 isn't what the hub says",
            next_step="Run the same command again.",
        )
    part.replace(target)


def _append(address: str, part: Path, have: int, size: int, told: _Told) -> None:
    headers = {"Range": f"bytes={have}-"} if have else {}
    with _open(address, headers) as answer:
        resumed = answer.status == 206
        got = have if resumed else 0
        part.touch(mode=FILE)
        with part.open("ab" if resumed else "wb") as file:
            while block := _read(answer):
                file.write(block)
                got += len(block)
                told(got)
    if got < size:
        raise _offline(address, ConnectionError(f"the connection ended after {got} of {size} bytes"))


def _is_right(path: Path, file: RemoteFile) -> bool:
    return path.stat().st_size == file.size and (file.sha256 is None or sha256(path) == file.sha256)


def _open(address: str, headers: dict[str, str]) -> Any:
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "rehearse", **headers})
        return urllib.request.urlopen(request, timeout=_PATIENCE)
    except (OSError, HTTPException, ValueError) as error:
        raise _offline(address, error) from error


def _read(answer: Any) -> bytes:
    try:
        return bytes(answer.read(_BLOCK))
    except (OSError, HTTPException) as error:
        raise _offline(answer.url, error) from error


def _offline(address: str, error: Exception) -> ModelError:
    return ModelError(
        "The model can't be fetched",
        why=f"{address}: {getattr(error, 'reason', error)}",
        next_step="Check the connection and run the same command again; it goes on where it broke off. "
        "Or give the path of a model folder instead of a name.",
    )
