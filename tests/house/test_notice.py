"""`NOTICE` names everything that an installation brings, with its licence; the constraints pin all of it."""

from pathlib import Path

from tests.house.dependencies import installed_with

NOTICE = (Path(__file__).resolve().parents[2] / "NOTICE").read_text(encoding="utf-8")


def test_every_package_that_comes_along_is_named() -> None:
    named = {line.split()[0] for line in NOTICE.splitlines() if line.startswith("  ") and line.strip()}
    brought = installed_with()
    assert {"onnxruntime", "textual", "pydantic-core", "mdurl"} <= set(brought), "the search goes to the end"
    assert set(brought) - named == set()


def test_nothing_that_comes_along_binds_our_users_to_the_gpl() -> None:
    assert [name for name, licence in installed_with().items() if "GPL" in licence and "LGPL" not in licence] == []


def test_every_package_that_comes_along_is_pinned_for_the_tests() -> None:
    pins = (Path(__file__).resolve().parents[2] / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins.splitlines()}
    assert {name.lower().replace("_", "-") for name in installed_with()} - pinned == set()
