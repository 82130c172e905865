"""Nothing heavy is imported before it is needed, and the core never reaches the screen's library."""

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
CORE = [
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((SOURCE / "rehearse").rglob("*.py"))
    if "ui" not in path.relative_to(SOURCE).parts and path.name != "__main__.py"
]
HEAVY = (
    "faster_whisper",
    "ctranslate2",
    "onnxruntime",
    "sounddevice",
    "av",
    "hibari",
    "tokenizers",
    "pydantic",
    "fsrs",
)


def loaded_by(code: str) -> set[str]:
    """Top-level modules in `sys.modules` after running `code` in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*{{m.split('.')[0] for m in sys.modules}})"],
        capture_output=True,
        text=True,
        check=True,
        cwd=SOURCE,
        timeout=60,
    )
    return set(done.stdout.split())


def test_the_core_never_imports_textual() -> None:
    modules = loaded_by("\n".join(f"import {name}" for name in CORE))
    assert not modules & {"textual", "rich"}
    assert not modules & set(HEAVY), "imported at the top of a module instead of where it is needed"


@pytest.mark.parametrize("module", ["rehearse.ui.app", "rehearse.ui.screens.home.home", "rehearse.cli.app"])
def test_the_first_screen_loads_no_model_or_sound_library(module: str) -> None:
    assert not loaded_by(f"import {module}") & {*HEAVY, "markdown_it"}, "Markdown is for help alone"


def test_core_modules_were_found() -> None:
    assert "rehearse.live.pipeline" in CORE
    assert "rehearse.domain.coverage" in CORE
