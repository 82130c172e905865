"""`rehearse guide`: list, check and begin guides."""

import argparse
import json
from contextlib import suppress
from pathlib import Path

from rehearse.errors import InputError
from rehearse.settings import find_places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all guides, shipped and your own")
    listing.add_argument("--json", action="store_true")
    check = actions.add_parser("check", help="every problem of a guide, with its line and what to write instead")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    new = actions.add_parser("new", help="begin a guide of your own")
    new.add_argument("id", help="lower-case letters, digits and hyphens")
    new.add_argument("--title", help="as it is shown")
    actions.add_parser("schema", help="the JSON schema, for editors")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from rehearse.guides.library import GuideLibrary

    places = find_places()
    library = GuideLibrary(places.guides)
    match arguments.action:
        case "list":
            _list(library, as_json=arguments.json)
        case "check":
            from rehearse.guides.loader import load_guide

            for path in arguments.files:
                guide = load_guide(path)
                examples = sum(len(section.examples) for section in guide.sections)
                print(
                    f"{path}: fine. {len(guide.sections)} sections, {len(guide.scenarios)} scenarios, "
                    f"{len(guide.mistakes)} mistakes, {examples} examples."
                )
        case "new":
            _new(library, places.create().guides, arguments.id, arguments.title)
        case _:
            print(json.dumps(library.schema(), ensure_ascii=False, indent=2))
    return 0


def _list(library: "object", *, as_json: bool) -> None:
    from rehearse.guides.library import GuideLibrary

    assert isinstance(library, GuideLibrary)
    rows = library.summaries()
    if as_json:
        print(json.dumps([{"id": r.id, "title": r.title, "path": str(r.path), "own": r.own} for r in rows], indent=2))
        return
    for row in rows:
        print(f"{row.id:<24} {row.title}{'  (yours: ' + str(row.path) + ')' if row.own else ''}")


def _new(library: "object", folder: Path, guide_id: str, title: str | None) -> None:
    from rehearse.guides.checks import is_id
    from rehearse.guides.library import GuideLibrary

    assert isinstance(library, GuideLibrary)
    if not is_id(guide_id):
        raise InputError(
            f"“{guide_id}” isn't an id", next_step="Use lower-case letters, digits and hyphens: my-question."
        )
    if title is not None and not (title.strip() and title.isprintable()):
        raise InputError("A title is one line of text", next_step="Give one with --title.")
    path = folder / f"{guide_id}.yaml"
    if path.exists() or guide_id in library.ids():
        raise InputError(f"There is a guide “{guide_id}” already", next_step="Choose another id.")
    text = library.template(guide_id, title or guide_id.replace("-", " ").capitalize())
    unfinished = path.with_suffix(".tmp")
    try:
        unfinished.touch(mode=0o600)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise InputError(
            f"Can't write {path}",
            why=error.strerror or str(error),
            next_step="See that the folder may be written to and has room, or choose another with REHEARSE_HOME.",
        ) from error
    print(f"{path}\nEdit it, then run: rehearse guide check {path}")
