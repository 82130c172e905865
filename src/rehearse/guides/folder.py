"""Where the shipped guides are."""

from pathlib import Path


def shipped_folder() -> Path:
    """In the installed package, or in the repository beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "content"
    return installed if installed.is_dir() else package.parents[1] / "content"
