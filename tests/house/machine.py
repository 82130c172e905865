"""A machine of one's own, watched: an empty home, a data folder, and all that a run tried on it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from rehearse.offline import SWITCHES
from tests.house.terminal import Terminal
from tests.house.watching import SOUND_FILES, SOUND_SERVER, attempted, watched


@dataclass
class Machine:
    """A home, a data folder and a folder for temporary files, all empty at first."""

    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "strace.log"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in SWITCHES and name[:4] != "XDG_"}
        own = {"HOME": "home", "TMPDIR": "tmp", "REHEARSE_HOME": "data"}
        for name in ("home", "tmp", "work"):
            (self.folder / name).mkdir(exist_ok=True)
        return {
            **kept,
            **{name: str(self.folder / place) for name, place in own.items()},
            "TERM": "xterm-256color",
            "COLUMNS": "80",
            "LINES": "24",
            **self.more,
        }

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            watched([sys.executable, *arguments], self.log),
            env=self.environment(),
            cwd=(self.folder / "work"),
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )

    def complaints(self) -> list[str]:
        """Everything that it tried and shouldn't have."""
        tried = attempted(self.log, self.folder / "work")
        allowed = (self.data, self.folder / "tmp")
        strayed = [path for path in tried.written if not any(path.is_relative_to(place) for place in allowed)]
        sound = self.environment().get("PULSE_SERVER", "").removeprefix("unix:")
        left = [path for name in ("home", "tmp", "work") for path in (self.folder / name).rglob("*")]
        return [
            *tried.internet,
            *(f"connected to {path}" for path in tried.unix if not SOUND_SERVER.search(path) and path != sound),
            *(f"wrote {path}" for path in sorted(strayed) if not SOUND_FILES.search(str(path))),
            *(f"left {path}" for path in left if not SOUND_FILES.search(str(path))),
        ]

    def remember(self, cache: Path) -> None:
        """Begin with what is in this cache: fitting a guide anew takes each run some seconds."""
        shutil.copytree(cache, self.data / "cache", dirs_exist_ok=True)

    def settle(self, *lines: str) -> None:
        """Settings of somebody who has begun before."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        (self.data / "config.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def app(self) -> Terminal:
        """The app, watched, in a terminal of its own."""
        return Terminal(watched([sys.executable, "-m", "rehearse"], self.log), self.environment())
