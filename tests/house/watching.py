"""What a program attempts, seen by strace: which sockets it opens, and which files it writes, whether it may or not."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

STRACE = shutil.which("strace")

TRACED = "socket,connect,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"

_SOCKET = re.compile(r"\bsocket\((?:AF|PF)_INET6?\b")
_CONNECT = re.compile(r"\bconnect\(\d+, (\{.*)")
_UNIX = re.compile(r'sun_path=@?"([^"]*)"')
_OPENED = re.compile(r'\b(?:open|openat|creat)\((?:AT_FDCWD, )?"([^"]*)"(.*)')
_MADE = re.compile(r"\b(?:mkdir|mkdirat|rename\w*|link\w*|symlink\w*)\((.*)\)\s+= 0")
_PATHS = re.compile(r'"([^"]*)"')
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")

DEVICES = re.compile(r"/dev/(null|tty|ptmx|pts/\d+|shm/.*|urandom|snd/.*|v?dsp\d*|v/dsp\d*)$|/proc/self/|/memfd:")
"""Not files of anybody's: PortAudio tries every sound card that there might be, PulseAudio shares memory."""
SOUND_SERVER = re.compile(r"/pulse[^/]*/native$|/pipewire-\d+$|/jack[^/]*(/|$)")
"""Where the local sound server listens."""
SOUND_FILES = re.compile(r"/\.config(/pulse(/.*)?)?$|/rehearse-pulse-[^/]*/cookie$|/pulse-\w{12}$")
"""PulseAudio's client library makes its cookie and a link to its folder where a home has none."""
COMPILED = re.compile(r"/__pycache__(/|$)")
"""Python's own, beside the source that it has read."""


@dataclass(frozen=True)
class Attempted:
    """What one run tried."""

    internet: list[str]
    """Calls that open an internet socket, or connect to anything but a Unix socket."""
    unix: set[str]
    """Paths of the Unix sockets that it connected to."""
    written: set[Path]
    """Files and folders that it made, opened for writing, moved or linked."""


def watched(command: list[str], log: Path) -> list[str]:
    """The command, run under strace with its children; `attempted` reads the log."""
    assert STRACE, "strace isn't installed"
    return [STRACE, "-f", "--seccomp-bpf", "-qq", "-s", "512", "-o", str(log), "-e", f"trace={TRACED}", *command]


def attempted(log: Path, folder: Path) -> Attempted:
    """What a run did by its log; relative paths count from `folder`, in which it ran."""
    internet: list[str] = []
    unix: set[str] = set()
    written: set[Path] = set()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if _SOCKET.search(line):
            internet.append(line)
        elif found := _CONNECT.search(line):
            path = _UNIX.search(found[1])
            if path:
                unix.add(path[1])
            else:
                internet.append(line)
        elif found := _OPENED.search(line):
            if any(flag in found[2] for flag in _WRITES) or "creat(" in line:
                written.add(folder / found[1])
        elif found := _MADE.search(line):
            written.update(folder / path for path in _PATHS.findall(found[1]))
    kept = {Path(os.path.normpath(path)) for path in written}
    return Attempted(
        internet, unix, {path for path in kept if not DEVICES.match(str(path)) and not COMPILED.search(str(path))}
    )
