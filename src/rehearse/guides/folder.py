"""Where the shipped guides are, and how their files are read."""

from pathlib import Path
from typing import Any

from rehearse.files import UTF8
from rehearse.guides.positions import MAX_BYTES
from rehearse.reading import read_bytes


def shipped_folder() -> Path:
    """In the installed package, or in the repository beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "content"
    return installed if installed.is_dir() else package.parents[1] / "content"


def shipped_yaml(path: Path) -> Any:
    """The plain values of a shipped file, which the tests have checked: no places are kept, nothing hostile sought.

    Raises:
        OSError, UnicodeDecodeError, yaml.YAMLError: it can't be read.
    """
    import yaml

    text = read_bytes(path, MAX_BYTES).decode(UTF8)
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
