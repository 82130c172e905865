"""`rehearse guide export` and `import`: a guide as one file, to be passed on."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.domain.shown import shown_line
from rehearse.domain.wording import counted
from rehearse.errors import GuideError, InputError
from rehearse.files import replacing, typed_path
from rehearse.reading import read_bytes

if TYPE_CHECKING:
    from rehearse.guides.library import GuideLibrary

YAML = (".yaml", ".yml")


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `export`."""
    parser.add_argument("id", metavar="ID", help="a guide's id, or its file")
    parser.add_argument("file", metavar="FILE", help=".zip takes labelled answers along; .yaml holds the guide alone")
    parser.add_argument("--replace", action="store_true", help="take the place of a file that is there")


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `import`."""
    parser.add_argument("file", metavar="FILE", help="what `export` has written, or a guide's .yaml file")
    parser.add_argument("--replace", action="store_true", help="take the place of a guide of yours with that id")


def export(library: "GuideLibrary", arguments: argparse.Namespace) -> None:
    """Write the file.

    Raises:
        GuideError: the guide or its labelled answers don't pass the check.
        InputError: there is no such guide, or the file is there already or can't be written.
    """
    from rehearse.guides.labelled import labelled_files, read_labelled
    from rehearse.guides.parcel import packed
    from rehearse.guides.positions import MAX_BYTES

    path = library.named(arguments.id)
    guide = library.check(path)
    target = typed_path(arguments.file)
    if (target.exists() or target.is_symlink()) and not arguments.replace:
        raise InputError(f"{target} is there already", next_step="Choose another name, or add --replace.")
    number = len(read_labelled(guide, path))
    if target.suffix.lower() in YAML:
        content = read_bytes(path, MAX_BYTES)
        if number:
            beside = " and ".join(shown_line(file.name) for file in labelled_files(path, guide.id))
            print(f"rehearse: {beside} stay behind; a .zip takes them along.", file=sys.stderr)
        number = 0
    else:
        content, _ = packed(path, guide)
    try:
        with replacing(target) as file:
            file.write(content)
    except OSError as error:
        raise InputError(
            f"Can't write {target}", why=error.strerror or str(error), next_step="Choose another place."
        ) from error
    along = f" and {counted(number, 'labelled answer')}" if number else ""
    print(f"{shown_line(str(target))}: “{guide.title}”{along}.")


def import_(library: "GuideLibrary", folder: Path, arguments: argparse.Namespace) -> None:
    """Check a file and take it into the user's guides.

    Raises:
        GuideError: every problem of it.
        InputError: it is no such file, or a guide of that id is there already.
    """
    from rehearse.guides.labelled import labelled_files
    from rehearse.guides.own_folder import new_path, write_guide
    from rehearse.guides.parcel import open_parcel
    from rehearse.private import write_private

    parcel = open_parcel(typed_path(arguments.file))
    guide_id = parcel.guide.id
    path = folder / f"{guide_id}.yaml"
    beside = labelled_files(path, guide_id) if parcel.labelled else ()
    if guide_id in library.ids() and guide_id not in library.own():
        raise GuideError(f"The id “{guide_id}” is taken by a shipped guide", next_step="Change `id:` in its file.")
    if not arguments.replace:
        there = next((file for file in (path, *beside) if file.exists() or file.is_symlink()), None)
        if there is not None:
            raise InputError(f"{there} is there already", next_step="Add --replace to have it replaced.")
        new_path(library, folder, guide_id)
    write_guide(path, parcel.text)
    for file, text in zip(beside, parcel.labelled or (), strict=True):
        write_private(file, text)
    labelled = " Labelled answers came with it." if parcel.labelled else ""
    print(f"{shown_line(str(path))}: “{parcel.guide.title}”.{labelled} It is on the home screen.")
