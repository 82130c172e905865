"""The page of promises names tests that exist."""

import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_that_a_promise_names_exists(file: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_promise_names_a_test() -> None:
    promises = [part for part in PAGE.split("\n## ")[1:] if not part.startswith("Not promised")]
    assert len(promises) == 6
    assert all("::test_" in part for part in promises)


def test_the_readme_leads_to_it() -> None:
    assert "(docs/reliability.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_drawing_is_of_the_house_as_it_is() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    drawing = importlib.import_module("drawing")
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert drawing.redrawn(page) == page, "run: python docs/drawing.py"


def test_every_file_that_a_page_names_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", page))
    assert len(named) > 25
    missing = [name for name in named if not ((ROOT / "src" / "rehearse" / name).exists() or (ROOT / name).exists())]
    assert missing == []
