"""`rehearse guide check`: what a guide has wrong, what it is weak in, and how well it marks."""

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.cli.guide_marks import print_marks
from rehearse.cli.guide_spoken import print_spoken
from rehearse.cli.output import print_error
from rehearse.domain.shown import shown_line
from rehearse.domain.wording import counted
from rehearse.errors import GuideError, InputError

if TYPE_CHECKING:
    from rehearse.guides.library import GuideLibrary
    from rehearse.guides.loader import CheckedGuide


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--spoken",
        action="store_true",
        help="also read terms and sample answers aloud, and say what is misheard",
    )
    parser.add_argument("guides", nargs="+", metavar="FILE", help="a guide's file, or the id of one of yours")


def run(library: "GuideLibrary", folder: Path, arguments: argparse.Namespace) -> int:
    """Check them all; the exit status."""
    from rehearse.guides.own_folder import keep_schema

    with suppress(OSError):  # then editors see an older one
        keep_schema(folder)
    return max(_check(library, name, spoken=arguments.spoken) for name in arguments.guides)


def _check(library: "GuideLibrary", name: str, *, spoken: bool) -> int:
    """Check one guide, by file or by id; the exit status."""
    from rehearse.guides.labelled import read_labelled

    try:
        path = library.named(name)
        checked = library.checked(path)
    except InputError as error:
        print_error(error)
        return error.exit_status
    guide = checked.guide
    held = (
        counted(len(guide.sections), "section"),
        counted(len(guide.scenarios), "scenario"),
        counted(len(guide.mistakes), "mistake"),
        counted(sum(len(section.examples) for section in guide.sections), "example"),
    )
    print(f"{shown_line(str(path))}: fine. {', '.join(held)}.")
    _worth_a_look(checked, shown_line(path.name))
    try:
        answers = read_labelled(guide, path)
    except GuideError as error:
        print_error(error)
        return error.exit_status
    if answers:
        print_marks(guide, answers)
    if spoken:
        print_spoken(checked, shown_line(path.name))
    return 0


def _worth_a_look(checked: "CheckedGuide", name: str) -> None:
    from rehearse.guides.problems import told
    from rehearse.guides.weak_spots import weak_spots

    found = [checked.document.problem(place, what) for place, what in weak_spots(checked.guide)]
    if found:
        print("Worth a look:")
        for line in told(found, name, kind="more thing"):
            print(f"  {shown_line(line)}")
