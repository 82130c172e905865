"""`rehearse guide new`: a guide of one's own from a few questions, or from options."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rehearse.cli.input import input_line
from rehearse.cli.output import print_error
from rehearse.errors import InputError

if TYPE_CHECKING:
    from rehearse.guides.library import GuideLibrary
    from rehearse.guides.template import Outline

LONGEST = 300
"""Characters of a title or a question."""

_Read = TypeVar("_Read")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("id", metavar="ID", help="lower-case letters, digits and hyphens")
    parser.add_argument("--title", help="as it is shown")
    parser.add_argument("--question", help="the question in its general form")
    parser.add_argument("--field", help="where it is asked: “data science”, “any job”")
    parser.add_argument("--sections", metavar="TITLES", help="titles of the framework's sections, commas between")
    parser.add_argument("--scenario", metavar="QUESTION", help="what the interviewer says in the first scenario")


def run(library: "GuideLibrary", folder: Path, arguments: argparse.Namespace) -> None:
    """Write it, and say where.

    Raises:
        InputError: the id is taken, an option is no line of text, or nothing can be written.
    """
    from rehearse.guides.own_folder import new_path, write_guide
    from rehearse.guides.template import Outline, outline_text

    path = new_path(library, folder, arguments.id)
    begun = Outline(arguments.id, arguments.id.replace("-", " ").capitalize())
    told = {name: getattr(arguments, name) for name in ("title", "question", "field", "sections", "scenario")}
    if all(value is None for value in told.values()) and _on_terminal():
        outline = _asked(begun)
    else:
        outline = _from_options(begun, {name: value for name, value in told.items() if value is not None})
    write_guide(path, outline_text(outline))
    print(f"{path}\nEdit it, then run: rehearse guide check {outline.id}\nTry it at any time: rehearse --guide {path}")


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _from_options(begun: "Outline", told: dict[str, str]) -> "Outline":
    lines = {name: one_line(value, f"--{name}") for name, value in told.items() if name != "sections"}
    if "question" in lines:
        lines.setdefault("scenario", lines["question"])
    sections = section_titles(told["sections"]) if "sections" in told else begun.sections
    return replace(begun, sections=sections, **lines)


def _asked(begun: "Outline") -> "Outline":
    print(f"A new guide, “{begun.id}”. Enter takes what stands in brackets; ctrl-C leaves, nothing is written then.")
    title = _ask("Title", begun.title, one_line)
    question = _ask("The question", begun.question, one_line)
    field = _ask("Where it is asked", begun.field, one_line)
    sections = _ask("Titles of the answer's sections, commas between", ", ".join(begun.sections), _titles)
    said = begun.scenario if question == begun.question else question
    scenario = _ask("What the interviewer says in the first scenario", said, one_line)
    return replace(begun, title=title, question=question, field=field, sections=sections, scenario=scenario)


def _ask(what: str, default: str, read: Callable[[str, str], _Read]) -> _Read:
    """What is typed, asked again until it will do."""
    while True:
        print(f"{what} [{default}]: ", end="", flush=True)
        typed = input_line(10 * LONGEST)
        if typed is None:
            print()
            raise InputError("No guide was written", why="the input ended", next_step="Run the command again.")
        try:
            return read(typed[0].strip() or default, what)
        except InputError as error:
            print_error(error)


def one_line(text: str, what: str) -> str:
    """A line of text; raises InputError."""
    text = text.strip()
    if not (text and text.isprintable()):
        raise InputError(f"{what} is one line of text", next_step="Write a few words.")
    if len(text) > LONGEST:
        raise InputError(f"{what} is longer than {LONGEST} characters", next_step="Write less.")
    return text


def section_titles(text: str) -> tuple[str, ...]:
    """Titles with commas between; raises InputError."""
    return _titles(text, "--sections")


def _titles(text: str, what: str) -> tuple[str, ...]:
    from rehearse.guides.checks import MOST_SECTIONS

    titles = tuple(one_line(part, what) for part in text.split(",") if part.strip())
    if not 2 <= len(titles) <= MOST_SECTIONS:
        raise InputError(
            f"An answer has 2 to {MOST_SECTIONS} sections, not {len(titles)}",
            next_step="Write their titles with commas between: Situation, Action, Result.",
        )
    folded = [title.casefold() for title in titles]
    if twice := next((title for title in titles if folded.count(title.casefold()) > 1), None):
        raise InputError(f"“{twice}” stands there twice", next_step="Give each section a title of its own.")
    return titles
