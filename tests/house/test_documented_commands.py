"""Every command that stands in the README or on a page is one that the program takes; the harmless ones are run."""

import itertools
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearse.cli import build_parser, main
from rehearse.errors import InputError
from tests.bench.__main__ import PARTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

PLACEHOLDERS = {
    "ID": "some-id",
    "FILE": "some.wav",
    "NAME": "some-name",
    "FOLDER": "some-folder",
    "MODE": "due",
    "NUMBER": "1",
    "WHEN": "2026-12-03",
}
"""What stands for what the reader puts there."""

HARMLESS = {
    ("doctor",),
    ("guide", "check"),
    ("guide", "list"),
    ("guide", "new"),
    ("guide", "show"),
    ("history", "audio"),
    ("history", "corrections"),
    ("history", "list"),
    ("interview", "--list"),
}
"""Commands that are run where they stand without a placeholder; nothing is heard, spoken, downloaded or deleted."""

ONLY_LOOKED_AT = ("--forget", "--forget-telemetry", "--repair", "--delete")


def blocks(text: str) -> list[str]:
    """The lines of a page's shell blocks, comments left out."""
    fenced = re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = (line.removeprefix("$ ").partition(" #")[0].strip() for block in fenced for line in block.splitlines())
    return [line for line in lines if line]


def inline(text: str) -> list[str]:
    """What stands between backticks in running text."""
    running = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [" ".join(code.replace("\\|", "|").split()) for code in re.findall(r"`([^`]+)`", running)]


def commands(text: str) -> list[str]:
    """Everything on a page that somebody may type, one program at a time."""
    return [part.strip() for code in (*blocks(text), *inline(text)) for part in code.split("&&")]


def words_after(program: str, command: str) -> list[str] | None:
    """The arguments, if the command is one of that program's."""
    text = re.sub(r"^(?:[A-Z_]+=\S+ )+", "", command)  # variables for this run
    text = re.sub(r"^\.venv[/\\](?:bin|Scripts)[/\\]", "", text)
    if text != program and not text.startswith(f"{program} "):
        return None
    return shlex.split(text.removeprefix(program))


def spelled_out(words: list[str]) -> Iterator[list[str]]:
    """A synopsis as command lines: brackets and dots left out, placeholders filled in, each choice by itself."""
    plain = [re.sub(r"[\[\]]|\.\.\.", "", word) for word in words]
    for choice in itertools.product(*(word.split("|") for word in plain)):
        yield [PLACEHOLDERS.get(word, word) for word in choice]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_ours_is_understood(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    wrong = []
    for command in commands(text):
        for arguments in spelled_out(words_after("rehearse", command) or []):
            try:
                build_parser(arguments).parse_args(arguments)
            except SystemExit as end:
                assert end.code == 0, command
            except InputError as error:
                # A command that is only spoken of needn't be whole; one that is to be typed must be.
                if command in blocks(text) or "after it" not in error.what:
                    wrong.append(f"{command}: {error.what}")
    assert wrong == []


def test_what_would_be_wrong_is_seen() -> None:
    for command in ("rehearse doctor --mend", "rehearse guide mend ID", "rehearse quiz --mode slow", "rehearse scroe"):
        (arguments,) = spelled_out(words_after("rehearse", command) or [])
        with pytest.raises(InputError):
            build_parser(arguments).parse_args(arguments)
    assert commands("```sh\n$ make run # once\n```\nSo `rehearse\nquiz` and `a && rehearse`.") == [
        "make run",
        "rehearse quiz",
        "a",
        "rehearse",
    ]


def test_enough_is_found_to_mean_something() -> None:
    found = {command for page in PAGES for command in commands(page.read_text(encoding="utf-8"))}
    assert len([command for command in found if words_after("rehearse", command) is not None]) > 40


def test_the_harmless_ones_do_what_they_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    lines = dict.fromkeys(line for page in PAGES for line in blocks(page.read_text(encoding="utf-8")))
    harmless = [
        words
        for line in lines
        if (words := words_after("rehearse", line))
        and any(tuple(words[: len(one)]) == one for one in HARMLESS)
        and not set(words) & {*PLACEHOLDERS, *ONLY_LOOKED_AT}
    ]
    assert {tuple(words[: len(one)]) for words in harmless for one in HARMLESS} >= HARMLESS
    for words in harmless:  # in the pages' order: a guide is checked that was begun before
        status = main(words)
        said = capsys.readouterr()
        assert status == 0 or (words == ["doctor"] and status == 1), (words, said.err)
        assert said.out or words[0] == "history", words


def test_every_target_of_make_is_there() -> None:
    targets = set(re.findall(r"^(\S+?):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)) | {
        ".venv/dev"
    }  # named by a variable
    named = {
        target
        for page in PAGES
        for command in commands(page.read_text(encoding="utf-8"))
        for target in words_after("make", command) or []
    }
    assert {"run", "test", "bench", "eval"} <= named
    assert named - targets == set()


@pytest.mark.parametrize("module", ["tests.bench", "tests.eval"])
def test_every_measurement_is_there(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    options = set(re.findall(r"--[a-z-]+", done.stdout))
    guides = {path.stem for path in (ROOT / "content").glob("*.yaml")}
    named = [
        words
        for page in PAGES
        for command in commands(page.read_text(encoding="utf-8"))
        if (words := words_after(f"python -m {module}", command)) is not None
    ]
    assert len(named) > 3
    for words in named:
        assert {word for word in words if word.startswith("--")} <= options, words
        known = {*PARTS, "auto"} if module == "tests.bench" else guides
        assert {word for word in words if not word.startswith("--")} <= known | set(PLACEHOLDERS), words
