"""The pages' pictures show the app as it is. `python docs/pictures.py` draws them anew."""

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
DRAWN = sorted(path.stem for path in FOLDER.glob("*.svg"))


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    sys.path.insert(0, str(ROOT / "docs"))
    return importlib.import_module("pictures")


def test_each_is_drawn_by_the_script_and_shown_on_a_page(pictures: ModuleType) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert set(re.findall(r"pictures/([a-z-]+)\.svg", text)) == set(DRAWN) == set(pictures.PICTURES)


@pytest.mark.parametrize("name", DRAWN)
async def test_a_picture_says_what_the_app_says(pictures: ModuleType, name: str, own_home: Path) -> None:
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    now = await pictures.draw(name, own_home)
    assert pictures.words(now) == pictures.words(kept), f"run: python docs/pictures.py {name}"


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_asks_no_server_for_anything(name: str) -> None:
    assert "url(" not in re.sub(r"url\(#[^)]*\)", "", (FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
